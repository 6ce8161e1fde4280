"""One film as read: stored pixel values and every fact needed to show them rightly. Nothing here renders."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from radassist.domain.study import Identity

Pixels = NDArray[np.uint8 | np.uint16 | np.int16]


class VoiFunction(StrEnum):
    """How a window turns values into grey (DICOM PS3.3 C.11.2.1.3)."""

    LINEAR = "LINEAR"
    LINEAR_EXACT = "LINEAR_EXACT"
    SIGMOID = "SIGMOID"


@dataclass(frozen=True, slots=True)
class Window:
    """A DICOM window, in modality values (after rescale or modality LUT).

    Attributes:
        center: Any finite value.
        width: Finite; at least 1 for LINEAR, above 0 for the others.
        name: The file's own explanation, or where it came from, for instance `Full range`.
    """

    center: float
    width: float
    function: VoiFunction = VoiFunction.LINEAR
    name: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class LookupTable:
    """A DICOM LUT (PS3.3 C.11.1.1 and C.11.2.1.1): input `first` gives `entries[0]`, ends are extended.

    Attributes:
        first: First input value mapped, signed.
        entries: (N,) uint16 output values.
        bits: Output depth; the full output range is 0 .. 2**bits - 1.
        name: LUT explanation of the file.
    """

    first: int
    entries: NDArray[np.uint16]
    bits: int
    name: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class ModalityTransform:
    """Stored value to modality value: `table` when there is one, else `value * slope + intercept`."""

    slope: float = 1.0
    intercept: float = 0.0
    table: LookupTable | None = None


class SpacingSource(StrEnum):
    """Which tag a length in millimetres rests on, in the words shown beside it."""

    CALIBRATED = "calibrated"
    AT_DETECTOR = "at detector"
    UNKNOWN = "calibration unknown"


@dataclass(frozen=True, slots=True)
class PixelSpacing:
    """Distance between pixel centres in millimetres: down a column (`row_mm`) and along a row (`column_mm`)."""

    row_mm: float
    column_mm: float
    source: SpacingSource


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the reader must know about a film or its score.

    Attributes:
        code: Upper-case word for tables, for instance `MULTIFRAME`.
        sentence: One plain sentence without patient data.
    """

    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What kind of file the film came from.

    Attributes:
        format: `DICOM`, `PNG`, `JPEG` or `TIFF`.
        transfer_syntax: DICOM transfer syntax UID, empty for rasters.
        photometric: `MONOCHROME1`, `MONOCHROME2`, `RGB`, ...; as stored, before any conversion.
        frames: Number of frames in the file; only the first is shown.
        sha256: Hex digest of the whole file.
        decode_ms: Milliseconds from bytes to pixels.
    """

    format: str
    transfer_syntax: str = ""
    photometric: str = "MONOCHROME2"
    frames: int = 1
    sha256: str = ""
    decode_ms: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Radiograph:
    """One film: stored values and how to show them.

    Attributes:
        pixels: (H, W) stored values, masked to `bits_stored`, shifted by HighBit, signed where the file says so.
        bits_stored: Meaningful bits of a stored value, 1 to 16.
        modality: Stored value to modality value.
        windows: Ways to show it, the file's default first; never empty.
        inverted: Low values are bright (MONOCHROME1 or presentation LUT shape INVERSE); applied once, after the window.
        padding: Inclusive range of stored values that are not picture, what a shutter hides among them; kept out of
            statistics.
        padding_grey: What they are shown in, 0 black to 255 white.
        aspect: Height of a pixel over its width; 1 for square pixels.
        spacing: None where the file gives none that can be trusted.
        notices: What the reader must know, in order of weight.
    """

    pixels: Pixels
    bits_stored: int
    windows: tuple[Window | LookupTable, ...]
    modality: ModalityTransform = ModalityTransform()
    inverted: bool = False
    padding: tuple[int, int] | None = None
    padding_grey: int = 0
    aspect: float = 1.0
    spacing: PixelSpacing | None = None
    identity: Identity = Identity()
    facts: FileFacts = FileFacts(format="DICOM")
    notices: tuple[Notice, ...] = ()

    @property
    def height(self) -> int:
        """Rows of pixels."""
        return int(self.pixels.shape[0])

    @property
    def width(self) -> int:
        """Columns of pixels."""
        return int(self.pixels.shape[1])
