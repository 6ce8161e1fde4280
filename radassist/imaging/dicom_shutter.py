"""The display shutter of a DICOM film (PS3.3 C.7.6.11): the part of its picture that is not to be seen.

Rows and columns are numbered from 1, and pixels on an edge are seen. Of several shapes only what all of them leave open
is seen.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from radassist.domain.radiograph import Notice, Pixels
from radassist.imaging.dicom_header import Header

_MOST_NUMBERS = 4096
_FARTHEST = 1e6
_GREY_OF_P_VALUE = 257
_HIDDEN = Notice(
    "SHUTTER", "The file hides part of the picture (display shutter): what is hidden is neither shown nor scored."
)
_NOT_HIDDEN = Notice(
    "SHUTTER_UNUSED",
    "The file wants part of the picture hidden (display shutter) in a way that cannot be followed: nothing is hidden.",
)

_Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Shuttered:
    """A picture of which nothing is left where its shutter is closed.

    Attributes:
        pixels: (H, W) stored values; those that were hidden hold a value of `padding`.
        padding: Inclusive range of stored values that are not picture, None where all are.
        grey: What they are shown in, 0 to 255.
        notices: What the reader must know of it.
    """

    pixels: Pixels
    padding: tuple[int, int] | None
    grey: int = 0
    notices: tuple[Notice, ...] = ()


def apply_shutter(header: Header, pixels: Pixels, padding: tuple[int, int] | None, aspect: float) -> Shuttered:
    """`pixels` without what the film's shutter hides; the very same array where it hides nothing or cannot be followed.

    Args:
        header: Of the film.
        pixels: (H, W) stored values; not changed.
        padding: Inclusive range of stored values that are not picture as it is.
        aspect: Height of a pixel over its width: a circle is one in the room, not on the grid.
    """
    if "ShutterShape" not in header:
        return Shuttered(pixels, padding)
    seen = _seen(header, (int(pixels.shape[0]), int(pixels.shape[1])), aspect)
    if seen is None or not seen.any():
        return Shuttered(pixels, padding, notices=(_NOT_HIDDEN,))
    if seen.all():
        return Shuttered(pixels, padding)
    roomy = _with_room(pixels, padding, seen)
    if roomy is None:
        return Shuttered(pixels, padding, notices=(_NOT_HIDDEN,))
    made, value = roomy
    made[~seen] = value
    return Shuttered(
        made, padding if padding and _is_inside(value, padding) else (value, value), _grey(header), (_HIDDEN,)
    )


def _seen(header: Header, shape: tuple[int, int], aspect: float) -> _Mask | None:
    """(H, W), what every shape leaves open; None where one of them makes no sense."""
    readers: dict[str, Callable[[], _Mask | None]] = {
        "RECTANGULAR": lambda: _rectangle(header, shape),
        "CIRCULAR": lambda: _circle(header, shape, aspect),
        "POLYGONAL": lambda: _polygon(header, shape),
    }
    seen = np.ones(shape, bool)
    for name in header.labels("ShutterShape"):
        reader = readers.get(name.strip().upper())
        part = reader() if reader else None
        if part is None:
            return None
        seen &= part
    return seen


def _rectangle(header: Header, shape: tuple[int, int]) -> _Mask | None:
    names = ("UpperHorizontalEdge", "LowerHorizontalEdge", "LeftVerticalEdge", "RightVerticalEdge")
    edges = [_places(header, f"Shutter{name}") for name in names]
    if any(len(edge) != 1 for edge in edges):
        return None
    top, bottom, left, right = (int(edge[0]) for edge in edges)
    if top > bottom or left > right:
        return None
    seen = np.zeros(shape, bool)
    seen[max(top - 1, 0) : max(bottom, 0), max(left - 1, 0) : max(right, 0)] = True
    return seen


def _circle(header: Header, shape: tuple[int, int], aspect: float) -> _Mask | None:
    center, radius = _places(header, "CenterOfCircularShutter"), _places(header, "RadiusOfCircularShutter")
    if len(center) != 2 or len(radius) != 1 or radius[0] <= 0:
        return None
    down = (np.arange(1, shape[0] + 1) - center[0]) * aspect
    across = np.arange(1, shape[1] + 1) - center[1]
    seen: _Mask = (down**2)[:, None] + (across**2)[None, :] <= radius[0] ** 2
    return seen


def _polygon(header: Header, shape: tuple[int, int]) -> _Mask | None:
    numbers = _places(header, "VerticesOfThePolygonalShutter")
    if len(numbers) < 6 or len(numbers) % 2:
        return None
    corners = [(column - 1, row - 1) for row, column in zip(numbers[::2], numbers[1::2], strict=True)]
    drawn = Image.new("L", (shape[1], shape[0]))
    ImageDraw.Draw(drawn).polygon(corners, fill=1)
    return np.asarray(drawn) > 0


def _places(header: Header, keyword: str) -> tuple[float, ...]:
    """Whole numbers that can be places of a film; none of them where one cannot."""
    numbers = header.numbers(keyword, most=_MOST_NUMBERS + 1)
    is_sane = len(numbers) <= _MOST_NUMBERS and all(math.isfinite(each) and abs(each) <= _FARTHEST for each in numbers)
    return numbers if is_sane else ()


def _with_room(pixels: Pixels, padding: tuple[int, int] | None, seen: _Mask) -> tuple[Pixels, int] | None:
    """A copy of `pixels`, and a value that stands for no part of the picture; None where all 65536 are taken."""
    limits = np.iinfo(pixels.dtype)
    for value in padding or ():
        if limits.min <= value <= limits.max:
            return pixels.copy(), value
    unsigned: np.dtype[Any] = np.dtype(np.uint8 if pixels.itemsize == 1 else np.uint16)
    is_taken = np.zeros(np.iinfo(unsigned).max + 1, bool)
    is_taken[pixels.view(unsigned)[seen]] = True
    free = np.flatnonzero(~is_taken)
    if free.size:
        return pixels.copy(), int(free[-1:].astype(unsigned).view(pixels.dtype)[0])
    return (pixels.astype(np.uint16), limits.max + 1) if pixels.itemsize == 1 else None


def _is_inside(value: int, limits: tuple[int, int]) -> bool:
    return limits[0] <= value <= limits[1]


def _grey(header: Header) -> int:
    """Shutter Presentation Value, a P-value of 16 bits; black where there is none."""
    value = header.integer("ShutterPresentationValue")
    return round(value / _GREY_OF_P_VALUE) if value is not None and 0 <= value <= 0xFFFF else 0
