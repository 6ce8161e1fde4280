"""The objects of one film as files, valid by an independent checker."""

import subprocess
from dataclasses import replace

import numpy as np
import pytest
from helpers.dicom_factory import film_bytes
from helpers.dicom_results import errors_in, require_tools, scored_film
from pydicom import dcmread

from radassist.domain.dicom_results import DicomKind, ReaderView
from radassist.domain.errors import StoreError
from radassist.domain.radiograph import Window
from radassist.export.dicom.write import write_objects


def test_every_kind_is_written_and_the_film_is_what_it_was(tmp_path):
    scored = scored_film(tmp_path)
    before = scored.source.path.read_bytes()
    written = write_objects(scored, list(DicomKind), tmp_path, "000001")
    assert sorted(path.name for path in written) == sorted(f"000001-{kind.value}.dcm" for kind in DicomKind)
    assert scored.source.path.read_bytes() == before
    studies = {dcmread(path).StudyInstanceUID for path in (*written, scored.source.path)}
    assert len(studies) == 1


@pytest.mark.parametrize("elements", [{}, {"PatientName": None, "StudyDate": None}, {"PatientOrientation": ["R", "F"]}])
def test_an_independent_checker_finds_no_error(tmp_path, elements):
    require_tools("dciodvfy")
    for path in write_objects(scored_film(tmp_path, **elements), list(DicomKind), tmp_path, "film"):
        assert errors_in(path) == [], path.name


def test_another_toolkit_opens_the_report_and_the_picture(tmp_path):
    require_tools("dsrdump", "dcm2pnm")
    write_objects(scored_film(tmp_path, probability=0.75), [DicomKind.SR, DicomKind.SC], tmp_path, "film")
    dump = subprocess.run(["dsrdump", str(tmp_path / "film-sr.dcm")], capture_output=True, text=True, check=True).stdout
    assert "Pneumonia" in dump and "0.75" in dump and "Research use only" in dump
    subprocess.run(["dcm2pnm", str(tmp_path / "film-sc.dcm"), str(tmp_path / "sc.ppm")], check=True)
    assert (tmp_path / "sc.ppm").stat().st_size > 80 * 96 * 3


def test_a_film_in_colour_has_no_presentation_state_and_a_model_without_maps_no_map(tmp_path):
    scored = scored_film(tmp_path)
    colour = film_bytes(np.zeros((96, 80, 3), np.uint8))
    scored.source.path.write_bytes(colour)
    written = write_objects(replace(scored, shown=None), list(DicomKind), tmp_path, "film")
    assert [path.name for path in written] == ["film-sc.dcm", "film-sr.dcm"]


def test_the_picture_has_the_window_of_the_screen(tmp_path):
    scored = replace(scored_film(tmp_path), shown=None, view=ReaderView(Window(1e6, 10.0)))
    write_objects(scored, [DicomKind.SC], tmp_path, "film")
    assert dcmread(tmp_path / "film-sc.dcm").pixel_array[:96].max() == 0


def test_a_report_needs_no_pixels_and_a_picture_does(tmp_path):
    bare = replace(scored_film(tmp_path), film=None, shown=None)
    assert len(write_objects(bare, [DicomKind.SR], tmp_path, "a")) == 1
    assert not DicomKind.SR.needs_pixels and DicomKind.SC.needs_pixels
    for kind in (DicomKind.SC, DicomKind.PMAP, DicomKind.GSPS):
        with pytest.raises(ValueError, match="needs"):
            write_objects(bare, [kind], tmp_path, "a")


def test_a_folder_that_is_gone_is_told_in_a_sentence(tmp_path):
    with pytest.raises(StoreError, match="folder does not exist"):
        write_objects(scored_film(tmp_path), [DicomKind.SR], tmp_path / "gone", "a")
