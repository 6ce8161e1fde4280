"""Explanations from any thread, over a fake explainer."""

import gc
import weakref
from collections.abc import Iterator

import numpy as np
import pytest
from helpers.explanations import FakeExplainer
from helpers.fakes import FakePredictor, make_film

from radassist.domain.cancellation import Cancelled, CancelToken
from radassist.domain.explanation import ChannelRule, RankingWish, SaliencyMethod, SaliencyWish
from radassist.domain.whatif import Box, Edit
from radassist.workflow import explain
from radassist.workflow.explain import SharedExplainer
from radassist.workflow.inference_thread import InferenceThread

WISH = SaliencyWish(SaliencyMethod.GRAD_CAM, "PNEUMONIA", "block1")
RANKING = RankingWish("block1", ChannelRule.ABLATION, "PNEUMONIA")


@pytest.fixture
def inference() -> Iterator[InferenceThread]:
    thread = InferenceThread(FakePredictor)
    yield thread
    thread.close()


@pytest.fixture
def fake() -> FakeExplainer:
    return FakeExplainer()


@pytest.fixture
def shared(inference, fake) -> SharedExplainer:
    return SharedExplainer(inference, lambda predictor: fake)


def steps(shared: SharedExplainer, film="a", wish=WISH) -> list:
    return list(shared.saliency(make_film(film), wish, CancelToken()))


def test_a_map_comes_in_steps_and_names_its_film(shared):
    made = steps(shared)
    assert [(step.done, step.total) for step in made] == [(1, 2), (2, 2)]
    assert made[-1].result.subject.film_sha256 == make_film("a").facts.sha256


def test_a_map_that_was_made_is_not_made_again(shared, fake):
    first, again = steps(shared), steps(shared)
    assert len(again) == 1
    assert again[-1].result is first[-1].result
    assert len(fake.asked) == 1


def test_another_film_method_block_or_label_is_another_map(shared, fake):
    steps(shared)
    steps(shared, "b")
    for other in (
        SaliencyWish(SaliencyMethod.CAM, "PNEUMONIA", "block1"),
        SaliencyWish(SaliencyMethod.GRAD_CAM, "NORMAL", "block1"),
        SaliencyWish(SaliencyMethod.GRAD_CAM, "PNEUMONIA", "block2"),
    ):
        steps(shared, wish=other)
    assert len(fake.asked) == 5


def test_an_unfinished_map_is_not_kept(shared, fake):
    begun = shared.saliency(make_film("a"), WISH, CancelToken())
    next(begun)
    begun.close()
    assert len(steps(shared)) == 2
    assert len(fake.asked) == 2


def test_only_the_newest_answers_are_kept(shared, fake, monkeypatch):
    monkeypatch.setattr(explain, "_KEPT", 2)
    for film in ("a", "b", "c", "a"):
        steps(shared, film)
    assert len(fake.asked) == 4


def test_rankings_and_maps_are_kept_apart(shared, fake):
    made = list(shared.rank_channels(make_film("a"), RANKING, CancelToken()))
    again = list(shared.rank_channels(make_film("a"), RANKING, CancelToken()))
    assert made[-1].result.order == again[-1].result.order
    assert len(fake.asked) == 1


def test_the_explainer_is_made_once_and_of_the_loaded_model(inference, fake):
    made = []
    shared = SharedExplainer(inference, lambda predictor: made.append(predictor.facts.model) or fake)
    assert shared.methods(CancelToken()) == fake.methods
    assert shared.blocks(CancelToken()) == fake.blocks
    assert made == ["fake"]


def test_what_the_network_is_made_of_is_passed_on(shared):
    assert shared.network_facts(CancelToken()).totals.parameters == 40


def test_the_networks_picture_is_passed_on(shared):
    assert np.array_equal(shared.network_picture(make_film("a"), CancelToken()).grey, np.zeros((4, 4)))


def test_a_cancelled_question_ends(shared):
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        list(shared.saliency(make_film("a"), WISH, cancel))


