"""What the stored values of a DICOM film mean: padding, modality values, and the windows the file offers.

PS3.3 C.7.5.1.1.2 (padding), C.11.1 (modality), C.11.2 (VOI).
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from radassist.domain.radiograph import LookupTable, ModalityTransform, Notice, VoiFunction, Window
from radassist.imaging.dicom_header import Header
from radassist.imaging.dicom_layout import PixelLayout
from radassist.imaging.dicom_tables import read_table
from radassist.imaging.histogram import Picture

_SANE = 1e9
_RESCALE = Notice("RESCALE", "The file's rescale values cannot be used; the stored values are shown as they are.")
_WINDOW = Notice("WINDOW", "A window of the file cannot be used and was left out; the film may look unlike elsewhere.")


@dataclass(frozen=True, slots=True)
class Windows:
    """The ways to show a film, the default first, and what had to be left out."""

    windows: tuple[Window | LookupTable, ...]
    notices: tuple[Notice, ...]


def read_padding(header: Header, layout: PixelLayout) -> tuple[int, int] | None:
    """The inclusive range of stored values that are not picture, None when the file names none."""
    limits = [_stored(header.words(keyword), layout) for keyword in ("PixelPaddingValue", "PixelPaddingRangeLimit")]
    known = [limit for limit in limits if limit is not None]
    return (min(known), max(known)) if limits[0] is not None else None


def read_modality(header: Header, layout: PixelLayout) -> tuple[ModalityTransform, tuple[Notice, ...]]:
    """Stored value to modality value: a LUT, else slope and intercept, else the value itself."""
    for item in _filled(header.items("ModalityLUTSequence")):
        table = read_table(item, "LUT", lowest_input=-1 if layout.signed else 0)
        return (ModalityTransform(table=table), ()) if table else (ModalityTransform(), (_RESCALE,))
    if "RescaleSlope" not in header and "RescaleIntercept" not in header:
        return ModalityTransform(), ()
    slopes, intercepts = header.numbers("RescaleSlope"), header.numbers("RescaleIntercept")
    if len(slopes) == len(intercepts) == 1 and slopes[0] != 0 and _are_sane(slopes[0], intercepts[0]):
        return ModalityTransform(slopes[0], intercepts[0]), ()
    return ModalityTransform(), (_RESCALE,)


def read_windows(header: Header, picture: Picture, *, default_only: bool = False) -> Windows:
    """VOI LUTs, then windows, then the automatic one; those that cannot be used or show nothing are left out.

    Args:
        header: Of the film.
        picture: Its modality values.
        default_only: Give the first of them alone, which is far quicker where it is the file's own.
    """
    has_tables = "VOILUTSequence" in header and picture.whole.values.size > 0
    offered = offered_windows(header, float(picture.whole.values[0]) if has_tables else 0.0)
    usable = [each for each in offered if each is not None and picture.shows_something(each)]
    notices = (_WINDOW,) if len(usable) < len(offered) else ()
    if usable and default_only:
        return Windows((usable[0],), notices)
    return Windows((*usable, picture.whole.automatic_window()), notices)


def offered_windows(header: Header, lowest_input: float) -> tuple[Window | LookupTable | None, ...]:
    """VOI LUTs, then windows, of a film or of an item of a presentation state; None for each that cannot be used."""
    return (*_voi_tables(header, lowest_input), *_voi_windows(header))


def _voi_tables(header: Header, lowest_input: float) -> Iterator[LookupTable | None]:
    for item in _filled(header.items("VOILUTSequence")):
        yield read_table(item, "LUT", lowest_input)


def _filled(items: tuple[Header, ...]) -> Iterator[Header]:
    """Without the hollow items some archives write for tables the film does not have."""
    return (item for item in items if "LUTDescriptor" in item or "LUTData" in item)


def _voi_windows(header: Header) -> Iterator[Window | None]:
    """One a pair of centre and width; None where it is not a window at all."""
    centers, widths = header.numbers("WindowCenter"), header.numbers("WindowWidth")
    is_offered = "WindowCenter" in header or "WindowWidth" in header
    if is_offered and (not centers or len(centers) != len(widths)):
        yield None
        return
    names = header.labels("WindowCenterWidthExplanation")
    code = header.code("VOILUTFunction")
    function = VoiFunction(code) if code in list(VoiFunction) else VoiFunction.LINEAR
    for number, (center, width) in enumerate(zip(centers, widths, strict=True)):
        name = names[number] if number < len(names) else ""
        yield _window(center, width, function, name or f"Window {number + 1}")


def _window(center: float, width: float, function: VoiFunction, name: str) -> Window | None:
    narrowest = 1.0 if function is VoiFunction.LINEAR else 1e-6
    if not _are_sane(center, width) or width < narrowest:
        return None
    return Window(center, width, function, name)


def _stored(words: NDArray[np.uint16], layout: PixelLayout) -> int | None:
    """A stored value, signed as the pixels are, whatever the VR of its element says."""
    if words.size != 1:
        return None
    return int(words.view(np.int16)[0]) if layout.signed else int(words[0])


def _are_sane(*values: float) -> bool:
    return all(math.isfinite(value) and abs(value) <= _SANE for value in values)
