"""Explaining many films, over fakes."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from helpers.explanations import FakeExplainer
from helpers.fakes import FakeLoader, FakePredictor, make_film, make_services

from radassist.domain.cancellation import Cancelled, CancelToken
from radassist.domain.errors import DecodeError, ModelUnavailable, RefusedImage
from radassist.domain.explanation import ChannelRule, SaliencyMethod
from radassist.domain.study import FilmSource
from radassist.workflow.explain_films import (
    BlockView,
    ExplainPlan,
    FilmExplained,
    FilmLeftOut,
    MapMade,
    explain_films,
)

PLAN = ExplainPlan(
    "PNEUMONIA",
    ("block1", "block2"),
    (BlockView.MEAN, BlockView.PCA),
    (SaliencyMethod.CAM, SaliencyMethod.GRAD_CAM),
    ChannelRule.ABLATION,
)


def explained(*names: str, plan: ExplainPlan = PLAN, services=None, explainer=None) -> list:
    sources = [FilmSource(Path(name)) for name in names]
    return list(explain_films(sources, services or make_services(), explainer or FakeExplainer(), plan, CancelToken()))


def test_every_film_has_every_map_and_ranking_of_the_plan():
    events = explained("a", "b")

    ends = [event for event in events if isinstance(event, FilmExplained)]
    assert [(end.number, end.source.name) for end in ends] == [(0, "a"), (1, "b")]
    assert [one.stem for one in ends[0].files.maps] == [
        "block1_mean", "block1_pca", "block2_mean", "block2_pca", "block2_cam", "block1_grad-cam", "block2_grad-cam",
    ]  # fmt: skip
    assert [ranking.rule for ranking in ends[0].files.rankings] == [ChannelRule.ABLATION] * 2
    assert ends[1].files.analysis.film_sha256 == make_film("b").facts.sha256


def test_progress_is_told_map_by_map():
    made = [(event.done, event.total) for event in explained("a") if isinstance(event, MapMade)]
    assert made == [(done, 9) for done in range(1, 10)]


def test_only_the_blocks_of_the_plan_are_asked_for():
    explainer = FakeExplainer()
    plan = ExplainPlan("NORMAL", ("block2",), (BlockView.L2,), (SaliencyMethod.LAYER_CAM,))
    *_, end = explained("a", plan=plan, explainer=explainer)
    assert [one.block for one in end.files.maps] == ["block2", "block2"]
    assert [(wish.block, wish.target) for wish in explainer.asked] == [("block2", "NORMAL")]


def test_evidence_is_coloured_from_nothing_to_its_strongest_and_raw_values_stay():
    *_, end = explained("a")
    found = next(one for one in end.files.maps if one.kind == "grad-cam")
    assert found.values.min() == -1
    weakest, strongest = found.colours[found.values < 0], found.colours[found.values == 1]
    assert (weakest == weakest[0]).all()
    assert strongest.sum() > weakest[0].sum()


def test_principal_components_have_three_maps_and_colours():
    *_, end = explained("a")
    found = next(one for one in end.files.maps if one.kind == "pca")
    assert found.values.shape == (3, *found.colours.shape[:2])


def test_a_flat_block_has_values_and_no_colours():
    film = make_film("a")
    predictor = FakePredictor()
    (analysis,) = predictor.predict([film], with_blocks=True)
    for feature_map in analysis.feature_maps:
        feature_map.activations[:] = 3
    flat = FakePredictor(answers={film.facts.sha256: analysis})
    *_, end = explained(
        "a", plan=ExplainPlan("NORMAL", ("block1",), (BlockView.MEAN,)), services=make_services(None, flat)
    )
    assert end.files.maps[0].colours is None
    assert np.array_equal(end.files.maps[0].values, np.full((16, 16), 3, np.float32))


def test_every_saliency_map_is_held_against_the_lungs_and_views_are_not():
    *_, end = explained("a")
    assert {one.kind for one in end.files.maps if one.ledger is None} == {"mean", "pca"}
    assert all(one.ledger.has_evidence for one in end.files.maps if one.ledger is not None)


def test_maps_are_tested_and_films_varied_where_the_plan_says_so():
    plan = replace(PLAN, with_trust=True, with_robustness=True)
    *_, tested = explained("a", plan=plan)
    *_, plain = explained("a")
    marks = [one.trust for one in tested.files.maps if one.kind == "cam"]
    assert [mark.wish.method for mark in marks] == [SaliencyMethod.CAM]
    assert tested.files.robustness.is_complete
    assert plain.files.robustness is None
    assert not any(one.trust for one in plain.files.maps)


def test_a_map_without_evidence_is_neither_coloured_nor_tested():
    class Blind(FakeExplainer):
        def saliency(self, film, wish, cancel):
            for step in super().saliency(film, wish, cancel):
                found = step.result and replace(step.result, values=-np.abs(step.result.values))
                yield replace(step, result=found)

    plan = replace(PLAN, views=(), rule=None, with_trust=True)
    *_, end = explained("a", plan=plan, explainer=Blind())
    assert {(one.colours is None, one.ledger, one.trust) for one in end.files.maps} == {(True, None, None)}


def test_a_film_that_cannot_be_read_or_scored_is_left_out_and_the_next_goes_on():
    loader = FakeLoader({"a": DecodeError("a is cut short.")})
    refusal = RefusedImage("It is a CT image.", "WRONG_MODALITY")
    services = make_services(loader, FakePredictor(answers={make_film("b").facts.sha256: refusal}))

    ends = [event for event in explained("a", "b", "c", services=services) if not isinstance(event, MapMade)]

    assert [type(end) for end in ends] == [FilmLeftOut, FilmLeftOut, FilmExplained]
    assert [(str(end.problem), end.is_refusal) for end in ends[:2]] == [
        ("a is cut short.", False),
        ("b: It is a CT image.", True),
    ]


def test_a_model_that_is_gone_ends_it():
    class Gone(FakeExplainer):
        def saliency(self, film, wish, cancel):
            raise ModelUnavailable("The model has changed.")

    with pytest.raises(ModelUnavailable):
        explained("a", explainer=Gone())


def test_cancelling_ends_it_before_the_next_film():
    cancel = CancelToken()
    events = explain_films(
        [FilmSource(Path("a")), FilmSource(Path("b"))], make_services(), FakeExplainer(), PLAN, cancel
    )
    while not isinstance(next(events), FilmExplained):
        pass
    cancel.cancel()
    with pytest.raises(Cancelled):
        next(events)


class ChangedModel(FakeExplainer):
    """Another model than that of the scores is chosen before the call of this number."""

    def __init__(self, call: int) -> None:
        super().__init__()
        self.calls_left = call

    def _by(self, answer):
        self.calls_left -= 1
        subject = answer.subject if self.calls_left >= 0 else replace(answer.subject, model_sha256="cd" * 32)
        return replace(answer, subject=subject)

    def saliency(self, film, wish, cancel):
        *_, last = super().saliency(film, wish, cancel)
        yield replace(last, result=self._by(last.result))

    def rank_channels(self, film, wish, cancel):
        (step,) = super().rank_channels(film, wish, cancel)
        yield replace(step, result=self._by(step.result))

    def network_picture(self, film):
        return self._by(super().network_picture(film))


@pytest.mark.parametrize("call", range(6))
def test_maps_of_one_model_never_stand_beside_the_score_of_another(call):
    *_, end = explained("a", explainer=ChangedModel(call))
    assert isinstance(end, FilmLeftOut)
    assert "Another model" in str(end.problem)
