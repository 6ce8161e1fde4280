"""Header values: typed when sound, absent when not, never an exception."""

import numpy as np
import pytest
from helpers.dicom_factory import film_dataset, lookup_table, phantom, to_bytes
from pydicom.dataelem import DataElement
from pydicom.dataset import Dataset
from pydicom.uid import ExplicitVRBigEndian, ExplicitVRLittleEndian, ImplicitVRLittleEndian

from radassist.imaging.dicom_file import parse
from radassist.imaging.dicom_header import Header

pytestmark = pytest.mark.filterwarnings("ignore")  # pydicom complains of what these tests put in on purpose


def header(syntax=ExplicitVRLittleEndian, **elements) -> Header:
    """A header as read from a file with these elements."""
    return parse(to_bytes(film_dataset(phantom(8, 8), bits=12, syntax=syntax, elements=elements))).header


def with_raw(tag: int, vr: str, value: bytes) -> Header:
    """A header with one element of these very bytes."""
    written = to_bytes(film_dataset(phantom(8, 8), bits=12, elements={"ImageComments": "MARK"}))
    marked = b"\x20\x00\x00\x40LT\x04\x00MARK"
    element = tag.to_bytes(4, "little")[2:] + tag.to_bytes(4, "little")[:2]
    return parse(written.replace(marked, element + vr.encode() + len(value).to_bytes(2, "little") + value)).header


def test_text_is_decoded_harmless_and_joined() -> None:
    names = header(SpecificCharacterSet="ISO_IR 192", PatientName="王^小東", StudyDescription="Chest\nPA")
    assert names.text("PatientName") == "王^小東"
    assert names.text("StudyDescription") == "Chest PA"
    assert header(ImageType=["ORIGINAL", "PRIMARY"]).text("ImageType") == "ORIGINAL\\PRIMARY"
    assert header(StudyDescription="x" * 60).text("StudyDescription", limit=10) == "x" * 10


def test_codes_are_upper_case_and_the_first_of_several() -> None:
    assert with_raw(0x00204000, "CS", b"monochrome2 ").code("ImageComments") == "MONOCHROME2"
    assert header(ImageType=["ORIGINAL", "PRIMARY"]).code("ImageType") == "ORIGINAL"
    assert header().code("ImageType") == ""


def test_the_right_unsigned_number_is_read_and_nothing_else() -> None:
    assert header().unsigned("Rows") == 8
    assert header(Rows=DataElement(0x00280010, "UL", 100_000)).unsigned("Rows") is None
    assert header(Rows=DataElement(0x00280010, "US", [8, 8])).unsigned("Rows") is None
    assert header(Rows=None).unsigned("Rows") is None
    assert header(ImplicitVRLittleEndian).unsigned("Rows") == 8


@pytest.mark.parametrize(
    ("value", "numbers"),
    [(b"1.5\\-2 ", (1.5, -2.0)), (b"abc ", ()), (b"", ()), (b"1\\x ", ()), (b"1e400 ", (np.inf,))],
)
def test_numbers_are_all_numbers_or_none(value: bytes, numbers: tuple[float, ...]) -> None:
    assert with_raw(0x00281050, "DS", value).numbers("WindowCenter") == numbers


def test_not_a_number_is_handed_on_for_others_to_judge() -> None:
    assert np.isnan(with_raw(0x00281050, "DS", b"nan ").numbers("WindowCenter")).all()


def test_whole_numbers_are_single_and_whole() -> None:
    assert header(NumberOfFrames="12").integer("NumberOfFrames") == 12
    assert with_raw(0x00280008, "IS", b"abc ").integer("NumberOfFrames") is None
    assert with_raw(0x00280008, "DS", b"1.5 ").integer("NumberOfFrames") is None


def test_present_means_with_a_value_even_a_malformed_one() -> None:
    present = with_raw(0x00280008, "IS", b"abc ")
    assert "NumberOfFrames" in present
    assert "Rows" in present
    assert "WindowCenter" not in present
    assert "ViewPosition" not in header(ViewPosition="")


@pytest.mark.parametrize("syntax", [ExplicitVRLittleEndian, ExplicitVRBigEndian, ImplicitVRLittleEndian])
def test_words_are_the_same_in_every_byte_order(syntax: str) -> None:
    padded = header(syntax, PixelPaddingValue=DataElement(0x00280120, "US", 0x1234))
    assert padded.words("PixelPaddingValue").tolist() == [0x1234]


def test_items_of_a_sequence_are_headers_and_odd_ones_are_none() -> None:
    table = lookup_table(0, np.arange(9, dtype=np.uint16), 8, "CURVE")
    assert [
        item.text("LUTExplanation") for item in header(VOILUTSequence=[table, Dataset()]).items("VOILUTSequence")
    ] == [
        "CURVE",
        "",
    ]
    assert header().items("VOILUTSequence") == ()
    assert header().items("Rows") == ()


def test_values_of_absurd_length_are_not_even_looked_at() -> None:
    comment = film_dataset(phantom(8, 8), syntax=ImplicitVRLittleEndian, elements={"PatientComments": "x" * 100_000})
    assert parse(to_bytes(comment)).header.text("PatientComments") == ""


def test_an_empty_element_of_an_unknown_kind_is_absent() -> None:
    unknown = with_raw(0x00283006, "OZ", b"")
    assert unknown.words("LUTData").size == 0
    assert "LUTData" not in unknown


def test_an_unknown_character_set_and_broken_bytes_still_give_text() -> None:
    broken = film_dataset(phantom(8, 8), elements={"SpecificCharacterSet": "ISO_IR 999"})
    assert parse(to_bytes(broken)).header.text("PatientName") == "Phantom^Film"
    assert with_raw(0x00100010, "PN", b"\xff\xfe^\x80\x81 ").text("PatientName").count("^") == 1
