"""What a presentation state asks for, as other programs write it; what makes no sense is refused in words."""

import warnings
from io import BytesIO

import numpy as np
import pytest
from helpers.dicom_factory import lookup_table
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.filewriter import dcmwrite
from pydicom.uid import ExplicitVRLittleEndian

from radassist.domain.errors import DecodeError, UnsupportedImage, UserError
from radassist.domain.presentation import PresentationState
from radassist.domain.radiograph import LookupTable, VoiFunction, Window
from radassist.imaging.dicom_presentation import read_dicom_presentation

GREYSCALE = "1.2.840.10008.5.1.4.1.1.11.1"
ONE, OTHER = "1.2.3.1", "1.2.3.2"


def items(*made: dict) -> list[Dataset]:
    sequence = []
    for elements in made:
        item = Dataset()
        for keyword, value in elements.items():
            setattr(item, keyword, value)
        sequence.append(item)
    return sequence


def references(*uids: str) -> list[Dataset]:
    return items(*({"ReferencedSOPInstanceUID": uid} for uid in uids))


def state(**elements) -> PresentationState:
    dataset = Dataset()
    dataset.file_meta = FileMetaDataset()
    dataset.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    dataset.SOPClassUID, dataset.SOPInstanceUID = GREYSCALE, "1.2.3.9"
    dataset.ReferencedSeriesSequence = items({"ReferencedImageSequence": references(ONE, OTHER)})
    stream = BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pydicom complains of what these tests put in on purpose
        for keyword, value in elements.items():
            setattr(dataset, keyword, value)
        dcmwrite(stream, dataset, enforce_file_format=True)
        return read_dicom_presentation(stream.getvalue())


def test_window_turn_flip_and_sense_are_read() -> None:
    window = {"WindowCenter": "40.5", "WindowWidth": "400", "VOILUTFunction": "SIGMOID"}
    read = state(
        ContentLabel="BONES",
        SoftcopyVOILUTSequence=items(window | {"WindowCenterWidthExplanation": "Bone"}),
        ImageRotation=270,
        ImageHorizontalFlip="Y",
        PresentationLUTShape="INVERSE",
    )
    assert (read.label, read.films) == ("BONES", (ONE, OTHER))
    assert [each.window for each in read.windows] == [Window(40.5, 400, VoiFunction.SIGMOID, "Bone")]
    assert (read.quarter_turns, read.mirrored, read.inverse) == (3, True, True)


def test_a_bare_state_asks_for_nothing() -> None:
    read = state()
    assert (read.windows, read.quarter_turns, read.mirrored, read.inverse, read.rescale) == ((), 0, False, False, None)


def test_a_window_may_be_meant_for_some_films_only() -> None:
    read = state(
        SoftcopyVOILUTSequence=items(
            {"WindowCenter": "1", "WindowWidth": "2", "ReferencedImageSequence": references(OTHER)}
        )
    )
    assert read.windows[0].films == (OTHER,)


def test_a_lookup_table_is_read_as_a_films_own() -> None:
    entries = np.linspace(0, 4095, 100).astype(np.uint16)
    voi = Dataset()
    voi.VOILUTSequence = [lookup_table(10, entries, 12)]
    (window,) = (each.window for each in state(SoftcopyVOILUTSequence=[voi]).windows)
    assert isinstance(window, LookupTable) and window.first == 10
    np.testing.assert_array_equal(window.entries, entries)


@pytest.mark.parametrize(
    ("elements", "kind", "words"),
    [
        ({"SOPClassUID": "1.2.840.10008.5.1.4.1.1.1"}, UnsupportedImage, "no greyscale presentation state"),
        ({"ReferencedSeriesSequence": []}, DecodeError, "names no film"),
        ({"ImageRotation": 45}, DecodeError, "turn"),
        ({"ImageRotation": -90}, DecodeError, "turn"),
        ({"SoftcopyVOILUTSequence": items({"WindowCenter": "1", "WindowWidth": "-5"})}, DecodeError, "window"),
        ({"SoftcopyVOILUTSequence": items({"WindowCenter": "1"})}, DecodeError, "window"),
        ({"PresentationLUTSequence": items({"LUTDescriptor": [1, 0, 8]})}, UnsupportedImage, "lookup tables"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(elements: dict, kind: type[UserError], words: str) -> None:
    if elements.get("ImageRotation") == -90:
        elements = {"ImageRotation": 65446}  # as an unsigned number holds it
    with pytest.raises(kind, match=words):
        state(**elements)


def test_bytes_that_are_no_dicom_are_refused() -> None:
    with pytest.raises(UserError):
        read_dicom_presentation(b"nothing of the kind")
