"""The way in: films by content, errors that name the file, facts of the very bytes."""

import csv
import hashlib
import io
import zipfile
from pathlib import Path

import numpy as np
import pytest
from helpers.dicom_factory import film_bytes, phantom
from PIL import Image
from pydicom.uid import DeflatedExplicitVRLittleEndian, JPEGLosslessSV1

from radassist.domain.errors import DecodeError, UnsupportedImage, UserError
from radassist.domain.study import FilmSource
from radassist.imaging.formats import list_formats, read_identity, read_radiograph, read_tags, register_format

FILM = phantom()
GREY = phantom(bits=8).astype(np.uint8)


def put(folder: Path, name: str, data: bytes) -> FilmSource:
    (folder / name).write_bytes(data)
    return FilmSource(folder / name)


def picture(format_name: str) -> bytes:
    stream = io.BytesIO()
    Image.fromarray(GREY).save(stream, format_name)
    return stream.getvalue()


@pytest.mark.parametrize("format_name", ["PNG", "JPEG", "TIFF"])
def test_pictures_are_known_by_content_whatever_their_name(tmp_path: Path, format_name: str) -> None:
    film = read_radiograph(put(tmp_path, "film.dcm", picture(format_name)))
    assert film.facts.format == format_name
    assert (film.height, film.width) == GREY.shape


@pytest.mark.parametrize("name", ["IM000001", "film.png", "FILM.DCM"])
def test_dicom_is_known_by_content_whatever_its_name(tmp_path: Path, name: str) -> None:
    film = read_radiograph(put(tmp_path, name, film_bytes(FILM, bits=12)))
    assert film.facts.format == "DICOM"
    assert np.array_equal(film.pixels, FILM)


def test_a_film_inside_an_archive_is_read(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "cd.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("disc/film", film_bytes(FILM, bits=12))
    assert np.array_equal(read_radiograph(FilmSource(tmp_path / "cd.zip", "disc/film")).pixels, FILM)


def test_the_hash_is_of_the_whole_file_and_the_time_is_taken(tmp_path: Path) -> None:
    data = film_bytes(FILM, bits=12, syntax=JPEGLosslessSV1)
    facts = read_radiograph(put(tmp_path, "film", data)).facts
    assert facts.sha256 == hashlib.sha256(data).hexdigest()
    assert facts.decode_ms > 0


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "film.dcm is empty. Ask for it to be sent again."),
        (b"hello", "film.dcm is not a picture this program knows; films are read from DICOM, PNG, JPEG or TIFF files."),
        (b"%PDF-1.4", "film.dcm is a PDF document; films are read from DICOM, PNG, JPEG or TIFF files."),
        (
            film_bytes(FILM, bits=12)[: -FILM.nbytes * 2 // 5],
            "film.dcm is cut short: 40 % of its picture is missing. Ask for it to be sent again.",
        ),
    ],
)
def test_a_refusal_is_one_sentence_that_names_the_file(tmp_path: Path, data: bytes, sentence: str) -> None:
    with pytest.raises(UserError) as refusal:
        read_radiograph(put(tmp_path, "film.dcm", data))
    assert str(refusal.value) == sentence


def test_the_kind_of_error_is_kept(tmp_path: Path) -> None:
    with pytest.raises(DecodeError):
        read_radiograph(put(tmp_path, "cut", film_bytes(FILM)[:-9]))
    with pytest.raises(UnsupportedImage):
        read_radiograph(put(tmp_path, "text", b"hello"))


def test_a_hostile_name_is_harmless_in_the_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserError) as refusal:
        read_radiograph(put(tmp_path, "new\nline\x1b[31m\udcff" + "n" * 150, b"hello"))
    sentence = str(refusal.value)
    assert sentence.startswith("new line[31m\ufffdnnn")
    assert len(sentence) < 200
    assert sentence.isprintable()


@pytest.mark.parametrize("data", [film_bytes(FILM[:, :-1]), film_bytes(FILM)[:500], film_bytes(FILM, bits=12)[:-300]])
def test_no_patient_data_is_in_a_refusal(tmp_path: Path, data: bytes) -> None:
    try:
        read_radiograph(put(tmp_path, "film.dcm", data))
    except UserError as error:
        assert "Phantom" not in str(error)
        assert "P1" not in str(error)


def test_reading_is_silent_about_what_libraries_complain_of(tmp_path: Path, recwarn: pytest.WarningsRecorder) -> None:
    data = film_bytes(FILM, bits=12).replace(b"Phantom^Film", b"Phantom\\\xff\xfe\\\\")
    read_radiograph(put(tmp_path, "film.dcm", data))
    read_identity(put(tmp_path, "film.dcm", data))
    assert not recwarn.list


def test_the_identity_is_read_from_the_header(tmp_path: Path) -> None:
    identity = read_identity(put(tmp_path, "film", film_bytes(FILM, bits=12)))
    assert identity is not None
    assert (identity.patient_id, identity.view) == ("P1", "PA")


def test_the_identity_needs_only_the_beginning_of_a_large_file(tmp_path: Path) -> None:
    large = np.random.default_rng(8).integers(0, 4096, (700, 700)).astype(np.uint16)
    for syntax in (JPEGLosslessSV1, DeflatedExplicitVRLittleEndian):
        identity = read_identity(put(tmp_path, "film", film_bytes(large, bits=12, syntax=syntax)))
        assert identity is not None
        assert identity.patient_id == "P1"


@pytest.mark.parametrize("data", [b"", b"hello", bytes(1000), picture("PNG"), film_bytes(FILM)[:200] + b"\xff" * 99])
def test_without_a_sound_header_there_is_no_identity(tmp_path: Path, data: bytes) -> None:
    identity = read_identity(put(tmp_path, "film", data))
    assert identity is None or identity.patient_id == ""


def test_a_file_that_is_gone_has_no_identity(tmp_path: Path) -> None:
    assert read_identity(FilmSource(tmp_path / "gone")) is None


def test_formats_are_listed_and_none_is_registered_twice() -> None:
    assert list_formats() == ("DICOM", "PNG", "JPEG", "TIFF")
    with pytest.raises(ValueError, match="already registered"):
        register_format("PNG", lambda data: False)


@pytest.mark.shared
@pytest.mark.filterwarnings("ignore")
def test_real_files_are_films_of_the_size_their_list_says_or_end_in_one_sentence(shared_data: Path) -> None:
    with (shared_data / "dicom" / "manifest.csv").open(encoding="utf-8", newline="") as manifest:
        rows = list(csv.DictReader(manifest))
    for row in rows[::3]:
        source = FilmSource(shared_data / "dicom" / row["path"])
        try:
            film = read_radiograph(source)
        except UserError as error:
            assert str(error).startswith(source.name[:50])
            assert str(error).endswith(".")
        else:
            assert row["has_pixels"] == "True"
            assert (str(film.height), str(film.width)) == (row["rows"], row["columns"]), source


def test_the_tags_of_every_format_can_be_read(tmp_path: Path) -> None:
    assert read_tags(put(tmp_path, "film", film_bytes(FILM, bits=12))).format == "DICOM"
    for name in ("PNG", "JPEG", "TIFF"):
        assert read_tags(put(tmp_path, "film", picture(name))).format == name


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"hello", "film is not a picture this program knows"),
        (picture("PNG")[:30], "film is damaged or cut short"),
    ],
)
def test_why_tags_cannot_be_read_is_said_with_the_files_name(tmp_path: Path, data: bytes, sentence: str) -> None:
    with pytest.raises(UserError, match=sentence):
        read_tags(put(tmp_path, "film", data))
