"""Ways to show a film that no file names: chest presets from the film's own percentiles, and a window between two ends.

A radiograph has no absolute scale as CT has, so a preset is a share of this film's pixels, counted from the darkest as
the film is shown.
"""

from dataclasses import dataclass
from enum import StrEnum

from radassist.domain.radiograph import LookupTable, Radiograph, Window
from radassist.imaging.histogram import Histogram, histogram
from radassist.imaging.rendering import linear_equivalent

_SAMPLE_PIXELS = 1 << 20


class ChestPreset(StrEnum):
    """What a preset is for; the value is the window's name."""

    LUNG = "Lung"
    BONE = "Bone and mediastinum"
    SOFT = "Soft"
    HIGH_CONTRAST = "High contrast"


@dataclass(frozen=True, slots=True)
class _Shares:
    """Shares of the pixels, from the darkest as shown, and how far the window reaches beyond, in parts of its range."""

    dark: float
    bright: float
    beyond: float = 0.0


_PRESETS = {
    ChestPreset.LUNG: _Shares(0.02, 0.60),
    ChestPreset.BONE: _Shares(0.40, 0.995),
    ChestPreset.SOFT: _Shares(0.001, 0.999, beyond=0.25),
    ChestPreset.HIGH_CONTRAST: _Shares(0.20, 0.80),
}


def preset_window(picture: Histogram, preset: ChestPreset, *, inverted: bool) -> Window:
    """The window of `preset` for a picture.

    Args:
        picture: The film's modality values.
        preset: Which one.
        inverted: Whether the film shows low values bright, so that its darkest pixels have the highest values.
    """
    shares = _PRESETS[preset]
    if inverted:
        low, high = picture.quantile(1 - shares.bright), picture.quantile(1 - shares.dark)
    else:
        low, high = picture.quantile(shares.dark), picture.quantile(shares.bright)
    beyond = shares.beyond * (high - low)
    return window_between(low - beyond, high + beyond, preset.value)


def window_between(low: float, high: float, name: str = "") -> Window:
    """The LINEAR window (PS3.3 C.11.2.1.2.1) whose last black is `low` and whose first white is `high`."""
    return Window((low + high + 1) / 2, max(high - low, 0.0) + 1, name=name)


def ends_of(film: Radiograph, window: Window | LookupTable) -> tuple[float, float]:
    """Lowest and highest modality value that `window`, or the LINEAR window nearest to it, tells apart."""
    linear = linear_equivalent(film, window)
    middle, half = linear.center - 0.5, (linear.width - 1) / 2
    return middle - half, middle + half


def sampled_histogram(film: Radiograph) -> Histogram:
    """The values of a film from at most about a million of its pixels, evenly spread: quick for films of any size."""
    step = 1
    while (film.height // step) * (film.width // step) > _SAMPLE_PIXELS:
        step += 1
    return histogram(film.pixels[::step, ::step].copy(), film.modality, film.padding)


def matched_window(window: Window, picture: Histogram, other: Histogram) -> Window:
    """The window that treats another picture as `window` treats the first, whatever the scales of their values.

    Args:
        window: LINEAR.
        picture: What `window` belongs to.
        other: What to show alike: each end lies at the same share of its pixels, or as far beyond them as a part of
            their range.
    """
    middle, half = window.center - 0.5, (window.width - 1) / 2
    low, high = (_matched(end, picture, other) for end in (middle - half, middle + half))
    return window_between(low, high, window.name)


def _matched(value: float, picture: Histogram, other: Histogram) -> float:
    if picture.values.size == 0 or other.values.size == 0:
        return value
    lowest, highest = float(picture.values[0]), float(picture.values[-1])
    scale = float(other.values[-1] - other.values[0]) / ((highest - lowest) or 1.0)
    if value <= lowest:
        return float(other.values[0]) - (lowest - value) * scale
    if value >= highest:
        return float(other.values[-1]) + (value - highest) * scale
    return other.quantile(picture.share_up_to(value))
