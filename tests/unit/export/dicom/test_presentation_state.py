"""Window, inversion, outlines and marks over the untouched film."""

import subprocess
from pathlib import Path

import numpy as np
import pytest
from helpers.dicom_results import errors_in, require_tools, scored_film, write_film
from PIL import Image
from pydicom import dcmread

from radassist.domain.dicom_results import ReaderView, WordedMark
from radassist.domain.measurement import Mark, MarkKind, Point
from radassist.domain.radiograph import LookupTable, VoiFunction, Window
from radassist.export.dicom.film_header import read_film_header
from radassist.export.dicom.presentation_state import presentation_state
from radassist.imaging.formats import read_radiograph
from radassist.imaging.rendering import to_grey8

PLAIN = ReaderView()


def made_for(folder: Path, view: ReaderView = PLAIN, outlines=(), **elements: object):
    scored = scored_film(folder, **elements)
    return presentation_state(read_film_header(scored.source), scored.film, view, outlines)


def test_the_window_is_that_of_the_screen(tmp_path):
    made = made_for(tmp_path, ReaderView(Window(500.0, 1200.0, VoiFunction.SIGMOID)))
    item = made.SoftcopyVOILUTSequence[0]
    assert (float(item.WindowCenter), float(item.WindowWidth), item.VOILUTFunction) == (500.0, 1200.0, "SIGMOID")


def test_without_a_reader_the_films_own_window_is_named(tmp_path):
    item = made_for(tmp_path).SoftcopyVOILUTSequence[0]
    assert (float(item.WindowCenter), float(item.WindowWidth)) == (128.0, 256.0)


def test_a_lookup_table_on_the_screen_stands_in_the_state(tmp_path):
    table = LookupTable(10, np.arange(300, dtype=np.uint16), 12)
    (item,) = made_for(tmp_path, ReaderView(table)).SoftcopyVOILUTSequence[0].VOILUTSequence
    assert list(item.LUTDescriptor) == [300, 10, 12]
    assert np.array_equal(np.frombuffer(item.LUTData, np.uint16), table.entries)


def test_a_table_that_begins_below_zero_leaves_the_films_own(tmp_path):
    made = made_for(tmp_path, ReaderView(LookupTable(-10, np.arange(300, dtype=np.uint16), 12)))
    assert "SoftcopyVOILUTSequence" not in made


def test_an_outline_lies_on_the_same_film_points(tmp_path):
    """Column before row; the corner of the first pixel is (0, 0), as in the program."""
    made = made_for(tmp_path, outlines=[np.array([[0.5, 0.5], [10.5, 20.5]])])
    data = made.GraphicAnnotationSequence[0].GraphicObjectSequence[0].GraphicData
    assert list(data) == [0.5, 0.5, 20.5, 10.5]


def test_a_single_point_is_no_outline(tmp_path):
    made = made_for(tmp_path, outlines=[np.array([[0.5, 0.5]])])
    assert "GraphicObjectSequence" not in made.GraphicAnnotationSequence[0]
    assert "Research use only" in made.GraphicAnnotationSequence[0].TextObjectSequence[0].UnformattedTextValue


def test_marks_and_their_words_stand_in_the_state_whatever_the_films_character_set(tmp_path):
    mark = Mark(MarkKind.RECTANGLE, (Point(4.0, 8.0), Point(40.0, 30.0)))
    view = ReaderView(marks=(WordedMark(mark, ("mean 12.0", "area 3.1 mm²")),))
    made = made_for(tmp_path, view, SpecificCharacterSet="ISO_IR 100", PatientName="Müller^Änne")
    made.save_as(tmp_path / "state.dcm", enforce_file_format=True)
    kept = dcmread(tmp_path / "state.dcm")
    assert kept.PatientName == "Müller^Änne"
    (annotation,) = kept.GraphicAnnotationSequence
    assert list(annotation.GraphicObjectSequence[0].GraphicData) == [4, 8, 40, 8, 40, 30, 4, 30, 4, 8]
    words = annotation.TextObjectSequence[1]
    assert "area 3.1 mm²" in words.UnformattedTextValue and list(words.AnchorPoint) == [40.0, 30.0]
    require_tools("dciodvfy")
    assert errors_in(tmp_path / "state.dcm") == []


@pytest.mark.parametrize("photometric", ["MONOCHROME1", "MONOCHROME2"])
@pytest.mark.parametrize("is_inverted", [False, True])
def test_another_toolkit_shows_the_film_through_the_state_as_the_screen_does(tmp_path, photometric, is_inverted):
    require_tools("dcmp2pgm")
    source = write_film(tmp_path, PhotometricInterpretation=photometric)
    film = read_radiograph(source)
    view = ReaderView(Window(1500.0, 2400.0), is_inverted=is_inverted)
    made = presentation_state(read_film_header(source), film, view)
    made.save_as(tmp_path / "state.dcm", enforce_file_format=True)

    shown = rendered(tmp_path / "film.dcm", tmp_path / "state.dcm")
    expected = to_grey8(film, view.window, invert=is_inverted)
    # The note on research use lies in the first rows.
    assert np.abs(shown[16:].astype(int) - expected[16:].astype(int)).max() <= 1


def rendered(film: Path, state: Path) -> np.ndarray:
    target = film.with_suffix(".pgm")
    subprocess.run(["dcmp2pgm", "-p", str(state), str(film), str(target)], check=True, capture_output=True)
    return np.asarray(Image.open(target))
