import numpy as np
import pytest
import torch
from helpers.opened import opened, taken

from radassist.domain.cancellation import Cancelled, CancelToken
from radassist.domain.errors import UserError
from radassist.domain.explanation import ChannelRanking, ChannelRule, RankingWish
from radassist.explain.channels import rank_channels
from radassist.explain.gradients import activations_of
from radassist.explain.open_model import FedFilm
from radassist.networks.activations import module_of

NETWORKS = [("gap_cnn", None), ("efficientnet_lite0", {"size": 64})]


def ranking(film: FedFilm, rule: ChannelRule, block: str = "", target: str = "PNEUMONIA") -> ChannelRanking:
    *_, step = rank_channels(film, RankingWish(block, rule, target), CancelToken())
    assert step.done == step.total
    return step.result


@pytest.mark.parametrize(("name", "config"), NETWORKS)
def test_ablation_is_a_forward_pass_with_the_channel_set_to_zero(name, config) -> None:
    model = opened(name, config)
    film = taken(model)
    for block in model.blocks[:: 3 if name != "gap_cnn" else 1]:
        found = ranking(film, ChannelRule.ABLATION, block.name)
        with torch.no_grad():
            score = model.network(film.batch)[0, 1]
        for channel in (0, len(found.values) - 1):

            def without(_module, _inputs, output, channel=channel):
                output[:, channel] = 0

            hook = module_of(model.network, block).register_forward_hook(without)
            with torch.no_grad():
                expected = score - model.network(film.batch)[0, 1]
            hook.remove()
            assert found.values[channel] == pytest.approx(float(expected), abs=1e-5)


def test_activation_is_the_mean_of_each_channel() -> None:
    model = opened()
    film = taken(model)
    maps = activations_of(model.network, model.blocks[0], film.batch).numpy()[0]
    found = ranking(film, ChannelRule.ACTIVATION, "block1")
    np.testing.assert_allclose(found.values, maps.mean(axis=(1, 2)), rtol=1e-6)
    assert found.block.name == "block1"


def test_gradient_times_activation_is_the_whole_effect_where_the_rest_is_linear() -> None:
    film = taken(opened())
    exact, first_order = (ranking(film, rule, "block2") for rule in (ChannelRule.ABLATION, ChannelRule.GRADIENT))
    np.testing.assert_allclose(first_order.values, exact.values, atol=1e-5)
    assert first_order.order == exact.order


def test_the_labels_of_two_scores_are_told_apart() -> None:
    film = taken(opened())
    assert not np.array_equal(
        ranking(film, ChannelRule.ABLATION, target="NORMAL").values, ranking(film, ChannelRule.ABLATION).values
    )


def test_the_deepest_block_is_ranked_where_none_is_named() -> None:
    assert ranking(taken(opened()), ChannelRule.ACTIVATION).block.name == "block2"


def test_unknown_blocks_and_labels_are_said() -> None:
    film = taken(opened())
    with pytest.raises(UserError, match="no block"):
        ranking(film, ChannelRule.ABLATION, "block9")
    with pytest.raises(UserError, match="no label"):
        ranking(film, ChannelRule.ACTIVATION, target="TUBERCULOSIS")


def test_ranking_goes_on_in_steps_and_can_be_given_up() -> None:
    film = taken(opened("gap_cnn", {"widths": [4, 80], "size": 32}))
    cancel = CancelToken()
    steps = rank_channels(film, RankingWish("block2", ChannelRule.ABLATION, "PNEUMONIA"), cancel)
    first = next(steps)
    assert (first.done, first.total, first.result) == (32, 80, None)
    cancel.cancel()
    with pytest.raises(Cancelled):
        next(steps)
