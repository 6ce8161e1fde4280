"""From stored values to what the eye sees: windows and tables to 8-bit grey, maps to RGBA.

Pure functions of numpy arrays. Nothing here reads films, and nothing knows the screen.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from radassist.domain.radiograph import LookupTable, ModalityTransform, Pixels, Radiograph, VoiFunction, Window
from radassist.paths import resources_dir

Grey = NDArray[np.uint8]
AnyWindow = Window | LookupTable
"""A way to show a film: a window, or a lookup table in its place."""
_PIXELS_AT_ONCE = 1 << 16
_GREYS = np.arange(256, dtype=np.uint8)
"""The table that changes nothing: that of nearly every JPEG and PNG."""
# A hair above one half: a film and its negative reach the same grey by different sums, and must round it alike.
_HALF_UP = 0.5 + 1e-9


@dataclass(frozen=True, slots=True)
class ValueAt:
    """What lies under one pixel.

    Attributes:
        stored: Value in the file.
        modality: Value after rescale or modality LUT.
        grey8: Grey it is shown in.
        is_picture: Whether it is neither padding nor hidden by a shutter; if not, its values mean nothing.
    """

    stored: int
    modality: float
    grey8: int
    is_picture: bool = True


class ColorMap(StrEnum):
    """Perceptually uniform colour maps."""

    VIRIDIS = "viridis"
    INFERNO = "inferno"
    MAGMA = "magma"
    CIVIDIS = "cividis"
    GREY = "grey"


def to_grey8(film: Radiograph, window: Window | LookupTable | None = None, *, invert: bool = False) -> Grey:
    """The film as shown: (H, W) uint8, 0 black.

    With the defaults this is the picture the network gets and the screen shows first.

    Args:
        film: What to show.
        window: How to show it; None is the film's own default, `film.windows[0]`.
        invert: Turn bright into dark on top of what the film asks for itself.
    """
    return apply_table(film.pixels, grey_table(film, window, invert=invert))


def grey_table(film: Radiograph, window: Window | LookupTable | None = None, *, invert: bool = False) -> Grey:
    """Grey of every stored value: (256,) uint8 for 8-bit pixels, else (65536,), for `apply_table`."""
    return _grey_of(_every_stored_value(film.pixels.dtype), film, window, invert=invert)


def apply_table(pixels: Pixels, table: Grey) -> Grey:
    """Look every pixel up in a table of `grey_table`; (H, W) uint8, read-only where it is the pixels themselves."""
    index = _as_index(pixels)
    if table.size == _GREYS.size and np.array_equal(table, _GREYS):
        return cast(Grey, index)
    grey = np.empty(index.shape, np.uint8)
    rows = max(1, _PIXELS_AT_ONCE // index.shape[1])
    # numpy widens indices to 64 bits: small pieces keep that inside the processor's cache.
    for top in range(0, index.shape[0], rows):
        np.take(table, index[top : top + rows], out=grey[top : top + rows], mode="wrap")
    return grey


def value_at(
    film: Radiograph, row: int, column: int, window: Window | LookupTable | None = None, *, invert: bool = False
) -> ValueAt:
    """Values of the pixel at (`row`, `column`), which must lie on the film; its grey as `to_grey8` gives it."""
    stored = film.pixels[row : row + 1, column]
    return ValueAt(
        stored=int(stored[0]),
        modality=float(to_modality(stored, film.modality)[0]),
        grey8=int(_grey_of(stored, film, window, invert=invert)[0]),
        is_picture=film.padding is None or not bool(_inside(stored, film.padding)[0]),
    )


def to_modality(stored: Pixels, transform: ModalityTransform) -> NDArray[np.float64]:
    """Modality values of stored values (PS3.3 C.11.1), same shape."""
    if transform.table is not None:
        return _look_up(stored, transform.table)
    return stored * np.float64(transform.slope) + transform.intercept


def window_share(values: NDArray[np.float64], window: Window | LookupTable) -> NDArray[np.float64]:
    """Displayed share in [0, 1] of modality values (PS3.3 C.11.2.1)."""
    if isinstance(window, LookupTable):
        return _look_up(np.rint(values), window) / float(2**window.bits - 1)
    center, width = window.center, window.width
    if window.function is VoiFunction.SIGMOID:
        # The standard's 1 / (1 + exp(-4 (x - c) / w)), written so that it cannot overflow.
        return np.asarray(0.5 + 0.5 * np.tanh(2 * (values - center) / width))
    if window.function is VoiFunction.LINEAR:
        center, width = center - 0.5, width - 1
    if width <= 0:
        return (values > center).astype(np.float64)
    return np.clip((values - center) / width + 0.5, 0.0, 1.0)


def full_range(film: Radiograph) -> Window:
    """The window from the lowest to the highest modality value of the picture, padding left out."""
    values = to_modality(_values_present(film), film.modality)
    if values.size == 0:
        return Window(0.5, 1.0, name="Full range")
    low, high = float(values.min()), float(values.max())
    return Window((low + high + 1) / 2, high - low + 1, name="Full range")


def linear_equivalent(film: Radiograph, window: Window | LookupTable) -> Window:
    """The LINEAR window that comes closest to `window`, so that dragging can start from any way to show the film."""
    if isinstance(window, LookupTable):
        return _linear_part(window)
    if window.function is VoiFunction.LINEAR:
        return window
    # PS3.3 C.11.2.1.3.2: LINEAR is LINEAR_EXACT shifted by half a value and narrowed by one; a sigmoid of the same
    # centre and width has the same slope in its middle.
    return Window(window.center + 0.5, window.width + 1, name=window.name)


@cache
def color_table(color_map: ColorMap) -> NDArray[np.uint8]:
    """Colours of a map, low to high: (256, 3) uint8, read-only."""
    path = resources_dir() / "colormaps" / f"{color_map.value}.csv"
    table = np.loadtxt(path, dtype=np.uint8, delimiter=",")
    table.flags.writeable = False
    return table


def to_rgba(grid: NDArray[np.float32], low: float, high: float, color_map: ColorMap) -> NDArray[np.uint8]:
    """Colour a map.

    Args:
        grid: (h, w), any range; values that are not finite get the colour of `low`.
        low: Value of the first colour; everything below gets it too.
        high: Value of the last colour; everything above gets it too.
        color_map: Which colours.

    Returns:
        (h, w, 4) uint8, opaque; all of the first colour where `high` is not above `low`.
    """
    span = high - low
    share = (grid.astype(np.float64) - low) / span if span > 0 else np.zeros(grid.shape)
    share = np.clip(np.nan_to_num(share, nan=0.0, posinf=0.0, neginf=0.0), 0.0, 1.0)
    rgba = np.full((*grid.shape, 4), 255, np.uint8)
    rgba[..., :3] = color_table(color_map)[np.rint(share * 255).astype(np.uint8)]
    return rgba


def _grey_of(stored: Pixels, film: Radiograph, window: Window | LookupTable | None, *, invert: bool) -> Grey:
    """Modality, then window, then the one inversion, then padding (PS3.3 C.7.6.3.1.2, C.11.2, C.7.5.1.1.2)."""
    share = window_share(to_modality(stored, film.modality), film.windows[0] if window is None else window)
    if film.inverted != invert:
        share = 1.0 - share
    grey = np.floor(share * 255 + _HALF_UP).astype(np.uint8)
    if film.padding is not None:
        grey[_inside(stored, film.padding)] = film.padding_grey
    return grey


def _look_up(values: Pixels | NDArray[np.float64], table: LookupTable) -> NDArray[np.float64]:
    last = len(table.entries) - 1
    index = np.clip(values.astype(np.float64) - table.first, 0, last).astype(np.intp)
    return table.entries[index].astype(np.float64)


def _linear_part(table: LookupTable) -> Window:
    """The line through the points where a LUT has a tenth and nine tenths of its range."""
    share = table.entries / (2**table.bits - 1)
    share = np.maximum.accumulate(share if share[-1] >= share[0] else 1 - share)
    low, high = (float(np.searchsorted(share, level)) for level in (0.1, 0.9))
    width = (high - low) / 0.8
    return Window(table.first + (low + high) / 2 + 0.5, width + 1, name=table.name)


def _every_stored_value(dtype: np.dtype[Any]) -> Pixels:
    """All values of a pixel type, in the order in which `_as_index` numbers them."""
    unsigned = np.uint8 if dtype.itemsize == 1 else np.uint16
    return cast(Pixels, np.arange(np.iinfo(unsigned).max + 1, dtype=unsigned).view(dtype))


def _as_index(pixels: Pixels) -> NDArray[np.uint8 | np.uint16]:
    return pixels.view(np.uint8 if pixels.itemsize == 1 else np.uint16)


def _values_present(film: Radiograph) -> Pixels:
    """Each stored value of the picture once, padding left out."""
    values = _every_stored_value(film.pixels.dtype)
    present = np.zeros(values.size, bool)
    present[_as_index(film.pixels)] = True
    if film.padding is not None:
        present &= ~_inside(values, film.padding)
    return values[present]


def _inside(values: Pixels, limits: tuple[int, int]) -> NDArray[np.bool_]:
    low, high = limits
    return (values >= low) & (values <= high)
