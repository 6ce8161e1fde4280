"""Saliency maps against captum, against the closed form, and against each other."""

import numpy as np
import pytest
import torch
from captum.attr import LayerGradCam
from helpers.fakes import make_film
from helpers.opened import films, opened, taken

from radassist.domain.cancellation import Cancelled, CancelToken
from radassist.domain.errors import UserError
from radassist.domain.explanation import SaliencyMap, SaliencyMethod, SaliencyWish
from radassist.explain.attribution import available_methods, saliency
from radassist.explain.cam import grad_cam
from radassist.explain.gradients import activations_and_gradients
from radassist.explain.open_model import FedFilm
from radassist.networks.activations import module_of

NETWORKS = [("gap_cnn", None), ("efficientnet_lite0", {"size": 64})]


def last_map(film: FedFilm, method: SaliencyMethod, block: str = "", target: str = "PNEUMONIA") -> SaliencyMap:
    *_, step = saliency(film, SaliencyWish(method, target, block), CancelToken())
    assert step.done == step.total
    return step.result


@pytest.mark.parametrize(("name", "config"), NETWORKS)
def test_cam_is_the_closed_form_its_mean_and_the_offset_are_the_score(name, config) -> None:
    model = opened(name, config)
    film = taken(model)
    found = last_map(film, SaliencyMethod.CAM)
    with torch.no_grad():
        score = float(model.network(film.batch)[0, 1])
    offset = float(model.head.linear.bias[1])
    assert found.values.mean(dtype=np.float64) + offset == pytest.approx(score, abs=1e-5)


@pytest.mark.parametrize(("name", "config"), NETWORKS)
def test_cam_is_grad_cam_of_the_averaged_maps_times_their_cells(name, config) -> None:
    model = opened(name, config)
    exact = last_map(taken(model), SaliencyMethod.CAM)
    by_gradient = last_map(taken(model), SaliencyMethod.GRAD_CAM, model.head.block.name)
    np.testing.assert_allclose(exact.values, by_gradient.values * exact.values.size, atol=1e-5)
    assert exact.block == by_gradient.block


@pytest.mark.parametrize(("name", "config"), [*NETWORKS, ("lenet", {})])
def test_grad_cam_of_every_block_is_captums(name, config) -> None:
    model = opened(name, config)
    film = taken(model)
    for block in model.blocks:
        layer = module_of(model.network, block)
        theirs = LayerGradCam(model.network, layer).attribute(film.batch.requires_grad_(), target=1)
        ours = last_map(film, SaliencyMethod.GRAD_CAM, block.name)
        np.testing.assert_allclose(ours.values, theirs.detach().numpy()[0, 0], rtol=1e-4, atol=1e-6)


@pytest.mark.parametrize(("name", "config"), NETWORKS)
def test_a_batch_gives_the_maps_of_single_films(name, config) -> None:
    model = opened(name, config)
    batch = films(model, 3)
    for block in model.blocks:
        activations, gradients = activations_and_gradients(model.network, block, batch, 1)
        together = grad_cam(activations.numpy(), gradients.numpy())
        for number in range(3):
            alone = last_map(taken(model, str(number)), SaliencyMethod.GRAD_CAM, block.name)
            np.testing.assert_allclose(together[number], alone.values, rtol=1e-4, atol=1e-6)


@pytest.mark.parametrize("method", SaliencyMethod)
def test_every_method_gives_a_map_that_covers_the_film(method) -> None:
    found = last_map(taken(opened()), method)
    film = make_film()
    height, width = (cells * side for cells, side in zip(found.values.shape, found.cell_size, strict=True))
    assert (height, width) == pytest.approx((film.height, film.width))
    assert (found.method, found.target, found.subject.film_sha256) == (method, "PNEUMONIA", film.facts.sha256)
    assert found.values.dtype == np.float32


def test_every_block_may_be_chosen_and_names_itself() -> None:
    film = taken(opened())
    sizes = [last_map(film, SaliencyMethod.LAYER_CAM, block).values.shape for block in ("block1", "block2")]
    assert sizes == [(16, 16), (8, 8)]


def test_the_same_question_has_the_same_answer_to_the_bit() -> None:
    film = taken(opened())
    first, second = (last_map(film, SaliencyMethod.GRAD_CAM_PLUS_PLUS).values for _ in range(2))
    assert np.array_equal(first, second)


def test_a_network_nothing_excites_gives_an_empty_map_and_no_strange_numbers() -> None:
    model = opened()
    for parameter in model.network.parameters():
        parameter.zero_()
    for method in SaliencyMethod:
        assert last_map(taken(model), method).is_empty


def test_cam_of_a_network_without_a_global_average_says_what_to_use_instead() -> None:
    model = opened("lenet", {})
    with pytest.raises(UserError, match="use Grad-CAM"):
        last_map(taken(model), SaliencyMethod.CAM)
    assert SaliencyMethod.CAM not in available_methods(model)
    assert available_methods(opened()) == tuple(SaliencyMethod)
    without_maps = available_methods(opened("mlp", {"size": 16, "hidden": 4}))
    assert without_maps == (SaliencyMethod.INTEGRATED_GRADIENTS, SaliencyMethod.OCCLUSION)


def test_values_that_are_no_numbers_are_an_error_in_words() -> None:
    model = opened()
    model.network.head.linear.weight.fill_(torch.inf)
    with pytest.raises(UserError, match="no finite map"):
        last_map(taken(model), SaliencyMethod.GRAD_CAM)


def test_what_hiding_says_of_one_of_two_labels_is_the_opposite_of_what_it_says_of_the_other() -> None:
    film = taken(opened())
    for_one, against_it = (
        last_map(film, SaliencyMethod.OCCLUSION, target=label).values for label in ("PNEUMONIA", "NORMAL")
    )
    assert for_one.shape == (16, 16)
    assert np.array_equal(for_one, -against_it)
    assert for_one.any()


@pytest.mark.parametrize("method", [SaliencyMethod.INTEGRATED_GRADIENTS, SaliencyMethod.OCCLUSION])
def test_a_long_explanation_can_be_given_up_between_its_steps(method) -> None:
    cancel = CancelToken()
    steps = saliency(taken(opened()), SaliencyWish(method, "PNEUMONIA"), cancel)
    next(steps)
    cancel.cancel()
    with pytest.raises(Cancelled):
        next(steps)
