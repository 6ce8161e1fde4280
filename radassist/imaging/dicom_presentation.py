"""From the bytes of a greyscale presentation state to what it asks for (PS3.3 C.11.6, C.11.8, C.10.6).

Drawings, shutters and the displayed area of a state are left out. Errors are sentences without their subject: `formats`
puts the file's name before them.
"""

from collections.abc import Iterator

from radassist.domain.errors import DecodeError, UnsupportedImage
from radassist.domain.presentation import PresentationState, StateWindow
from radassist.imaging.dicom_file import parse
from radassist.imaging.dicom_header import Header
from radassist.imaging.dicom_values import offered_windows

_GREYSCALE = "1.2.840.10008.5.1.4.1.1.11.1"


def read_dicom_presentation(data: bytes) -> PresentationState:
    """What a presentation state asks for.

    Raises:
        DecodeError: If it is damaged or contradicts itself.
        UnsupportedImage: If it is no greyscale state, or asks for what is not done here.
    """
    header = parse(data).header
    if header.text("SOPClassUID", 64) != _GREYSCALE:
        raise UnsupportedImage("is no greyscale presentation state.")
    if "PresentationLUTSequence" in header or "ModalityLUTSequence" in header:
        raise UnsupportedImage("uses lookup tables of its own that are not applied.")
    series = header.items("ReferencedSeriesSequence")
    films = tuple(uid for each in series for uid in _referenced(each))
    if not films:
        raise DecodeError("names no film it is meant for.")
    return PresentationState(
        label=header.text("ContentLabel", 64),
        films=films,
        windows=tuple(_windows(header)),
        quarter_turns=_quarter_turns(header),
        mirrored=header.code("ImageHorizontalFlip") == "Y",
        inverse=header.code("PresentationLUTShape") == "INVERSE",
        rescale=_rescale(header),
    )


def _windows(header: Header) -> Iterator[StateWindow]:
    for item in header.items("SoftcopyVOILUTSequence"):
        films = tuple(_referenced(item))
        for window in offered_windows(item, lowest_input=0):
            if window is None:
                raise DecodeError("holds a window that cannot be used.")
            yield StateWindow(window, films)


def _referenced(item: Header) -> Iterator[str]:
    for image in item.items("ReferencedImageSequence"):
        if uid := image.text("ReferencedSOPInstanceUID", 64):
            yield uid


def _quarter_turns(header: Header) -> int:
    degrees = header.integer("ImageRotation") if "ImageRotation" in header else 0
    if degrees not in (0, 90, 180, 270):
        raise DecodeError("asks for a turn that is none of a quarter.")
    return degrees // 90


def _rescale(header: Header) -> tuple[float, float] | None:
    slopes, intercepts = header.numbers("RescaleSlope"), header.numbers("RescaleIntercept")
    return (slopes[0], intercepts[0]) if len(slopes) == len(intercepts) == 1 else None
