"""Every kind of mark as numbers with units."""

from math import hypot
from pathlib import Path

import numpy as np
import pytest
from helpers.pictures import film_of

from radassist.domain.film_scale import FilmScale, ScaleBasis, scale_of_file
from radassist.domain.measurement import Mark, MarkKind, Point
from radassist.domain.study import FilmSource
from radassist.imaging.formats import read_radiograph
from radassist.imaging.measuring import Quantity, measure

FILM = film_of(np.full((20, 30), 7, np.uint8))
DETECTOR = FilmScale(0.2, 0.2, ScaleBasis.AT_DETECTOR)
PIXELS = FilmScale(1.0, 1.0, ScaleBasis.PIXELS)
FOUR = (Point(0, 5), Point(10, 5), Point(0, 15), Point(25, 15))


def test_a_length_says_its_unit_and_what_it_rests_on() -> None:
    mark = Mark(MarkKind.LENGTH, (Point(0, 0), Point(3, 4)))
    assert measure(FILM, mark, DETECTOR) == (Quantity("length", pytest.approx(1.0), "mm", "at detector"),)
    assert measure(FILM, mark, PIXELS) == (Quantity("length", 5.0, "pixels"),)


def test_a_ratio_is_a_number_without_unit_and_its_widths_follow() -> None:
    ratio, heart, thorax = measure(FILM, Mark(MarkKind.RATIO, FOUR), DETECTOR)
    assert ratio == Quantity("CTR", pytest.approx(0.4))
    assert (heart.value, thorax.value, heart.basis) == (pytest.approx(2.0), pytest.approx(5.0), "at detector")


def test_a_ratio_of_lines_without_length_is_no_number() -> None:
    ratio = measure(FILM, Mark(MarkKind.RATIO, (Point(1, 1),) * 4), PIXELS)[0]
    assert np.isnan(ratio.value)


def test_angles_are_in_degrees() -> None:
    corner = Mark(MarkKind.ANGLE, (Point(0, 9), Point(0, 0), Point(9, 0)))
    assert measure(FILM, corner, PIXELS) == (Quantity("angle", pytest.approx(90.0), "°"),)
    assert measure(FILM, Mark(MarkKind.COBB, FOUR), PIXELS) == (Quantity("Cobb angle", 0.0, "°"),)


def test_a_region_gives_its_values_and_its_area() -> None:
    found = {each.name: each for each in measure(FILM, Mark(MarkKind.RECTANGLE, (Point(2, 2), Point(12, 7))), DETECTOR)}
    assert (found["mean"].value, found["sd"].value, found["n"].value) == (7.0, 0.0, 50)
    assert found["area"] == Quantity("area", pytest.approx(2.0), "mm²", "at detector")


def test_a_text_and_an_arrow_measure_nothing() -> None:
    assert measure(FILM, Mark(MarkKind.TEXT, (Point(0, 0),), "nodule"), DETECTOR) == ()
    assert measure(FILM, Mark(MarkKind.ARROW, (Point(0, 0), Point(9, 9))), DETECTOR) == ()


@pytest.mark.shared
def test_a_real_film_of_pixels_that_are_not_square_is_measured_with_both_its_spacings(shared_data: Path) -> None:
    path = shared_data / "dicom" / "ImagingDataCommons_highdicom" / "data" / "test_files" / "dx_image.dcm"
    film = read_radiograph(FilmSource(path))
    (found,) = measure(film, Mark(MarkKind.LENGTH, (Point(10, 20), Point(110, 150))), scale_of_file(film))
    # Imager Pixel Spacing of the file: 1.2 down a column, 1.2012 along a row.
    assert found == Quantity("length", pytest.approx(hypot(100 * 1.201199999999, 130 * 1.2)), "mm", "at detector")


@pytest.mark.shared
def test_a_real_film_whose_pixels_are_zero_millimetres_wide_is_measured_in_pixels_and_says_so(
    shared_data: Path,
) -> None:
    path = shared_data / "dicom" / "pydicom_pydicom-data" / "data_store" / "data" / "RG1_J2KI.dcm"
    film = read_radiograph(FilmSource(path))
    (found,) = measure(film, Mark(MarkKind.LENGTH, (Point(0, 0), Point(300, 400))), scale_of_file(film))
    assert found == Quantity("length", 500.0, "pixels")
    assert "PIXEL_SIZE" in [notice.code for notice in film.notices]
