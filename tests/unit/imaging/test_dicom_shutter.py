"""What a display shutter hides is gone when the film is read: from the screen, from statistics and from the network."""

import warnings
from itertools import pairwise

import numpy as np
import pytest
from helpers.dicom_factory import film_bytes, phantom

from radassist.domain.radiograph import Radiograph
from radassist.imaging.dicom import read_dicom
from radassist.imaging.histogram import histogram
from radassist.imaging.rendering import full_range, to_grey8, value_at

FILM = phantom()
RECTANGLE = {
    "ShutterShape": "RECTANGULAR",
    "ShutterUpperHorizontalEdge": 11,
    "ShutterLowerHorizontalEdge": 80,
    "ShutterLeftVerticalEdge": 6,
    "ShutterRightVerticalEdge": 70,
}
INSIDE = np.s_[10:80, 5:70]


def film(pixels: np.ndarray = FILM, bits: int = 12, **elements) -> Radiograph:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pydicom complains of what these tests put in on purpose
        return read_dicom(film_bytes(pixels, bits=bits, elements=elements))


def codes(read: Radiograph) -> list[str]:
    return [notice.code for notice in read.notices]


def seen(read: Radiograph) -> np.ndarray:
    """(H, W) bool: what is picture."""
    low, high = read.padding
    return (read.pixels < low) | (read.pixels > high)


def test_without_a_shutter_every_bit_is_as_it_was() -> None:
    read = film()
    assert np.array_equal(read.pixels, FILM) and read.padding is None and codes(read) == []


def test_outside_a_rectangle_nothing_is_left_and_inside_every_value_is_as_stored() -> None:
    read = film(**RECTANGLE)
    hidden = np.ones(FILM.shape, bool)
    hidden[INSIDE] = False
    assert np.array_equal(seen(read), ~hidden)
    assert np.array_equal(read.pixels[INSIDE], FILM[INSIDE])
    assert len(np.unique(read.pixels[hidden])) == 1
    assert codes(read) == ["SHUTTER"]


@pytest.mark.parametrize("negative", [{}, {"PhotometricInterpretation": "MONOCHROME1"}])
def test_the_network_gets_the_greys_of_the_film_inside_and_the_shutters_outside(negative: dict[str, str]) -> None:
    window = {"WindowCenter": "2048", "WindowWidth": "4096", **negative}
    grey, plain = to_grey8(film(**RECTANGLE, **window)), to_grey8(film(**window))
    assert np.array_equal(grey[INSIDE], plain[INSIDE])
    outside = np.ones(FILM.shape, bool)
    outside[INSIDE] = False
    assert not grey[outside].any()
    assert (to_grey8(film(**RECTANGLE, **window, ShutterPresentationValue=0xFFFF))[outside] == 255).all()
    assert (to_grey8(film(**RECTANGLE, **window, ShutterPresentationValue=0x8080))[outside] == 0x80).all()


def test_what_is_hidden_counts_neither_for_the_automatic_window_nor_for_the_histogram() -> None:
    bright = FILM.copy()
    bright[:10] = 4095
    read, alone = film(bright, **RECTANGLE), film(np.ascontiguousarray(bright[INSIDE]))
    assert read.windows == alone.windows
    assert full_range(read) == full_range(alone)
    counted = histogram(read.pixels, read.modality, read.padding)
    assert counted.counts.sum() == 70 * 65


def test_what_cannot_be_seen_has_no_value_to_be_told() -> None:
    read = film(**RECTANGLE)
    assert not value_at(read, 0, 0).is_picture
    assert value_at(read, 40, 40).is_picture and value_at(read, 40, 40).stored == FILM[40, 40]


def test_a_circle_is_round_in_the_room() -> None:
    circle = {"ShutterShape": "CIRCULAR", "CenterOfCircularShutter": [48, 40], "RadiusOfCircularShutter": 20}
    rows, columns = np.mgrid[1:97, 1:81]
    assert np.array_equal(seen(film(**circle)), (rows - 48) ** 2 + (columns - 40) ** 2 <= 400)
    tall = seen(film(**circle, PixelAspectRatio=[2, 1]))
    assert np.array_equal(tall, (2 * (rows - 48)) ** 2 + (columns - 40) ** 2 <= 400)


def test_a_polygon_leaves_open_what_lies_between_its_edges() -> None:
    corners = [(10, 40), (60, 8), (90, 70)]
    read = film(ShutterShape="POLYGONAL", VerticesOfThePolygonalShutter=[each for corner in corners for each in corner])
    rows, columns = np.mgrid[1:97, 1:81]
    sides = []
    for (row, column), (to_row, to_column) in pairwise([*corners, corners[0]]):
        length = np.hypot(to_row - row, to_column - column)
        sides.append(((to_column - column) * (rows - row) - (to_row - row) * (columns - column)) / length)
    depth = np.minimum.reduce(sides) if np.minimum.reduce(sides).max() > 0 else np.minimum.reduce([-x for x in sides])
    assert seen(read)[depth >= 1].all()
    assert not seen(read)[depth <= -1].any()


