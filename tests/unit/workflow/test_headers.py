"""Headers read ahead of the films."""

from pathlib import Path

import pytest
from helpers.fakes import FakeLoader

from radassist.domain.cancellation import Cancelled, CancelToken
from radassist.domain.study import FilmSource, Identity, Instance
from radassist.workflow.headers import read_headers

JANE = Identity(study_uid="1.2", patient_name="DOE^JANE")


def _instances(*names: str) -> list[Instance]:
    return [Instance(FilmSource(Path(name))) for name in names]


def test_films_with_a_header_get_their_identity_and_the_others_are_left_out() -> None:
    loader = FakeLoader(identities={"b.dcm": JANE})
    (named,) = read_headers(_instances("a.png", "b.dcm", "c.png"), loader, CancelToken())
    assert named == Instance(FilmSource(Path("b.dcm")), JANE)


def test_reading_stops_when_nobody_waits_for_it() -> None:
    token = CancelToken()
    steps = read_headers(_instances("a.dcm", "b.dcm"), FakeLoader(identities={"a.dcm": JANE, "b.dcm": JANE}), token)
    next(steps)
    token.cancel()
    with pytest.raises(Cancelled):
        next(steps)
