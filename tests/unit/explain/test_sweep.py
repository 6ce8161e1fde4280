import numpy as np
import pytest
from helpers.fakes import FakeScorer

from radassist.domain.cancellation import Cancelled, CancelToken
from radassist.domain.whatif import Hiding
from radassist.explain.sweep import sweep

GREY = np.full((64, 96), 100, np.uint8)
GREY[48:56, 24:36] = 200  # the piece (6, 2) of 8 x 8


def bright_share(picture: np.ndarray) -> float:
    return 0.2 + 0.6 * float((picture > 150).mean()) / (1 / 64)


def test_the_sweep_finds_what_the_score_rests_on() -> None:
    *_, last = sweep(GREY, FakeScorer(bright_share), CancelToken(), levels=(4, 8), hiding=Hiding.GREY)
    assert last.drops.shape == (8, 8)
    assert np.unravel_index(last.drops.argmax(), last.drops.shape) == (6, 2)
    assert last.drops[6, 2] == pytest.approx(np.log(0.8 / 0.2) - np.log(0.2 / 0.8), abs=1e-5)
    assert np.abs(np.delete(last.drops.ravel(), 6 * 8 + 2)).max() < 1e-6


def test_coarse_pieces_come_first_and_stand_in_for_finer_ones() -> None:
    steps = list(sweep(GREY, FakeScorer(bright_share), CancelToken(), levels=(2, 4)))
    assert [(step.done, step.level) for step in steps] == [(2, 2), (4, 2), (8, 4), (12, 4), (16, 4), (20, 4)]
    assert {step.total for step in steps} == {20}
    assert np.isnan(steps[0].drops[1]).all()
    assert np.array_equal(steps[2].drops[2:, :2], np.full((2, 2), steps[1].drops[1, 0]))


def test_a_large_film_is_shrunk_before_it_is_swept() -> None:
    scorer = FakeScorer()
    next(sweep(np.zeros((2400, 1800), np.uint8), scorer, CancelToken(), levels=(2,)))
    assert {picture.shape for picture in scorer.pictures} == {(800, 600)}


def test_a_sweep_can_be_left_between_rows() -> None:
    cancel = CancelToken()
    steps = sweep(GREY, FakeScorer(), cancel)
    next(steps)
    cancel.cancel()
    with pytest.raises(Cancelled):
        next(steps)
