"""The CAM family as formulas: a block's activations and the gradients of a score, to where the evidence lies.

All take activations and gradients of one or more films, (N, channels, h, w), and give (N, h, w) float32. Nothing is cut
off at 0 here; that last step of each method is left to whoever shows the map, so that raw values stay.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from radassist.domain.explanation import SaliencyMethod

Maps = NDArray[np.float32]
Formula = Callable[[Maps, Maps], Maps]


def grad_cam_weights(gradients: Maps) -> Maps:
    """(N, channels): the mean gradient of each channel (Selvaraju et al. 2017, equation 1)."""
    weights: Maps = gradients.mean(axis=(2, 3), dtype=np.float64).astype(np.float32)
    return weights


def class_activation(activations: Maps, weights: NDArray[np.float32]) -> Maps:
    """CAM (Zhou et al. 2016, equation 2): channels times their weights in the layer after the global average.

    The mean of the map over its cells, plus the layer's offset, is the label's score: the map is exact.

    Args:
        activations: What is averaged.
        weights: (channels,), of one label.
    """
    return _weighted(activations, np.broadcast_to(weights, activations.shape[:2]))


def grad_cam(activations: Maps, gradients: Maps) -> Maps:
    """Channels times their mean gradient (Selvaraju et al. 2017, equation 2)."""
    return _weighted(activations, grad_cam_weights(gradients))


def grad_cam_plus_plus(activations: Maps, gradients: Maps) -> Maps:
    """Channels times a weighted sum of their positive gradients (Chattopadhyay et al. 2018, equations 10 and 19).

    For the exponential of the score, whose higher derivatives are powers of the gradient; its value is a factor common
    to all cells and left out.
    """
    steep = gradients.astype(np.float64)
    divisor = 2 * steep**2 + activations.sum(axis=(2, 3), keepdims=True, dtype=np.float64) * steep**3
    alphas = np.divide(steep**2, divisor, out=np.zeros_like(steep), where=divisor != 0)
    return _weighted(activations, (alphas * np.maximum(steep, 0)).sum(axis=(2, 3)))


def hi_res_cam(activations: Maps, gradients: Maps) -> Maps:
    """Gradient times activation, cell by cell (Draelos and Carin 2020, equation 7)."""
    return _as_maps(np.einsum("nkij,nkij->nij", activations, gradients, dtype=np.float64))


def layer_cam(activations: Maps, gradients: Maps) -> Maps:
    """Positive gradient times activation, cell by cell (Jiang et al. 2021, equation 6)."""
    return hi_res_cam(activations, np.maximum(gradients, 0))


FORMULAS: Mapping[SaliencyMethod, Formula] = MappingProxyType(
    {
        SaliencyMethod.GRAD_CAM: grad_cam,
        SaliencyMethod.GRAD_CAM_PLUS_PLUS: grad_cam_plus_plus,
        SaliencyMethod.HI_RES_CAM: hi_res_cam,
        SaliencyMethod.LAYER_CAM: layer_cam,
    }
)
"""The methods that need activations and gradients of a block, and nothing else."""


def _weighted(activations: Maps, weights: NDArray[np.floating]) -> Maps:
    return _as_maps(np.einsum("nk,nkij->nij", weights, activations, dtype=np.float64))


def _as_maps(values: NDArray[np.float64]) -> Maps:
    maps: Maps = values.astype(np.float32)
    return maps
