"""The tags of a DICOM file, read back as pydicom wrote them."""

import numpy as np
import pytest
from helpers.dicom_factory import film_bytes, film_dataset, phantom, to_bytes
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence
from pydicom.uid import ExplicitVRBigEndian, ExplicitVRLittleEndian, ImplicitVRLittleEndian, JPEGBaseline8Bit

from radassist.domain.tags import TagRow
from radassist.imaging.dicom_tags import read_dicom_tags

PIXELS = phantom(20, 16, bits=12)


def rows_of(**elements: object) -> dict[str, TagRow]:
    return {row.name: row for row in read_dicom_tags(film_bytes(PIXELS, bits=12, elements=elements)).rows}


def nested(depth: int) -> Dataset:
    item = Dataset()
    item.SeriesDescription = f"level {depth}"
    if depth:
        item.ReferencedSeriesSequence = Sequence([nested(depth - 1)])
    return item


@pytest.mark.parametrize("syntax", [ImplicitVRLittleEndian, ExplicitVRLittleEndian, ExplicitVRBigEndian])
def test_every_tag_of_header_and_meta_group_has_its_row(syntax: str) -> None:
    data = film_bytes(PIXELS, bits=12, syntax=syntax, elements={"PatientName": "Å^B", "StudyDescription": "Chest"})
    rows = read_dicom_tags(data).rows
    values = {row.name: (row.tag, row.value) for row in rows}
    assert values["Patient's Name"] == ("(0010,0010)", "Å^B")
    assert values["Study Description"] == ("(0008,1030)", "Chest")
    assert values["Transfer Syntax UID"][1].startswith(str(syntax.name)) or syntax in values["Transfer Syntax UID"][1]
    tags = [row.tag for row in rows if row.tag]
    assert tags == sorted(tags)


def test_pixels_are_named_and_not_shown() -> None:
    assert rows_of()["Pixel Data"].value == f"{PIXELS.nbytes:,} bytes; not shown"
    compressed = film_bytes((PIXELS >> 4).astype(np.uint8), bits=8, syntax=JPEGBaseline8Bit)
    assert read_dicom_tags(compressed).rows[-1].value == "compressed; not shown"


def test_sequences_are_opened_item_by_item() -> None:
    rows = read_dicom_tags(
        film_bytes(PIXELS, elements={"ReferencedSeriesSequence": Sequence([nested(2), nested(0)])})
    ).rows
    start = next(place for place, row in enumerate(rows) if row.name == "Referenced Series Sequence")
    told = [(row.depth, row.name, row.value) for row in rows[start : start + 6]]
    assert told == [
        (0, "Referenced Series Sequence", "2 items"),
        (1, "Item 1", "2 elements"),
        (2, "Series Description", "level 2"),
        (2, "Referenced Series Sequence", "1 item"),
        (3, "Item 1", "2 elements"),
        (4, "Series Description", "level 1"),
    ]


def test_sequences_nested_without_sense_end_somewhere() -> None:
    rows = read_dicom_tags(film_bytes(PIXELS, elements={"ReferencedSeriesSequence": Sequence([nested(30)])})).rows
    assert any(row.name == "Deeper levels" for row in rows)
    assert max(row.depth for row in rows) <= 10


def test_private_tags_are_shown_text_as_text_and_bytes_as_bytes() -> None:
    dataset = film_dataset(PIXELS, bits=12)
    block = dataset.private_block(0x0099, "MAKER", create=True)
    block.add_new(0x01, "UN", b"seen by hand ")
    block.add_new(0x02, "UN", bytes(range(40)))
    rows = {row.tag: row for row in read_dicom_tags(to_bytes(dataset)).rows}
    assert rows["(0099,0010)"].value == "MAKER"
    assert rows["(0099,1001)"].value == "seen by hand"
    assert rows["(0099,1002)"].value == "40 bytes: 00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f …"


def test_a_table_of_many_numbers_is_cut_and_says_so() -> None:
    dataset = film_dataset(PIXELS, bits=12)
    dataset.add_new("PixelSpacing", "DS", ["0.1"] * 300)
    value = next(row.value for row in read_dicom_tags(to_bytes(dataset)).rows if row.name == "Pixel Spacing")
    assert value.endswith("(300 values in all)")


def test_what_is_far_too_long_for_a_text_is_counted_only() -> None:
    assert rows_of(ImageComments="x" * 9000)["Image Comments"].value.endswith("(9,000 characters in all)")
    dataset = film_dataset(PIXELS, bits=12)
    dataset.add_new("TextValue", "UT", "y" * 200_000)
    value = next(row.value for row in read_dicom_tags(to_bytes(dataset)).rows if row.name == "Text Value")
    assert value == "200,000 bytes"


def test_markup_stays_text() -> None:
    assert rows_of(PatientID="<img src=x><b>A</b>")["Patient ID"].value == "<img src=x><b>A</b>"


def test_a_value_that_is_none_of_its_kind_is_told_and_the_rest_read() -> None:
    data = film_bytes(PIXELS, bits=12, elements={"PixelSpacing": ["0.15", "0.15"]})
    broken = data.replace(b"0.15\\0.15", b"0.xx\\0.15")
    rows = {row.name: row.value for row in read_dicom_tags(broken).rows}
    assert rows["Pixel Spacing"] in ("cannot be read", "0.xx\\0.15")
    assert rows["Rows"] == "20"
