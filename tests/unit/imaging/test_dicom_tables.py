"""Lookup tables in every packing, and palettes."""

import numpy as np
import pytest
from helpers.dicom_factory import film_dataset, lookup_table, phantom, to_bytes
from pydicom.dataset import Dataset
from pydicom.uid import UID, ExplicitVRBigEndian, ExplicitVRLittleEndian, ImplicitVRLittleEndian

from radassist.domain.errors import DecodeError
from radassist.domain.radiograph import LookupTable
from radassist.imaging.dicom_file import parse
from radassist.imaging.dicom_header import Header
from radassist.imaging.dicom_tables import apply_palette, read_table

RAMP = np.arange(0, 4096, 16, dtype=np.uint16)


def table_of(item: Dataset, lowest_input: float = 0, syntax: UID = ExplicitVRLittleEndian) -> LookupTable | None:
    data = to_bytes(film_dataset(phantom(8, 8), bits=12, syntax=syntax, elements={"VOILUTSequence": [item]}))
    return read_table(parse(data).header.items("VOILUTSequence")[0], "LUT", lowest_input)


def with_palette(entries: np.ndarray, bits: int, syntax: UID = ExplicitVRLittleEndian, first: int = 0) -> Header:
    order = ">u2" if syntax == ExplicitVRBigEndian else "<u2"
    palette: dict[str, object] = {"PhotometricInterpretation": "PALETTE COLOR"}
    for column, colour in enumerate(("Red", "Green", "Blue")):
        palette[f"{colour}PaletteColorLookupTableDescriptor"] = [len(entries), first, bits]
        palette[f"{colour}PaletteColorLookupTableData"] = entries[:, column].astype(order).tobytes()
    return parse(to_bytes(film_dataset(phantom(8, 8, 8), bits=8, syntax=syntax, elements=palette))).header


def test_a_table_of_words_is_read() -> None:
    table = table_of(lookup_table(7, RAMP, 12, "CURVE"))
    assert table is not None
    assert (table.first, table.bits, table.name) == (7, 12, "CURVE")
    assert np.array_equal(table.entries, RAMP)


def test_implicit_files_hold_the_same_table() -> None:
    table = table_of(lookup_table(7, RAMP, 12), syntax=ImplicitVRLittleEndian)
    assert table is not None
    assert np.array_equal(table.entries, RAMP)


def test_no_entries_in_the_descriptor_mean_65536() -> None:
    table = table_of(lookup_table(0, np.arange(65536, dtype=np.uint16), 16))
    assert table is not None
    assert table.entries.size == 65536


def test_entries_packed_as_bytes_are_8_bits_deep() -> None:
    item = lookup_table(0, RAMP, 16)
    item["LUTData"].value = bytes(range(256))
    table = table_of(item)
    assert table is not None
    assert table.bits == 8
    assert table.entries.tolist() == list(range(256))


def test_a_depth_the_entries_exceed_is_corrected() -> None:
    table = table_of(lookup_table(0, RAMP, 8))
    assert table is not None
    assert table.bits == 12


def test_a_negative_first_input_is_understood_from_either_kind_of_number() -> None:
    item = lookup_table(0, RAMP, 12)
    item.add_new("LUTDescriptor", "US", [RAMP.size, 0x10000 - 1024, 12])
    signed, unsigned = table_of(item, lowest_input=-1024), table_of(item, lowest_input=0)
    assert signed is not None
    assert unsigned is not None
    assert (signed.first, unsigned.first) == (-1024, 64512)


@pytest.mark.parametrize("bits", [0, 7, 17])
def test_an_impossible_depth_is_no_table(bits: int) -> None:
    assert table_of(lookup_table(0, RAMP, bits)) is None


def test_fewer_entries_than_announced_are_no_table() -> None:
    item = lookup_table(0, RAMP, 12)
    item["LUTData"].value = item["LUTData"].value[:50]
    assert table_of(item) is None


def test_a_descriptor_of_two_numbers_is_no_table() -> None:
    item = lookup_table(0, RAMP, 12)
    item.LUTDescriptor = [256, 0]
    assert table_of(item) is None


@pytest.mark.parametrize("syntax", [ExplicitVRLittleEndian, ExplicitVRBigEndian])
def test_a_palette_gives_its_colours_in_either_byte_order(syntax: UID) -> None:
    entries = np.array([[0, 0, 0], [65535, 0, 0], [0, 32768, 65535]])
    rgb = apply_palette(np.array([[0, 1, 2, 9]], np.uint8), with_palette(entries, 16, syntax))
    assert rgb.tolist() == [[[0, 0, 0], [255, 0, 0], [0, 128, 255], [0, 128, 255]]]


def test_a_palette_starts_at_its_first_index() -> None:
    entries = np.array([[1, 1, 1], [2, 2, 2]]) * 257
    rgb = apply_palette(np.array([[0, 100, 101]], np.uint8), with_palette(entries, 16, first=100))
    assert rgb[0, :, 0].tolist() == [1, 1, 2]


def test_a_film_without_the_palette_it_needs_is_damaged() -> None:
    bare = parse(to_bytes(film_dataset(phantom(8, 8, 8), bits=8))).header
    with pytest.raises(DecodeError, match="palette"):
        apply_palette(np.zeros((1, 1), np.uint8), bare)
