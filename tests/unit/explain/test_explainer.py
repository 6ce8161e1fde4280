import numpy as np
from helpers.fakes import FakeScorer, make_film
from helpers.opened import opened

from radassist.domain.cancellation import CancelToken
from radassist.domain.explanation import ChannelRule, RankingWish, SaliencyMethod, SaliencyWish
from radassist.domain.whatif import Box, Edit
from radassist.explain.explainer import NetworkExplainer
from radassist.networks.preprocess import Preprocess

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
    subjects = {mapped.result.subject, ranked.result.subject, explainer.network_picture(film).subject}
    assert {subject.film_sha256 for subject in subjects} == {film.facts.sha256}
    assert {subject.model for subject in subjects} == {"tiny"}


def test_the_networks_picture_is_what_the_network_gets() -> None:
    model, film = opened(), make_film()
    picture = NetworkExplainer(model).network_picture(film)
    assert picture.grey.shape == (32, 32)
    assert np.array_equal(Preprocess.from_card(model.card).normalise(picture.grey), picture.array)
    assert np.array_equal(model.take(film).fed.array, picture.array)


def test_the_outline_of_what_the_network_gets_is_the_films_edge() -> None:
    picture = NetworkExplainer(opened()).network_picture(make_film(size=(96, 64)))
    assert picture.outline == ((0, 0), (0, 64), (96, 64), (96, 0))


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
    explainer, film = NetworkExplainer(opened()), make_film("a")
    wish = SaliencyWish(SaliencyMethod.GRAD_CAM, TARGET)
    *_, trust = explainer.trust(film, wish, CancelToken())
    *_, strip = explainer.robustness(film, CancelToken())
    answer = explainer.what_if(film, [Edit(Box(0, 0, 30, 30))])
    assert trust.result.subject == opened().take(film).subject
    assert strip.result.is_complete
    assert strip.result.original == answer.before


def test_scores_of_changed_films_come_from_what_made_those_on_the_screen() -> None:
    scorer, film = FakeScorer(), make_film("a")
    explainer = NetworkExplainer(opened(), scorer)
    answer = explainer.what_if(film, [Edit(Box(0, 0, 30, 30))])
    *_, strip = explainer.robustness(film, CancelToken())
    assert answer.before.positive_probability == strip.result.original.positive_probability == film.pixels.mean() / 255
