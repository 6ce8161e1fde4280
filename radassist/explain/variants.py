"""A film changed in ways that should not matter to a reader: the pictures a robust model scores alike."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from io import BytesIO
from math import ceil, radians, sin

import numpy as np
from PIL import Image

from radassist.domain.radiograph import LookupTable, Radiograph, Window
from radassist.domain.robustness import Variation
from radassist.explain.scorer import Grey
from radassist.imaging.histogram import histogram
from radassist.imaging.rendering import full_range, linear_equivalent, to_grey8

_DEGREES = 5
_CROP = 0.05
_NARROWER, _WIDER = 0.75, 1.33
_QUALITIES = (75, 30)


@dataclass(frozen=True, slots=True)
class Variant:
    """One change.

    Attributes:
        title: In words that go on from "the film is".
        make: The changed film, (H, W) uint8 as `rendering.to_grey8` makes it; slow enough to be called when needed.
    """

    variation: Variation
    title: str
    make: Callable[[], Grey]


def variants_of(film: Radiograph) -> tuple[Variant, ...]:
    """The changes that make sense for `film`, in the order of a strip."""
    grey = to_grey8(film)
    return (
        Variant(Variation.FLIP, "flipped left to right", lambda: np.ascontiguousarray(grey[:, ::-1])),
        Variant(Variation.ROTATION, f"turned {_DEGREES}° left", partial(turned, grey, _DEGREES)),
        Variant(Variation.ROTATION, f"turned {_DEGREES}° right", partial(turned, grey, -_DEGREES)),
        *_windows(film),
        *([Variant(Variation.DEPTH, "stored with 8 bits", partial(_in_8_bits, film))] if film.bits_stored > 8 else []),
        *(
            Variant(Variation.JPEG, f"compressed by JPEG at quality {quality}", partial(compressed, grey, quality))
            for quality in _QUALITIES
        ),
        Variant(Variation.CROP, f"cropped by {_CROP:.0%} at each edge", partial(cropped, grey, _CROP)),
    )


def turned(grey: Grey, degrees: float) -> Grey:
    """`grey`, (H, W), turned about its centre, counterclockwise; pixels are taken as square.

    Its edge pixels are continued into the corners that come in.
    """
    margin = ceil(sin(radians(abs(degrees))) * max(grey.shape))
    wide = Image.fromarray(np.pad(grey, margin, mode="edge")).rotate(degrees, Image.Resampling.BILINEAR)
    return np.asarray(wide)[margin:-margin, margin:-margin] if margin else grey


def compressed(grey: Grey, quality: int) -> Grey:
    """`grey`, (H, W), through JPEG and back, at Pillow's `quality` from 1 to 95."""
    buffer = BytesIO()
    Image.fromarray(grey).save(buffer, format="JPEG", quality=quality)
    with Image.open(buffer, formats=["JPEG"]) as picture:
        return np.asarray(picture)


def cropped(grey: Grey, share: float) -> Grey:
    """`grey`, (H, W), without `share`, in [0, 0.5), of its height and width at each edge."""
    rows, columns = (round(share * side) for side in grey.shape)
    return np.ascontiguousarray(grey[rows : grey.shape[0] - rows, columns : grey.shape[1] - columns])


def in_8_bits(film: Radiograph) -> Radiograph:
    """`film` with its stored values rounded to 256 steps between the lowest and the highest; padding is left alone."""
    pixels = film.pixels.astype(np.int32)
    picture = np.ones(pixels.shape, bool)
    if film.padding is not None:
        picture = (pixels < film.padding[0]) | (pixels > film.padding[1])
    if not picture.any():
        return film
    low, high = int(pixels[picture].min()), int(pixels[picture].max())
    step = max(1, high - low) / 255
    pixels[picture] = np.rint(low + np.rint((pixels[picture] - low) / step) * step)
    return replace(film, pixels=pixels.astype(film.pixels.dtype))


def _windows(film: Radiograph) -> tuple[Variant, ...]:
    own = linear_equivalent(film, film.windows[0])
    automatic = histogram(film.pixels, film.modality, film.padding).automatic_window()
    choices: tuple[tuple[str, Window | LookupTable], ...] = (
        ("shown in full range", full_range(film)),
        ("shown from its 1st to its 99th percentile", automatic),
        ("shown with more contrast", replace(own, width=own.width * _NARROWER)),
        ("shown with less contrast", replace(own, width=own.width * _WIDER)),
    )
    return tuple(Variant(Variation.WINDOW, title, partial(to_grey8, film, window)) for title, window in choices)


def _in_8_bits(film: Radiograph) -> Grey:
    return to_grey8(in_8_bits(film))
