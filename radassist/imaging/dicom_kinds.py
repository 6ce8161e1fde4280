"""DICOM objects that are no films, in words a reader knows."""

from radassist.domain.errors import DecodeError, UnsupportedImage
from radassist.imaging.dicom_file import DicomFile
from radassist.imaging.notices import SEND_AGAIN

_DICOMDIR = "1.2.840.10008.1.3.10"
_STORAGE = "1.2.840.10008.5.1.4.1.1."
_PICTURE = ""
_REFUSALS = {
    "88.59": "holds a list of marked pictures, not a picture.",
    "88.": "holds a structured report, not a picture.",
    "104.": "holds a document, not a picture.",
    "9.": "holds a recorded curve such as an ECG, not a picture.",
    "11.": "only says how another picture is to be shown: the list of windows of that picture offers it.",
    "66": "holds raw data, not a picture.",
    "66.": "holds measurements, not a picture.",
    "66.4": "holds a segmentation, not a film.",
    "66.7": "holds a segmentation, not a film.",
    "30": "holds computed numbers, not a film.",
    "90.": "holds measurements, not a picture.",
    "91.": "holds annotations, not a picture.",
    "481.": "holds radiotherapy data, not a film.",
    "481.1": _PICTURE,
}


def refuse_other_kinds(file: DicomFile) -> None:
    """Let films pass.

    Raises:
        UnsupportedImage: If the object is no picture, or one that must not be taken for a film.
        DecodeError: If the picture that the header describes is missing, or the file ends within the header.
    """
    if file.meta.text("MediaStorageSOPClassUID", 64) == _DICOMDIR:
        raise UnsupportedImage("is the table of contents of a disc, not a picture. Open the folder it lies in.")
    refusal = _refusal(file.header.text("SOPClassUID", 64) or file.meta.text("MediaStorageSOPClassUID", 64))
    if refusal:
        raise UnsupportedImage(refusal)
    if file.pixels is None and file.is_cut_short:
        raise DecodeError(f"is cut short: its picture is missing. {SEND_AGAIN}")
    if file.pixels is None and "Rows" in file.header:
        raise DecodeError(f"lacks the picture it describes. {SEND_AGAIN}")
    if file.pixels is None:
        raise UnsupportedImage("holds no picture.")


def _refusal(sop_class: str) -> str:
    """The sentence of the closest storage class, empty for pictures; `88.` stands for every class below it."""
    suffix = sop_class.removeprefix(_STORAGE)
    if suffix == sop_class:
        return _PICTURE
    matches = [key for key in _REFUSALS if suffix == key or (key.endswith(".") and suffix.startswith(key))]
    return _REFUSALS[max(matches, key=len)] if matches else _PICTURE
