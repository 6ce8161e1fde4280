"""A picture that is the same on every machine: a graph must answer it as the network did that it was made from."""

import numpy as np
from numpy.typing import NDArray

from radassist.networks.card import InputSpec

_SEED = 20180222


def probe_grey(spec: InputSpec) -> NDArray[np.uint8]:
    """(height, width) uint8: a bright middle, dark edges, and noise over both, so that every layer has work.

    Whole numbers only: the last bits of a sine are not the same on every machine.
    """
    rows, columns = _tent(spec.height), _tent(spec.width)
    noise = np.random.Generator(np.random.PCG64(_SEED)).integers(0, 56, (spec.height, spec.width))
    middle = 200 * np.outer(rows, columns) // int(rows.max() * columns.max())
    return np.asarray(middle + noise, np.uint8)


def _tent(size: int) -> NDArray[np.int64]:
    """0 at both ends, highest in the middle."""
    upward = np.arange(size)
    return np.minimum(upward, upward[::-1])
