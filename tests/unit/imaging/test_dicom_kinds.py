"""Objects that are no films are refused in words a reader knows."""

import pytest
from helpers.dicom_factory import film_dataset, phantom, to_bytes
from pydicom.uid import (
    BasicTextSRStorage,
    EncapsulatedPDFStorage,
    GrayscaleSoftcopyPresentationStateStorage,
    KeyObjectSelectionDocumentStorage,
    MediaStorageDirectoryStorage,
    ParametricMapStorage,
    RawDataStorage,
    RTDoseStorage,
    RTImageStorage,
    SegmentationStorage,
    TwelveLeadECGWaveformStorage,
)

from radassist.domain.errors import DecodeError, UnsupportedImage
from radassist.imaging.dicom_file import DicomFile, parse
from radassist.imaging.dicom_kinds import refuse_other_kinds


def file_of(sop_class: str, **elements) -> DicomFile:
    return parse(to_bytes(film_dataset(phantom(8, 8), elements={"SOPClassUID": sop_class, **elements})))


@pytest.mark.parametrize(
    ("sop_class", "words"),
    [
        (BasicTextSRStorage, "structured report"),
        (KeyObjectSelectionDocumentStorage, "marked pictures"),
        (EncapsulatedPDFStorage, "document"),
        (TwelveLeadECGWaveformStorage, "ECG"),
        (GrayscaleSoftcopyPresentationStateStorage, "how another picture is to be shown"),
        (RawDataStorage, "raw data"),
        (SegmentationStorage, "segmentation"),
        (ParametricMapStorage, "computed numbers"),
        (RTDoseStorage, "radiotherapy"),
        (MediaStorageDirectoryStorage, "Open the folder"),
    ],
)
def test_what_is_no_film_is_named(sop_class: str, words: str) -> None:
    with pytest.raises(UnsupportedImage, match=words):
        refuse_other_kinds(file_of(sop_class))


@pytest.mark.parametrize("sop_class", ["1.2.840.10008.5.1.4.1.1.1", RTImageStorage, "2.25.77"])
def test_pictures_pass_known_or_not(sop_class: str) -> None:
    refuse_other_kinds(file_of(sop_class))


def test_a_picture_the_header_describes_but_the_file_lacks_is_missing() -> None:
    with pytest.raises(DecodeError, match="lacks the picture"):
        refuse_other_kinds(file_of("2.25.77", PixelData=None))


def test_a_file_without_picture_and_without_description_holds_none() -> None:
    with pytest.raises(UnsupportedImage, match="holds no picture"):
        refuse_other_kinds(file_of("2.25.77", PixelData=None, Rows=None))
