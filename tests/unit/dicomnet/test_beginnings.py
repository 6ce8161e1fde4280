"""A few texts are read at the beginning of a data set, and nothing behind them."""

import os
from io import BytesIO

import pytest
from helpers.dimse_peer import film_of
from pydicom.uid import UID, ExplicitVRLittleEndian
from pynetdicom.dsutils import encode

from radassist.dicomnet.beginnings import split_file, texts_at_beginning

NAMES = ("SOPInstanceUID", "AccessionNumber", "StudyInstanceUID")
HEAD = 1 << 16


def encoded() -> bytes:
    return encode(film_of("2.25.1"), False, True) or b""


def test_what_is_not_there_is_none() -> None:
    assert texts_at_beginning(encoded(), ExplicitVRLittleEndian, NAMES, HEAD) == ["2.25.1", None, "1.2.3"]


def test_nothing_behind_the_last_of_them_is_looked_at() -> None:
    content = encoded()[: encoded().index(b"1.2.3.4")] + os.urandom(100)
    assert texts_at_beginning(content, ExplicitVRLittleEndian, NAMES[:1], HEAD) == ["2.25.1"]


def test_what_lies_behind_the_head_is_not_there() -> None:
    said = texts_at_beginning(encoded(), ExplicitVRLittleEndian, NAMES, encoded().index(b"1.2.3\0"))
    assert said is None or said[2] is None


@pytest.mark.parametrize("syntax", ["1.2.840.10008.5.1.4.1.1.1", "no syntax"])
def test_a_syntax_that_is_none_gives_no_texts(syntax: str) -> None:
    assert texts_at_beginning(encoded(), UID(syntax, validation_mode=0), NAMES, HEAD) is None


def test_a_file_is_split_where_its_data_set_begins() -> None:
    film, file = film_of("2.25.1"), BytesIO()
    film.save_as(file)
    parts = split_file(file.getvalue())
    assert parts is not None
    assert (bytes(parts[0]), parts[1]) == (encoded(), ExplicitVRLittleEndian)


@pytest.mark.parametrize("content", [b"", bytes(132), bytes(128) + b"DICM", bytes(128) + b"DICM\x02\0\x10\0UI\xff"])
def test_what_is_no_dicom_file_cannot_be_split(content: bytes) -> None:
    assert split_file(content) is None
