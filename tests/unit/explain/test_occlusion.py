"""Occlusion by scores alone."""

import numpy as np
import pytest
from helpers.fakes import FakeScorer
from helpers.opened import opened, taken

from radassist.domain.cancellation import Cancelled, CancelToken
from radassist.domain.errors import UserError
from radassist.domain.explanation import SaliencyMethod, SaliencyWish, Subject
from radassist.explain.attribution import saliency
from radassist.explain.occlusion import OccludedFilm, occlusion

GREY = np.full((64, 48), 40, np.uint8)
GREY[:16, :12] = 240
SUBJECT = Subject("aa", "fake", "bb")
LABELS = ("NORMAL", "PNEUMONIA")


def test_what_carries_the_score_stands_out_and_for_the_other_label_it_is_the_opposite() -> None:
    film = OccludedFilm(SUBJECT, GREY, LABELS, FakeScorer())
    *_, last = occlusion(film, "PNEUMONIA", CancelToken())
    *_, other = occlusion(film, "NORMAL", CancelToken())
    assert last.result is not None and other.result is not None

    assert np.unravel_index(last.result.values.argmax(), last.result.values.shape) < (4, 4)
    assert np.array_equal(other.result.values, -last.result.values)
    assert (last.result.subject, last.result.method) == (SUBJECT, SaliencyMethod.OCCLUSION)
    assert last.result.cell_size == (64 / 16, 48 / 16)


def test_the_map_is_coarse_first_and_ends_with_the_last_step() -> None:
    steps = list(occlusion(OccludedFilm(SUBJECT, GREY, LABELS, FakeScorer()), "PNEUMONIA", CancelToken()))
    sizes = [len(step.result.values) for step in steps if step.result is not None]

    assert steps[0].result is None and steps[-1].done == steps[-1].total
    assert sizes == sorted(sizes) and set(sizes) == {4, 8, 16}


def test_it_is_the_map_that_the_network_itself_gives() -> None:
    film = taken(opened())
    *_, wanted = saliency(film, SaliencyWish(SaliencyMethod.OCCLUSION, "PNEUMONIA"), CancelToken())
    given = OccludedFilm(film.subject, film.grey, film.model.card.labels, film.model)
    *_, found = occlusion(given, "PNEUMONIA", CancelToken())
    assert wanted.result is not None and found.result is not None

    assert np.array_equal(found.result.values, wanted.result.values)


def test_a_label_the_model_has_not_or_that_a_sweep_cannot_tell_is_refused() -> None:
    with pytest.raises(UserError, match="no label 'ASTHMA'"):
        next(occlusion(OccludedFilm(SUBJECT, GREY, LABELS, FakeScorer()), "ASTHMA", CancelToken()))
    three = OccludedFilm(SUBJECT, GREY, (*LABELS, "OTHER"), FakeScorer())
    with pytest.raises(UserError, match="PNEUMONIA only"):
        next(occlusion(three, "OTHER", CancelToken()))


def test_it_can_be_left_between_two_steps() -> None:
    cancel = CancelToken()
    steps = occlusion(OccludedFilm(SUBJECT, GREY, LABELS, FakeScorer()), "PNEUMONIA", cancel)
    next(steps)
    cancel.cancel()
    with pytest.raises(Cancelled):
        next(steps)
