"""Headers read ahead of the films."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from threading import Timer

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


@dataclass
class SlowLoader(FakeLoader):
    """Leaves every header open, and soon after it was asked does `meanwhile` with it."""

    meanwhile: Callable[["Future[Identity | None]"], object] = lambda future: None

    def identify(self, source: FilmSource) -> "Future[Identity | None]":
        self.identity: Future[Identity | None] = Future()
        Timer(0.05, self.meanwhile, [self.identity]).start()
        return self.identity


def test_a_header_nobody_waits_for_any_more_is_given_up() -> None:
    token = CancelToken()
    loader = SlowLoader(meanwhile=lambda _: token.cancel())
    with pytest.raises(Cancelled):
        next(read_headers(_instances("a.dcm"), loader, token))
    assert loader.identity.cancelled()


def test_a_loader_closed_while_a_header_waits_is_no_bug() -> None:
    loader = SlowLoader(meanwhile=lambda identity: identity.cancel())
    with pytest.raises(Cancelled):
        next(read_headers(_instances("a.dcm"), loader, CancelToken()))
