"""Files are known by their first bytes, whatever their names say."""

import pytest
from helpers.dicom_factory import film_bytes, phantom
from pydicom.uid import ExplicitVRBigEndian, ImplicitVRLittleEndian

from radassist.imaging.signatures import has_preamble, is_dicom, is_jpeg, is_png, is_tiff, kind_in_words

FILM = film_bytes(phantom())


def test_dicom_is_known_with_and_without_its_preamble() -> None:
    assert is_dicom(FILM)
    assert has_preamble(FILM)
    assert is_dicom(FILM[132:])
    assert not has_preamble(FILM[132:])


@pytest.mark.parametrize("syntax", [ImplicitVRLittleEndian, ExplicitVRBigEndian])
def test_a_bare_data_set_is_known_in_every_encoding(syntax: str) -> None:
    whole = film_bytes(phantom(), syntax=syntax)
    start = {ImplicitVRLittleEndian: b"\x08\x00\x16\x00", ExplicitVRBigEndian: b"\x00\x08\x00\x16"}[syntax]
    assert is_dicom(whole[whole.index(start) :])


def test_noise_and_zeros_are_not_dicom() -> None:
    assert not is_dicom(bytes(1000))
    assert not is_dicom(b"DICM")
    assert not is_dicom(b"\x08\x00\x05\x00\xff\xff\xff\x00 and so on")


def test_rasters_are_known_by_their_signatures() -> None:
    assert is_png(b"\x89PNG\r\n\x1a\n....")
    assert is_jpeg(b"\xff\xd8\xff\xe0....")
    assert is_tiff(b"II*\x00....")
    assert is_tiff(b"MM\x00*....")
    assert not any(check(b"hello") for check in (is_png, is_jpeg, is_tiff))


def test_other_kinds_are_named_in_words() -> None:
    assert kind_in_words(b"%PDF-1.4") == "a PDF document"
    assert kind_in_words(b"hello") == "not a picture this program knows"
