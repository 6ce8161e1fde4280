"""A film that an archive hands over is compared with what it was asked for."""

from io import BytesIO

import pytest
from helpers.dimse_peer import film_of
from pydicom import Dataset
from pydicom.uid import DeflatedExplicitVRLittleEndian, ExplicitVRLittleEndian, ImplicitVRLittleEndian
from pynetdicom.dimse_primitives import C_STORE
from pynetdicom.dsutils import encode

from radassist.dicomnet.asked import Asked

ASKED = Asked("1.2.3", "1.2.3.4", frozenset({"2.25.1", "2.25.2"}))


def request(film: Dataset, implicit: bool = False) -> C_STORE:
    made = C_STORE()
    made.AffectedSOPClassUID, made.AffectedSOPInstanceUID = film.SOPClassUID, film.SOPInstanceUID
    made.DataSet = BytesIO(encode(film, implicit, True) or b"")
    return made


def identifier(*films: str) -> Dataset:
    made = Dataset()
    made.StudyInstanceUID, made.SeriesInstanceUID, made.SOPInstanceUID = "1.2.3", "1.2.3.4", list(films)
    return made


def test_it_is_what_the_request_names() -> None:
    assert Asked.of(identifier("2.25.1", "2.25.2")) == ASKED
    assert Asked.of(identifier("2.25.1")).films == {"2.25.1"}


@pytest.mark.parametrize("syntax", [ImplicitVRLittleEndian, ExplicitVRLittleEndian])
def test_a_film_that_was_asked_for_is_known_in_either_encoding(syntax) -> None:
    assert ASKED.has(request(film_of("2.25.2"), syntax.is_implicit_VR), syntax)


@pytest.mark.parametrize("other", [{"study": "1.2.9"}, {"series": "1.2.3.9"}, {"instance": "2.25.9"}])
def test_a_film_of_another_study_or_series_or_of_another_name_is_none_of_them(other) -> None:
    film = film_of(**({"instance": "2.25.1"} | other))
    assert not ASKED.has(request(film), ExplicitVRLittleEndian)


@pytest.mark.parametrize("missing", ["StudyInstanceUID", "SeriesInstanceUID", "SOPInstanceUID"])
def test_a_film_that_does_not_say_what_it_is_is_none_of_them(missing: str) -> None:
    film = film_of("2.25.1")
    made = request(film)
    delattr(film, missing)
    made.DataSet = BytesIO(encode(film, False, True) or b"")
    assert not ASKED.has(made, ExplicitVRLittleEndian)


def test_a_film_behind_long_private_elements_is_known() -> None:
    film = film_of("2.25.1")
    film.private_block(0x0009, "LONG", create=True).add_new(1, "OB", bytes(200_000))
    assert ASKED.has(request(film), ExplicitVRLittleEndian)


def test_noise_is_none_of_them() -> None:
    made = request(film_of("2.25.1"))
    made.DataSet = BytesIO(b"x" * 300)
    assert not ASKED.has(made, ExplicitVRLittleEndian)


def in_file(film: Dataset) -> bytes:
    file = BytesIO()
    film.save_as(file, enforce_file_format=True)
    return file.getvalue()


@pytest.mark.parametrize("syntax", [ImplicitVRLittleEndian, ExplicitVRLittleEndian, DeflatedExplicitVRLittleEndian])
def test_a_file_that_was_asked_for_is_told_from_others(syntax) -> None:
    for film, is_asked in ((film_of("2.25.2"), True), (film_of("2.25.2", study="1.2.9"), False), (film_of("3"), False)):
        made = Dataset(film)
        made.file_meta = film.file_meta
        made.file_meta.TransferSyntaxUID = syntax
        assert ASKED.has_file(in_file(made)) is is_asked


@pytest.mark.parametrize("content", [b"", b"<html>" * 100, bytes(128) + b"DICM", bytes(128) + b"DICM" + b"x" * 300])
def test_what_is_no_dicom_file_is_none_of_them(content: bytes) -> None:
    assert not ASKED.has_file(content)


def test_a_file_in_a_syntax_that_is_none_is_none_of_them() -> None:
    content = in_file(film_of("2.25.2"))
    assert not ASKED.has_file(content.replace(b"1.2.840.10008.1.2.1\0", b"2.9.840.10008.9.9.9\0"))