def test_a_polygon_of_many_corners_is_not_cut_short() -> None:
    turns = np.linspace(0, 2 * np.pi, 200, endpoint=False)
    corners = np.rint(np.stack([48 + 40 * np.sin(turns), 40 + 30 * np.cos(turns)], axis=1)).astype(int)
    read = film(ShutterShape="POLYGONAL", VerticesOfThePolygonalShutter=corners.reshape(-1).tolist())
    assert seen(read).mean() == pytest.approx(np.pi * 40 * 30 / FILM.size, rel=0.05)


def test_of_several_shapes_only_what_all_leave_open_is_seen() -> None:
    shapes = {**RECTANGLE, "ShutterShape": ["RECTANGULAR", "CIRCULAR"]}
    circle = {"CenterOfCircularShutter": [11, 6], "RadiusOfCircularShutter": 10}
    both = seen(film(**shapes, **circle))
    assert not both[:10].any() and not both[:, :5].any()
    assert both[10, 5] and both[20, 5] and not both[21, 5]


@pytest.mark.parametrize(
    "wrong",
    [
        {**RECTANGLE, "ShutterShape": "HEPTAGONAL"},
        {**RECTANGLE, "ShutterShape": "BITMAP"},
        {**RECTANGLE, "ShutterShape": ["RECTANGULAR", "CIRCULAR"]},
        {**RECTANGLE, "ShutterLeftVerticalEdge": 71},
        {**RECTANGLE, "ShutterLeftVerticalEdge": None},
        {**RECTANGLE, "ShutterUpperHorizontalEdge": 5000, "ShutterLowerHorizontalEdge": 6000},
        {"ShutterShape": "CIRCULAR", "CenterOfCircularShutter": [48, 40], "RadiusOfCircularShutter": 0},
        {"ShutterShape": "CIRCULAR", "CenterOfCircularShutter": [48, 40], "RadiusOfCircularShutter": 2**31 - 1},
        {"ShutterShape": "CIRCULAR", "RadiusOfCircularShutter": 5},
        {"ShutterShape": "POLYGONAL", "VerticesOfThePolygonalShutter": [1, 1, 50, 50]},
        {"ShutterShape": "POLYGONAL", "VerticesOfThePolygonalShutter": [1, 1, 50, 50, 9, 80, 3]},
        {"ShutterShape": "POLYGONAL", "VerticesOfThePolygonalShutter": [1] * 5000},
    ],
)
def test_a_shutter_that_makes_no_sense_is_told_and_hides_nothing(wrong: dict) -> None:
    read = film(**{keyword: value for keyword, value in wrong.items() if value is not None})
    assert np.array_equal(read.pixels, FILM) and read.padding is None
    assert codes(read) == ["SHUTTER_UNUSED"]


def test_a_shutter_around_the_whole_film_is_none() -> None:
    whole = {**RECTANGLE, "ShutterUpperHorizontalEdge": 1, "ShutterLowerHorizontalEdge": 96}
    read = film(**{**whole, "ShutterLeftVerticalEdge": 1, "ShutterRightVerticalEdge": 80})
    assert np.array_equal(read.pixels, FILM) and codes(read) == []


def test_padding_and_what_is_hidden_are_one() -> None:
    padded = np.clip(FILM, 100, 4095)
    padded[20:30] = 0
    read = film(padded, **RECTANGLE, PixelPaddingValue=0)
    assert read.padding == (0, 0)
    assert not seen(read)[20:30].any() and not seen(read)[:10].any() and seen(read)[INSIDE][20:].all()


@pytest.mark.parametrize(("bits", "dtype"), [(8, np.uint8), (16, np.uint16)])
def test_hidden_pixels_take_no_value_that_the_picture_has(bits: int, dtype: type) -> None:
    pixels = np.random.default_rng(3).integers(0, 2**bits, FILM.shape).astype(dtype)
    read = film(pixels, bits=bits, **RECTANGLE)
    assert np.array_equal(seen(read)[INSIDE], np.ones((70, 65), bool))
    assert np.array_equal(read.pixels[INSIDE], pixels[INSIDE])


def test_where_every_value_is_taken_nothing_is_hidden_and_that_is_told() -> None:
    every = np.arange(2**16, dtype=np.uint16).reshape(256, 256)
    most = {**RECTANGLE, "ShutterUpperHorizontalEdge": 1, "ShutterLowerHorizontalEdge": 256}
    taken = np.concatenate([every, every[:1]])
    read = film(taken, bits=16, **{**most, "ShutterLeftVerticalEdge": 1, "ShutterRightVerticalEdge": 256})
    assert np.array_equal(read.pixels, taken) and codes(read) == ["SHUTTER_UNUSED"]
