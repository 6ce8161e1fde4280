"""The header of the film a result is about."""

import pytest
from helpers.dicom_results import write_film

from radassist.domain.dicom_results import NoDicomFilm
from radassist.domain.study import FilmSource
from radassist.export.dicom.film_header import read_film_header


def test_the_pixels_stay_on_the_disk_and_what_is_missing_is_empty(tmp_path):
    header = read_film_header(write_film(tmp_path, PatientName=None))
    assert "PixelData" not in header
    assert (header.PatientName, header.StudyTime) == ("", "")


def test_a_film_without_an_identifier_cannot_be_named(tmp_path):
    with pytest.raises(NoDicomFilm, match=r"film.dcm has no StudyInstanceUID"):
        read_film_header(write_film(tmp_path, StudyInstanceUID=""))


def test_a_picture_is_no_dicom_film(tmp_path):
    picture = tmp_path / "film.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    with pytest.raises(NoDicomFilm, match=r"film.png is no DICOM file"):
        read_film_header(FilmSource(picture))


def test_a_film_in_an_archive_has_no_results(tmp_path):
    with pytest.raises(NoDicomFilm, match="archive"):
        read_film_header(FilmSource(tmp_path / "a.zip", "film.dcm"))


def test_a_file_that_is_gone_is_told_in_a_sentence(tmp_path):
    with pytest.raises(NoDicomFilm, match="cannot be read"):
        read_film_header(FilmSource(tmp_path / "gone.dcm"))
