import numpy as np
from helpers.fakes import make_film
from helpers.opened import opened

from radassist.domain.cancellation import CancelToken
from radassist.domain.explanation import ChannelRule, RankingWish, SaliencyMethod, SaliencyWish
from radassist.explain.explainer import NetworkExplainer

TARGET = "PNEUMONIA"


def test_methods_and_blocks_are_those_of_the_network() -> None:
    explainer = NetworkExplainer(opened())
    assert explainer.methods == tuple(SaliencyMethod)
    assert [block.name for block in explainer.blocks] == ["block1", "block2"]
    lite = NetworkExplainer(opened("efficientnet_lite0", {"size": 64}))
    assert [block.name for block in lite.blocks] == [*(f"block{number}" for number in range(1, 8)), "last"]


def test_answers_name_their_film_and_model() -> None:
    explainer, film = NetworkExplainer(opened()), make_film("a")
    *_, mapped = explainer.saliency(film, SaliencyWish(SaliencyMethod.CAM, TARGET), CancelToken())
    *_, ranked = explainer.rank_channels(film, RankingWish("", ChannelRule.ACTIVATION, TARGET), CancelToken())
    subjects = {mapped.result.subject, ranked.result.subject}
    assert {subject.film_sha256 for subject in subjects} == {film.facts.sha256}
    assert {subject.model for subject in subjects} == {"tiny"}


def test_what_the_network_is_made_of_is_told_with_its_own_kernels() -> None:
    model = opened()
    facts = NetworkExplainer(model).network_facts()
    assert [row.name for row in facts.layers if row.kind == "Conv2d"] == [
        "features.block1.conv",
        "features.block2.conv",
    ]
    assert facts.totals.parameters == sum(parameter.numel() for parameter in model.network.parameters())
    assert (facts.fields["block1"].side, facts.fields["block1"].step, facts.fields["block1"].start) == (4, 2, -1)
    assert np.array_equal(facts.kernels, model.network.features.block1.conv.weight.numpy())


def test_doubts_are_answered_for_the_same_film_and_model() -> None:
    film = make_film("a")
    *_, trust = NetworkExplainer(opened()).trust(film, SaliencyWish(SaliencyMethod.GRAD_CAM, TARGET), CancelToken())
    assert trust.result.subject == opened().take(film).subject
