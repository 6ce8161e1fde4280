"""A film's way through the worklist."""

from dataclasses import replace

import pytest
from helpers.fakes import make_analysis, make_film, make_items

from radassist.domain.radiograph import Notice
from radassist.domain.study import Identity
from radassist.domain.worklist import FINAL_STATES, IllegalTransition, ItemState, WorklistItem

JANE = Identity(patient_name="DOE^JANE")


def _waiting() -> WorklistItem:
    return make_items("a.dcm")[0]


def test_a_scored_film_keeps_its_answer_and_drops_its_maps() -> None:
    film = make_film("a.dcm", notices=(Notice("LOSSY", "Compressed with loss."),))
    item = _waiting().started().scored(make_analysis(film, with_blocks=True), JANE)
    assert item.state is ItemState.SCORED
    assert item.analysis.feature_maps == ()
    assert (item.film_sha256, item.identity, item.notices) == (film.facts.sha256, JANE, film.notices)


def test_a_film_without_a_score_keeps_its_reason() -> None:
    running = _waiting().started()
    assert (running.refused("A hand.").state, running.refused("A hand.").reason) == (ItemState.REFUSED, "A hand.")
    assert (running.failed("Cut short.").state, running.failed("Cut short.").reason) == (ItemState.FAILED, "Cut short.")


def test_scoring_again_forgets_the_answer_before() -> None:
    refused = _waiting().started().refused("A hand.")
    again = replace(refused, notices=(Notice("X", "y"),)).started()
    assert (again.state, again.reason, again.analysis, again.notices) == (ItemState.RUNNING, "", None, ())


def test_a_cancelled_film_waits_again() -> None:
    assert _waiting().started().put_back() == _waiting()


@pytest.mark.parametrize("state", sorted(FINAL_STATES | {ItemState.WAITING}))
def test_only_a_running_film_can_end(state: ItemState) -> None:
    item = replace(_waiting(), state=state)
    for step in (lambda: item.scored(make_analysis(make_film())), lambda: item.refused("r"), lambda: item.failed("f")):
        with pytest.raises(IllegalTransition):
            step()


def test_what_the_header_says_is_not_overwritten() -> None:
    assert _waiting().identified(JANE).identity == JANE
    assert _waiting().identified(JANE).identified(Identity(patient_name="X")).identity == JANE


def test_a_film_that_another_model_shall_answer_waits_without_its_answer() -> None:
    film = make_film()
    scored = _waiting().started().scored(make_analysis(film), film.identity)
    again = scored.put_back()
    assert (again.state, again.analysis) == (ItemState.WAITING, None)
