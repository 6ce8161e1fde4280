"""Windows against pydicom's own and the standard's formulas, colours against matplotlib."""

import subprocess
import sys

import matplotlib
import numpy as np
import pytest
from pydicom.dataset import Dataset
from pydicom.pixels import apply_windowing

from radassist.domain.radiograph import LookupTable, ModalityTransform, Radiograph, VoiFunction, Window
from radassist.imaging.rendering import (
    ColorMap,
    ValueAt,
    apply_table,
    color_table,
    full_range,
    grey_table,
    linear_equivalent,
    to_grey8,
    to_rgba,
    value_at,
)

RAMP = np.arange(4096, dtype=np.uint16).reshape(64, 64)
WIDE = Window(2048.0, 4096.0)


def film(pixels=RAMP, window=WIDE, bits=12, **facts) -> Radiograph:
    return Radiograph(pixels=pixels, bits_stored=bits, windows=(window,), **facts)


@pytest.mark.parametrize("function", list(VoiFunction))
@pytest.mark.parametrize(("center", "width"), [(2048, 4096), (1000, 300.5), (3000.5, 2), (-500, 2000)])
def test_windows_give_the_grey_that_pydicom_gives(function: VoiFunction, center: float, width: float) -> None:
    header = Dataset()
    header.PhotometricInterpretation, header.BitsStored, header.PixelRepresentation = "MONOCHROME2", 12, 0
    header.WindowCenter, header.WindowWidth, header.VOILUTFunction = center, width, function.value
    with np.errstate(over="ignore"):
        expected = apply_windowing(RAMP, header) * 255 / 4095
    assert np.abs(to_grey8(film(window=Window(center, width, function))) - expected).max() <= 0.5 + 1e-6


def test_a_linear_window_one_value_wide_is_a_step_at_its_centre() -> None:
    # PS3.3 C.11.2.1.2.1: if x <= c - 0.5 then black, else if x > c - 0.5 then white.
    grey = to_grey8(film(window=Window(1000.0, 1.0)))
    assert np.array_equal(grey, np.where(RAMP <= 999, 0, 255))


def test_the_full_8_bit_window_shows_every_grey_as_it_is() -> None:
    pixels = np.arange(256, dtype=np.uint8).reshape(16, 16)
    assert np.array_equal(to_grey8(film(pixels, Window(128.0, 256.0), bits=8)), pixels)


def test_slope_and_intercept_come_before_the_window() -> None:
    hounsfield = film(
        np.array([[-1000, 0, 1000]], np.int16), Window(40.0, 401.0), 16, modality=ModalityTransform(0.5, 40.0)
    )
    # Modality values -460, 40 and 540 in a window from -160.5 to 239.5.
    assert to_grey8(hounsfield).tolist() == [[0, 128, 255]]


def test_a_modality_table_comes_before_the_window_and_its_ends_extend() -> None:
    table = LookupTable(first=10, entries=np.array([0, 4095, 2048], np.uint16), bits=12)
    looked_up = film(np.array([[0, 10, 11, 12, 4000]], np.uint16), modality=ModalityTransform(table=table))
    assert to_grey8(looked_up).tolist() == [[0, 0, 255, 128, 128]]


def test_a_voi_table_maps_its_whole_output_depth_to_grey_and_its_ends_extend() -> None:
    table = LookupTable(first=-2, entries=np.array([0, 512, 1023], np.uint16), bits=10)
    pixels = np.array([[-30, -2, -1, 0, 99]], np.int16)
    assert to_grey8(film(pixels, table, 16)).tolist() == [[0, 0, 128, 255, 255]]


def test_negatives_and_positives_of_a_film_look_the_same() -> None:
    negative = film(4095 - RAMP, inverted=True)
    assert np.array_equal(to_grey8(film()), to_grey8(negative))


def test_inverting_on_top_undoes_what_the_film_asks_for() -> None:
    assert np.array_equal(to_grey8(film(inverted=True), invert=True), to_grey8(film()))


@pytest.mark.parametrize("invert", [False, True])
@pytest.mark.parametrize("inverted", [False, True])
def test_padding_is_black_however_the_film_is_turned(inverted: bool, invert: bool) -> None:
    padded = film(np.array([[0, 5, 6, 4095]], np.uint16), inverted=inverted, padding=(5, 6))
    grey = to_grey8(padded, invert=invert)
    assert grey[0, 1] == grey[0, 2] == 0
    assert {int(grey[0, 0]), int(grey[0, 3])} == {0, 255}


def test_signed_values_find_their_place_in_the_table() -> None:
    pixels = np.array([[-32768, -1, 0, 32767]], np.int16)
    signed = film(pixels, Window(0.0, 65536.0), 16)
    table = grey_table(signed)
    assert table.shape == (65536,)
    assert apply_table(pixels, table).tolist() == [[0, 127, 128, 255]]


def test_pixels_of_any_memory_order_and_size_are_looked_up() -> None:
    tall = np.asfortranarray(np.arange(70_000, dtype=np.uint32).astype(np.uint16).reshape(7, 10_000))
    assert np.array_equal(apply_table(tall, grey_table(film(tall, bits=16))), grey_table(film(tall, bits=16))[tall])


