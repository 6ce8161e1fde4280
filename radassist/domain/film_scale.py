"""How long a film pixel is, in which unit, and how far that can be trusted."""

from dataclasses import dataclass
from enum import StrEnum
from math import isfinite

from radassist.domain.errors import UserError
from radassist.domain.radiograph import Radiograph, SpacingSource

SMALLEST_MM, LARGEST_MM = 0.001, 10.0
"""A film pixel outside these limits, in millimetres, is a mistake of the file or of the hand."""

_SHORTEST_LINE = 10.0
_UNSQUARE = 1e-3


class ScaleBasis(StrEnum):
    """What a length rests on, in the words shown beside it."""

    AT_DETECTOR = "at detector"
    CALIBRATED = "calibrated"
    UNKNOWN = "calibration unknown"
    BY_HAND = "calibrated by hand"
    PIXELS = "pixels"


@dataclass(frozen=True, slots=True)
class FilmScale:
    """Size of a film pixel.

    Attributes:
        across: Width of a pixel: in millimetres, or 1 where `basis` is `PIXELS`.
        down: Height of a pixel in the same unit, so that `down / across` is the pixel's shape.
        basis: What it rests on.
    """

    across: float
    down: float
    basis: ScaleBasis

    @property
    def is_metric(self) -> bool:
        """Whether lengths are millimetres."""
        return self.basis is not ScaleBasis.PIXELS

    @property
    def unit(self) -> str:
        """Of lengths: `mm` or `pixels`; areas have its square."""
        return "mm" if self.is_metric else "pixels"

    @property
    def length_words(self) -> str:
        """What stands behind the number of a length, for instance `mm at detector`; `pixels` without a scale."""
        return f"mm {self.basis.value}" if self.is_metric else self.basis.value

    @property
    def corner_words(self) -> str:
        """The scale in a few words, for the corner of the film."""
        if not self.is_metric:
            return "Lengths in pixels"
        is_square = abs(self.down - self.across) <= _UNSQUARE * self.across
        size = f"{self.across:.3g}" if is_square else f"{self.down:.3g} × {self.across:.3g}"
        return f"{size} mm/pixel {self.basis.value}"

    @property
    def origin(self) -> str:
        """Where the scale comes from and what that means, in a sentence or two."""
        size = _ORIGINS[self.basis].format(size=f"{self.down:.4g} × {self.across:.4g} mm")
        if not self.is_metric and abs(self.down - self.across) > _UNSQUARE:
            return f"{size} Pixels are not square: lengths are counted in widths of a pixel."
        return size


_ORIGINS = {
    ScaleBasis.AT_DETECTOR: "Imager Pixel Spacing (0018,1164): {size} at the detector. "
    "Lengths in the patient are shorter, by as much as the film enlarges.",
    ScaleBasis.CALIBRATED: "Pixel Spacing (0028,0030), calibrated: {size}.",
    ScaleBasis.UNKNOWN: "Pixel Spacing (0028,0030): {size}. "
    "The file does not say whether that holds at the detector or in the patient.",
    ScaleBasis.BY_HAND: "Calibrated by hand with a line of known length: {size} a pixel.",
    ScaleBasis.PIXELS: "The file gives no pixel size that can be used, so lengths are in pixels.",
}
_BASES = {
    SpacingSource.AT_DETECTOR: ScaleBasis.AT_DETECTOR,
    SpacingSource.CALIBRATED: ScaleBasis.CALIBRATED,
    SpacingSource.UNKNOWN: ScaleBasis.UNKNOWN,
}


def scale_of_file(film: Radiograph) -> FilmScale:
    """The scale the film's own file gives; in pixels where it gives none."""
    if film.spacing is None:
        return FilmScale(1.0, film.aspect, ScaleBasis.PIXELS)
    return FilmScale(film.spacing.column_mm, film.spacing.row_mm, _BASES[film.spacing.source])


def scale_by_hand(drawn: float, true_mm: float, scale: FilmScale) -> FilmScale:
    """The scale in which a line that is `drawn` long by `scale` is `true_mm` long. The shape of a pixel stays.

    Raises:
        UserError: If the line is too short to calibrate with, or the answer is absurd.
    """
    if not (isfinite(true_mm) and true_mm > 0):
        raise UserError("The true length must be a number of millimetres above zero.")
    if drawn / scale.across < _SHORTEST_LINE:
        raise UserError("The line is too short to calibrate with: draw it along something longer.")
    factor = true_mm / drawn
    if not all(SMALLEST_MM <= side * factor <= LARGEST_MM for side in (scale.across, scale.down)):
        raise UserError(f"{true_mm:g} mm cannot be right for this line: a film pixel would be {_size(scale, factor)}.")
    return FilmScale(scale.across * factor, scale.down * factor, ScaleBasis.BY_HAND)


def _size(scale: FilmScale, factor: float) -> str:
    return f"{scale.down * factor:.3g} × {scale.across * factor:.3g} mm large"
