"""Thumbnails of films that ended before."""

import numpy as np
from helpers.fakes import FakeLoader, make_film, make_items

from radassist.domain.cancellation import CancelToken
from radassist.domain.errors import DecodeError
from radassist.imaging.thumbnail import thumbnail
from radassist.workflow.thumbnails import read_thumbnails


def test_films_that_cannot_be_read_have_no_thumbnail_and_do_not_stop_the_others() -> None:
    loader = FakeLoader(outcomes={"bad.dcm": DecodeError("bad.dcm is cut short.")})
    made = dict(read_thumbnails(make_items("a.dcm", "bad.dcm", "c.dcm"), loader, CancelToken()))
    assert sorted(made) == [0, 2]
    np.testing.assert_array_equal(made[2], thumbnail(make_film("c.dcm")))