def test_another_model_is_asked_anew(shared, fake):
    steps(shared)
    late = shared.saliency(make_film("b"), WISH, CancelToken())
    next(late)
    other = type(fake)()
    shared.ask_from_now_on(lambda predictor: other)
    list(late)
    steps(shared)
    steps(shared, "b")

    assert len(fake.asked) == 2
    assert len(other.asked) == 2


def test_at_another_threshold_nothing_that_was_said_stands_and_the_network_is_not_loaded_again(shared, fake):
    steps(shared)
    late = shared.saliency(make_film("b"), WISH, CancelToken())
    next(late)
    shared.forget()
    list(late)
    steps(shared)
    steps(shared, "b")

    assert len(fake.asked) == 4


EDITS = (Edit(Box(0, 0, 20, 20)),)


def test_hiding_is_answered_in_the_inference_thread(shared, fake):
    film = make_film("a")
    answer = shared.what_if(film, EDITS, CancelToken())
    assert answer.edits == EDITS
    assert 0 < answer.hidden_share < 0.1
    known = shared.what_if(film, EDITS, CancelToken(), before=answer.before)
    assert known.before is answer.before
    assert fake.asked == [EDITS, EDITS]


def test_the_trust_in_a_map_is_kept_apart_from_the_map(shared, fake):
    steps(shared)
    *_, mark = shared.trust(make_film("a"), WISH, CancelToken())
    (again,) = shared.trust(make_film("a"), WISH, CancelToken())
    assert mark.result.wish == WISH
    assert again.result is mark.result
    assert fake.asked == [WISH, WISH]


def test_the_strip_grows_and_is_kept_when_it_is_complete(shared, fake):
    film = make_film("a")
    strips = [step.result for step in shared.robustness(film, CancelToken())]
    assert [strip.is_complete for strip in strips] == [False] * (len(strips) - 1) + [True]
    (kept,) = shared.robustness(film, CancelToken())
    assert kept.result is strips[-1]
    assert fake.asked == ["robustness"]


def test_a_strip_that_was_given_up_is_made_anew(shared, fake):
    film, cancel = make_film("a"), CancelToken()
    strips = shared.robustness(film, cancel)
    next(strips)
    cancel.cancel()
    with pytest.raises(Cancelled):
        next(strips)
    assert len(list(shared.robustness(film, CancelToken()))) > 2
    assert fake.asked == ["robustness", "robustness"]


def test_the_lungs_of_a_film_are_estimated_once(shared):
    film = make_film("a")
    assert shared.lungs(film) is shared.lungs(film)
    assert not shared.lungs(film).is_found  # noise


def test_the_ledger_of_a_map_is_that_of_its_film(shared):
    found = steps(shared)[-1].result
    assert shared.evidence(make_film("a"), found).has_evidence
    assert shared.evidence(make_film("a"), found).shares == ()


def test_an_explainer_and_all_it_holds_are_gone_with_its_model(inference):
    made: list[weakref.ref[FakeExplainer]] = []

    def make(predictor):
        explainer = FakeExplainer()
        made.append(weakref.ref(explainer))
        return explainer

    shared = SharedExplainer(inference, make)
    found = weakref.ref(steps(shared)[-1].result.values)
    inference.change(FakePredictor).result()
    shared.ask_from_now_on(make)
    shared.methods(CancelToken())
    gc.collect()
    assert [explainer() is None for explainer in made] == [True, False]
    assert found() is None


def test_no_explainer_answers_for_a_model_it_was_not_made_for(inference):
    """Between the change of the model and the change of who explains it."""
    made = []
    shared = SharedExplainer(inference, lambda predictor: made.append(predictor) or FakeExplainer())
    shared.methods(CancelToken())
    inference.change(FakePredictor).result()
    shared.methods(CancelToken())
    assert len(made) == 2
    assert made[0] is not made[1]


def test_what_takes_the_place_of_hidden_parts_is_made_in_the_calling_thread(shared, fake):
    part = shared.hidden_part(make_film("a"), EDITS)
    assert part is not None and part.grey.shape == (20, 20)
    assert fake.asked == []


def test_the_zones_of_a_film_say_whether_its_lungs_were_found(shared):
    zones = shared.zones(make_film("a"))
    assert not zones.has_lungs  # noise
    assert len(zones.outlines) == 2