def test_a_pixel_tells_its_stored_value_modality_value_and_grey() -> None:
    pixels = np.array([[-1024, 0, 976]], np.int16)
    slice_of_ct = film(pixels, Window(0.0, 2001.0), 16, modality=ModalityTransform(2.0, -10.0))
    grey = to_grey8(slice_of_ct)
    assert value_at(slice_of_ct, 0, 2) == ValueAt(stored=976, modality=1942.0, grey8=int(grey[0, 2]))
    assert value_at(slice_of_ct, 0, 1) == ValueAt(stored=0, modality=-10.0, grey8=int(grey[0, 1]))


def test_the_full_range_runs_from_the_lowest_to_the_highest_value_of_the_picture() -> None:
    pixels = np.array([[7, 100, 300, 9999]], np.uint16)
    padded = film(pixels, bits=16, padding=(9999, 9999), modality=ModalityTransform(0.25, -5.0))
    grey = to_grey8(padded, full_range(padded))
    assert grey.tolist() == [[0, 81, 255, 0]]


def test_the_full_range_of_nothing_but_padding_is_still_a_window() -> None:
    nothing = film(np.zeros((2, 2), np.uint16), padding=(0, 0))
    assert full_range(nothing).width == 1.0
    assert not to_grey8(nothing, full_range(nothing)).any()


def test_a_linear_window_is_its_own_equivalent() -> None:
    assert linear_equivalent(film(), WIDE) is WIDE


def test_an_exact_window_and_its_linear_equivalent_show_the_same() -> None:
    exact = Window(1000.0, 500.0, VoiFunction.LINEAR_EXACT)
    shown = film(window=exact)
    assert np.array_equal(to_grey8(shown), to_grey8(shown, linear_equivalent(shown, exact)))


def test_the_equivalent_of_a_sigmoid_has_its_middle_and_its_slope_there() -> None:
    sigmoid = Window(1000.0, 800.0, VoiFunction.SIGMOID)
    shown = film(window=sigmoid)
    middle = slice(950, 1051)
    curve = to_grey8(shown).reshape(-1)[middle].astype(int)
    line = to_grey8(shown, linear_equivalent(shown, sigmoid)).reshape(-1)[middle].astype(int)
    assert np.abs(curve - line).max() <= 1


@pytest.mark.parametrize("entries", [np.arange(1024), np.arange(1024)[::-1]])
def test_the_equivalent_of_a_straight_table_spans_the_table(entries: np.ndarray) -> None:
    table = LookupTable(first=500, entries=entries.astype(np.uint16), bits=10)
    window = linear_equivalent(film(), table)
    assert window.center - window.width / 2 == pytest.approx(500, abs=3)
    assert window.center + window.width / 2 == pytest.approx(1524, abs=3)


@pytest.mark.parametrize(("color_map", "name"), [(each, each.value.replace("grey", "gray")) for each in ColorMap])
def test_colour_tables_are_those_of_matplotlib(color_map: ColorMap, name: str) -> None:
    expected = matplotlib.colormaps[name](np.arange(256), bytes=True)[:, :3]
    assert np.array_equal(color_table(color_map), expected)


def test_a_colour_table_cannot_be_changed_by_accident() -> None:
    with pytest.raises(ValueError, match="read-only"):
        color_table(ColorMap.VIRIDIS)[0] = 0


def test_maps_are_coloured_from_low_to_high_and_opaque() -> None:
    grid = np.array([[-9.0, 1.0, 2.0, 3.0, 9.0]], np.float32)
    rgba = to_rgba(grid, low=1.0, high=3.0, color_map=ColorMap.GREY)
    assert rgba[0, :, 0].tolist() == [0, 0, 128, 255, 255]
    assert (rgba[..., 3] == 255).all()


def test_a_map_without_range_or_without_numbers_gets_the_first_colour() -> None:
    grid = np.array([[1.0, np.nan, np.inf]], np.float32)
    first = (*color_table(ColorMap.INFERNO)[0].tolist(), 255)
    assert to_rgba(grid, 1.0, 1.0, ColorMap.INFERNO).tolist() == [[list(first)] * 3]
    assert to_rgba(grid, 1.0, 2.0, ColorMap.INFERNO).tolist() == [[list(first)] * 3]


def test_rendering_needs_no_file_reader() -> None:
    code = "import sys, radassist.imaging.rendering; print({'pydicom', 'PIL', 'imagecodecs'} & set(sys.modules))"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "set()"


def test_a_table_that_changes_nothing_costs_no_copy() -> None:
    pixels = np.arange(256, dtype=np.uint8).reshape(16, 16)
    same = np.arange(256, dtype=np.uint8)
    assert np.shares_memory(apply_table(pixels, same), pixels)
    assert np.array_equal(apply_table(pixels, same), pixels)
    assert np.array_equal(apply_table(pixels, same[::-1]), 255 - pixels)
