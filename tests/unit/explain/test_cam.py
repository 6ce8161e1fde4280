"""The formulas against what a person can work out, and against each other. Against captum: `test_attribution.py`."""

import numpy as np
import pytest

from radassist.explain.cam import (
    FORMULAS,
    class_activation,
    grad_cam,
    grad_cam_plus_plus,
    grad_cam_weights,
    hi_res_cam,
    layer_cam,
)

ACTIVATIONS = np.array([[[[1.0, 2.0]], [[3.0, -1.0]]]], np.float32)
GRADIENTS = np.array([[[[0.5, 1.5]], [[-2.0, 4.0]]]], np.float32)


def random(shape: tuple[int, ...], seed: int) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=shape).astype(np.float32)


def test_grad_cam_weighs_channels_by_their_mean_gradient() -> None:
    assert grad_cam_weights(GRADIENTS).tolist() == [[1.0, 1.0]]
    assert grad_cam(ACTIVATIONS, GRADIENTS).tolist() == [[[4.0, 1.0]]]


def test_hi_res_cam_multiplies_cell_by_cell() -> None:
    assert hi_res_cam(ACTIVATIONS, GRADIENTS).tolist() == [[[-5.5, -1.0]]]


def test_layer_cam_leaves_negative_gradients_out() -> None:
    assert layer_cam(ACTIVATIONS, GRADIENTS).tolist() == [[[0.5, -1.0]]]


def test_cam_weighs_channels_by_the_last_layer() -> None:
    assert class_activation(ACTIVATIONS, np.array([2.0, -1.0], np.float32)).tolist() == [[[-1.0, 5.0]]]


def test_grad_cam_plus_plus_is_its_equations_cell_by_cell() -> None:
    expected = np.zeros((1, 2))
    for channel in range(2):
        activation, gradient = ACTIVATIONS[0, channel], GRADIENTS[0, channel]
        weight = 0.0
        for slope in gradient.ravel():
            weight += slope**2 / (2 * slope**2 + activation.sum() * slope**3) * max(slope, 0)
        expected += weight * activation
    np.testing.assert_allclose(grad_cam_plus_plus(ACTIVATIONS, GRADIENTS)[0], expected, rtol=1e-6)


@pytest.mark.parametrize("formula", FORMULAS.values(), ids=lambda formula: formula.__name__)
def test_no_gradient_is_an_empty_map_of_numbers(formula) -> None:
    assert formula(ACTIVATIONS, np.zeros_like(GRADIENTS)).tolist() == [[[0.0, 0.0]]]


@pytest.mark.parametrize("formula", FORMULAS.values(), ids=lambda formula: formula.__name__)
def test_a_batch_gives_the_maps_of_its_films(formula) -> None:
    activations, gradients = random((3, 5, 4, 6), 1), random((3, 5, 4, 6), 2)
    together = formula(activations, gradients)
    for film in range(3):
        one = slice(film, film + 1)
        np.testing.assert_allclose(formula(activations[one], gradients[one])[0], together[film], rtol=1e-6)
    assert together.dtype == np.float32
