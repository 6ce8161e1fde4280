"""The picture as a Secondary Capture."""

import numpy as np
from helpers.dicom_results import scored_film

from radassist.export.dicom.film_header import read_film_header
from radassist.export.dicom.secondary_capture import secondary_capture, with_line


def test_the_line_covers_nothing_of_the_picture():
    picture = np.random.default_rng(3).integers(0, 256, (120, 300, 3), dtype=np.uint8)
    made = with_line(picture, "Research use only")
    assert np.array_equal(made[:120], picture)
    assert made[120:].max() > 200


def test_a_large_picture_is_shrunk():
    assert with_line(np.zeros((3000, 1000, 3), np.uint8), "x").shape[0] < 2200


def test_its_pixels_are_the_picture_and_it_names_the_film(tmp_path):
    header = read_film_header(scored_film(tmp_path).source)
    picture = np.random.default_rng(4).integers(0, 256, (96, 80, 3), dtype=np.uint8)
    made = secondary_capture(header, picture)
    assert np.array_equal(made.pixel_array[:96], picture)
    assert made.ReferencedImageSequence[0].ReferencedSOPInstanceUID == header.SOPInstanceUID
    assert made.BurnedInAnnotation == "YES"
    assert made.SOPInstanceUID != header.SOPInstanceUID
