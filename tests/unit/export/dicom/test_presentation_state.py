"""Window and outlines over the untouched film."""

import numpy as np
from helpers.dicom_results import scored_film

from radassist.domain.radiograph import VoiFunction, Window
from radassist.export.dicom.film_header import read_film_header
from radassist.export.dicom.presentation_state import presentation_state


def test_the_window_is_that_of_the_screen(tmp_path):
    header = read_film_header(scored_film(tmp_path).source)
    made = presentation_state(header, Window(500.0, 1200.0, VoiFunction.SIGMOID))
    item = made.SoftcopyVOILUTSequence[0]
    assert (float(item.WindowCenter), float(item.WindowWidth), item.VOILUTFunction) == (500.0, 1200.0, "SIGMOID")


def test_an_outline_lies_on_the_same_film_points(tmp_path):
    """Column before row; the corner of the first pixel is (0, 0), as in the program."""
    header = read_film_header(scored_film(tmp_path).source)
    made = presentation_state(header, None, [np.array([[0.5, 0.5], [10.5, 20.5]])])
    data = made.GraphicAnnotationSequence[0].GraphicObjectSequence[0].GraphicData
    assert list(data) == [0.5, 0.5, 20.5, 10.5]
    assert "SoftcopyVOILUTSequence" not in made


def test_a_single_point_is_no_outline(tmp_path):
    header = read_film_header(scored_film(tmp_path).source)
    made = presentation_state(header, None, [np.array([[0.5, 0.5]])])
    assert "GraphicObjectSequence" not in made.GraphicAnnotationSequence[0]
    assert "Research use only" in made.GraphicAnnotationSequence[0].TextObjectSequence[0].UnformattedTextValue


def test_what_reaches_beyond_the_film_ends_at_its_edge(tmp_path):
    header = read_film_header(scored_film(tmp_path).source)
    made = presentation_state(header, None, [np.array([[-1.0, -1.0], [97.0, 81.0]])])
    assert list(made.GraphicAnnotationSequence[0].GraphicObjectSequence[0].GraphicData) == [0.0, 0.0, 80.0, 96.0]
