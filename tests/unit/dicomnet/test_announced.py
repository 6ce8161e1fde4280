"""A data set is compared with the command that brought it, in every transfer syntax, whatever it holds."""

import os
import zlib
from io import BytesIO

import pytest
from pydicom.dataset import Dataset
from pydicom.uid import (
    UID,
    DeflatedExplicitVRLittleEndian,
    ExplicitVRBigEndian,
    ExplicitVRLittleEndian,
    ImplicitVRLittleEndian,
    JPEG2000Lossless,
)
from pynetdicom.dimse_primitives import C_STORE
from pynetdicom.dsutils import encode

from radassist.dicomnet.announced import is_as_announced

SOP_CLASS, INSTANCE = "1.2.840.10008.5.1.4.1.1.1", "2.25.123"


def film(**elements: object) -> Dataset:
    """A film whose identifiers stand behind a list and before the film itself."""
    made, item = Dataset(), Dataset()
    item.CodeValue = "x"
    made.SpecificCharacterSet = "ISO_IR 192"
    made.LanguageCodeSequence = [item]
    made.ImageType = ["ORIGINAL", "PRIMARY"]
    made.SOPClassUID, made.SOPInstanceUID = SOP_CLASS, INSTANCE
    made.PatientName = "Larch^Arvid"
    for keyword, value in elements.items():
        setattr(made, keyword, value)
    return made


def request(content: bytes) -> C_STORE:
    made = C_STORE()
    made.AffectedSOPClassUID, made.AffectedSOPInstanceUID = SOP_CLASS, INSTANCE
    made.DataSet = BytesIO(content)
    return made


def encoded(dataset: Dataset, syntax: UID = ExplicitVRLittleEndian) -> bytes:
    content = encode(dataset, syntax.is_implicit_VR, syntax.is_little_endian, syntax.is_deflated)
    assert content is not None
    return content


@pytest.mark.parametrize(
    "syntax",
    [
        ImplicitVRLittleEndian,
        ExplicitVRLittleEndian,
        ExplicitVRBigEndian,
        DeflatedExplicitVRLittleEndian,
        JPEG2000Lossless,
    ],
    ids=lambda syntax: syntax.name,
)
def test_a_film_is_told_from_another_in_every_transfer_syntax(syntax: UID) -> None:
    assert is_as_announced(request(encoded(film(), syntax)), syntax)
    for other in (film(SOPInstanceUID="2.25.1234"), film(SOPClassUID="1.2.840.10008.5.1.4.1.1.7")):
        assert not is_as_announced(request(encoded(other, syntax)), syntax)


def test_what_comes_behind_the_identifiers_is_not_looked_at() -> None:
    assert is_as_announced(request(encoded(film()) + os.urandom(1000)), ExplicitVRLittleEndian)


@pytest.mark.parametrize("missing", ["SOPClassUID", "SOPInstanceUID"])
def test_a_film_that_does_not_name_itself_is_not_as_announced(missing: str) -> None:
    anonymous = film()
    delattr(anonymous, missing)
    assert not is_as_announced(request(encoded(anonymous)), ExplicitVRLittleEndian)


@pytest.mark.filterwarnings("ignore::UserWarning")  # as the commands do
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"x" * 200,
        b"\x08\0\x06\0SQ\0\0\xff\xff\xff\xff"
        + b"\xfe\xff\0\xe0\xff\xff\xff\xff\x08\0\x06\0SQ\0\0\xff\xff\xff\xff" * 5_000,
        b"\x08\0\x16\0UI\xff\xff1.2",
        b"\x08\0\x16\0SQ\0\0\0\0\0\0\x08\0\x18\0SQ\0\0\0\0\0\0",
        encoded(film())[:60],
    ],
    ids=["nothing", "noise", "lists in lists", "cut value", "lists for identifiers", "cut film"],
)
def test_what_cannot_be_read_is_not_as_announced(content: bytes) -> None:
    for syntax in (ImplicitVRLittleEndian, ExplicitVRLittleEndian, DeflatedExplicitVRLittleEndian):
        assert not is_as_announced(request(content), syntax)


def test_a_film_that_unpacks_without_end_is_read_no_further_than_its_beginning() -> None:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    bomb = packer.compress(encoded(film()) + bytes(50_000_000)) + packer.flush()
    assert is_as_announced(request(bomb), DeflatedExplicitVRLittleEndian)
