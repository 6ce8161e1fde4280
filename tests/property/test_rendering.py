"""Whatever the window: brighter stays brighter, and a negative looks like its film."""

from dataclasses import replace

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from radassist.domain.radiograph import ModalityTransform, Radiograph, VoiFunction, Window
from radassist.imaging.histogram import histogram
from radassist.imaging.rendering import grey_table, to_grey8

PLAIN = ModalityTransform()

centers = st.floats(-70_000, 70_000)
widths = st.floats(1, 140_000)
windows = st.builds(Window, centers, widths, st.sampled_from(VoiFunction))
stored = arrays(np.uint16, (8, 9), elements=st.integers(0, 4095))


def automatic_window(pixels: np.ndarray, rescale: ModalityTransform = PLAIN) -> Window:
    return histogram(pixels, rescale, None).automatic_window()


def mirrored(window: Window) -> Window:
    """The window of the negative of a 12-bit film; the middle of a LINEAR one lies half a value below its centre."""
    return replace(window, center=4095 - window.center + (window.function is VoiFunction.LINEAR))


@given(windows)
def test_brighter_stays_brighter_and_every_grey_is_one(window: Window) -> None:
    table = grey_table(Radiograph(np.zeros((1, 1), np.uint16), 16, (window,))).astype(int)
    assert (np.diff(table) >= 0).all()


@given(stored, st.one_of(st.none(), windows))
def test_a_negative_looks_like_its_film(pixels: np.ndarray, window: Window | None) -> None:
    assume(pixels.min() < pixels.max())
    assume(window is None or window.width > 1)  # a step has only one side, so its mirror image is another step
    film = Radiograph(pixels, 12, (window or automatic_window(pixels),))
    mirror = mirrored(window) if window else automatic_window(4095 - pixels)
    negative = Radiograph(4095 - pixels, 12, (mirror,), inverted=True)
    assert np.array_equal(to_grey8(film), to_grey8(negative))


@given(stored, st.floats(-3, 3).filter(lambda slope: abs(slope) > 0.01), st.floats(-2000, 2000))
def test_a_rescale_does_not_change_what_the_automatic_window_shows_but_its_sign_does(
    pixels: np.ndarray, slope: float, intercept: float
) -> None:
    rescale = ModalityTransform(slope, intercept)
    assume(pixels.min() < pixels.max())
    rescaled = Radiograph(pixels, 12, (automatic_window(pixels, rescale),), modality=rescale, inverted=slope < 0)
    plain = Radiograph(pixels, 12, (automatic_window(pixels),))
    assert np.abs(to_grey8(rescaled).astype(int) - to_grey8(plain)).max() <= 1
