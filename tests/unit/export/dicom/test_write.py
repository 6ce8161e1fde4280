"""The objects of one film as files, valid by an independent checker."""

import shutil
import subprocess
from dataclasses import replace

import pytest
from helpers.dicom_results import scored_film
from pydicom import dcmread

from radassist.domain.errors import StoreError
from radassist.export.dicom.write import DicomKind, write_objects


def test_every_kind_is_written_and_the_film_is_what_it_was(tmp_path):
    scored = scored_film(tmp_path)
    before = scored.source.path.read_bytes()
    written = write_objects(scored, list(DicomKind), tmp_path, "000001")
    assert sorted(path.name for path in written) == sorted(f"000001-{kind.value}.dcm" for kind in DicomKind)
    assert scored.source.path.read_bytes() == before
    studies = {dcmread(path).StudyInstanceUID for path in (*written, scored.source.path)}
    assert len(studies) == 1


@pytest.mark.skipif(shutil.which("dciodvfy") is None, reason="dciodvfy (dicom3tools) is not installed")
@pytest.mark.parametrize("elements", [{}, {"PatientName": None, "StudyDate": None}, {"PatientOrientation": ["R", "F"]}])
def test_an_independent_checker_finds_no_error(tmp_path, elements):
    for path in write_objects(scored_film(tmp_path, **elements), list(DicomKind), tmp_path, "film"):
        told = subprocess.run(["dciodvfy", "-new", str(path)], capture_output=True, text=True, check=False).stderr
        assert [line for line in told.splitlines() if line.startswith("Error")] == [], path.name


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
