"""Every question about a model's answer; those that scores can answer never open the network."""

from collections.abc import Callable

import numpy as np
import pytest
from helpers.fakes import FakeScorer, make_film
from helpers.opened import opened

from radassist.domain.cancellation import CancelToken
from radassist.domain.errors import ModelUnavailable
from radassist.domain.explanation import ChannelRule, RankingWish, SaliencyMethod, SaliencyWish, Subject
from radassist.domain.whatif import Box, Edit
from radassist.explain import model_explainer
from radassist.explain.explainer import NetworkExplainer
from radassist.explain.model_explainer import ModelExplainer
from radassist.inference import device
from radassist.networks.preprocess import Preprocess

TARGET = "PNEUMONIA"
GRAD_CAM, OCCLUSION = (SaliencyWish(method, TARGET) for method in (SaliencyMethod.GRAD_CAM, SaliencyMethod.OCCLUSION))


class Opening:
    """Counts how often the network is opened."""

    def __init__(self) -> None:
        self.model, self.times = opened(), 0

    def __call__(self) -> NetworkExplainer:
        self.times += 1
        return NetworkExplainer(self.model)


@pytest.fixture
def opening() -> Opening:
    return Opening()


@pytest.fixture
def explainer(opening: Opening) -> ModelExplainer:
    return ModelExplainer(opening.model.card, FakeScorer(), opening)


@pytest.fixture
def without_torch(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (model_explainer, device):
        monkeypatch.setattr(module, "import_torch", lambda: None)


@pytest.mark.usefixtures("without_torch")
def test_what_scores_can_tell_is_told_without_torch_and_without_the_network(
    explainer: ModelExplainer, opening: Opening
) -> None:
    film = make_film("a")
    answer = explainer.what_if(film, [Edit(Box(0, 0, 30, 30))])
    *_, strip = explainer.robustness(film, CancelToken())
    *_, hidden = explainer.saliency(film, OCCLUSION, CancelToken())

    assert answer.before.positive_probability == strip.result.original.positive_probability == film.pixels.mean() / 255
    assert hidden.result.subject == explainer.network_picture(film).subject == opening.model.take(film).subject
    assert explainer.methods == (SaliencyMethod.OCCLUSION,)
    assert explainer.blocks == opening.model.blocks
    assert opening.times == 0


@pytest.mark.usefixtures("without_torch")
@pytest.mark.parametrize(
    "ask",
    [
        lambda one, film: list(one.saliency(film, GRAD_CAM, CancelToken())),
        lambda one, film: list(one.trust(film, OCCLUSION, CancelToken())),
        lambda one, film: list(one.rank_channels(film, RankingWish("", ChannelRule.ABLATION, TARGET), CancelToken())),
        lambda one, film: one.network_facts(),
    ],
)
def test_all_else_says_that_it_needs_torch(explainer: ModelExplainer, ask: Callable[..., object]) -> None:
    with pytest.raises(ModelUnavailable, match="need torch"):
        ask(explainer, make_film("a"))


def test_the_network_is_opened_once_for_all_that_it_alone_can_tell(explainer: ModelExplainer, opening: Opening) -> None:
    film, network = make_film("a"), NetworkExplainer(opening.model)
    *_, found = explainer.saliency(film, GRAD_CAM, CancelToken())
    *_, wanted = network.saliency(film, GRAD_CAM, CancelToken())

    assert np.array_equal(found.result.values, wanted.result.values)
    assert (explainer.methods, explainer.blocks) == (network.methods, network.blocks)
    assert opening.times == 1


def test_the_networks_picture_is_what_the_network_gets(explainer: ModelExplainer, opening: Opening) -> None:
    film = make_film(size=(96, 64))
    picture = explainer.network_picture(film)
    card = opening.model.card

    assert picture.grey.shape == (32, 32)
    assert np.array_equal(Preprocess.from_card(card).normalise(picture.grey), picture.array)
    assert np.array_equal(opening.model.take(film).fed.array, picture.array)
    assert picture.subject == Subject(film.facts.sha256, card.id, card.weights_sha256)
    assert picture.outline == ((0, 0), (0, 64), (96, 64), (96, 0))
