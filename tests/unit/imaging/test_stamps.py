"""Recognising files without reading them, and by their bytes."""

import hashlib
import os
import zipfile

import pytest

from radassist.domain.study import FileStamp, FilmSource
from radassist.imaging import stamps
from radassist.imaging.stamps import digest_of, stamp_of

LONG_AGO = 1_700_000_000


@pytest.fixture
def film(tmp_path):
    path = tmp_path / "film.dcm"
    path.write_bytes(b"grey" * 1000)
    os.utime(path, (LONG_AGO, LONG_AGO))
    return FilmSource(path)


def test_a_stamp_is_size_and_time(film):
    assert stamp_of(film) == FileStamp(4000, LONG_AGO * 10**9)


def test_a_young_file_has_no_time_because_another_change_might_not_show(film):
    film.path.touch()

    assert stamp_of(film) == FileStamp(4000, None)


def test_a_film_in_an_archive_has_the_stamp_of_the_archive(film):
    assert stamp_of(FilmSource(film.path, "inside.dcm")) == stamp_of(film)


@pytest.mark.parametrize(
    "make", [lambda path: None, lambda path: path.mkdir(), getattr(os, "mkfifo", lambda path: None)]
)
def test_what_is_no_file_has_neither_stamp_nor_digest(tmp_path, make):
    make(tmp_path / "odd")

    assert stamp_of(FilmSource(tmp_path / "odd")) is None
    assert digest_of(FilmSource(tmp_path / "odd")) is None


def test_a_name_no_system_takes_has_no_stamp(tmp_path):
    assert stamp_of(FilmSource(tmp_path / "nul\0byte")) is None


def test_the_digest_is_sha256_of_all_bytes(film, monkeypatch):
    monkeypatch.setattr(stamps, "_CHUNK_BYTES", 7)

    assert digest_of(film) == hashlib.sha256(b"grey" * 1000).hexdigest()


def test_nothing_is_unpacked_for_a_digest(tmp_path):
    with zipfile.ZipFile(tmp_path / "films.zip", "w") as archive:
        archive.writestr("film.dcm", b"grey")

    assert digest_of(FilmSource(tmp_path / "films.zip", "film.dcm")) is None


def test_a_file_larger_than_any_film_is_not_read(film, monkeypatch):
    monkeypatch.setattr(stamps, "MAX_FILE_BYTES", 3999)

    assert digest_of(film) is None
