"""What a mark measures on its film, as numbers with their units: one place for screen, sheet and table."""

from dataclasses import dataclass

from radassist.domain.film_scale import FilmScale
from radassist.domain.measurement import (
    Mark,
    MarkKind,
    angle_at,
    area,
    cobb_angle,
    distance,
    heart_and_thorax,
)
from radassist.domain.radiograph import Radiograph
from radassist.imaging.region_statistics import region_statistics

DEGREES = "°"


@dataclass(frozen=True, slots=True)
class Quantity:
    """One measured number.

    Attributes:
        name: What it is, for instance `length` or `mean`.
        value: NaN where there is nothing to measure.
        unit: `mm`, `mm²`, `pixels`, `pixels²`, `°`, or empty for values and ratios.
        basis: What a length or an area rests on, for instance `at detector`; empty for all else.
    """

    name: str
    value: float
    unit: str = ""
    basis: str = ""


def measure(film: Radiograph, mark: Mark, scale: FilmScale) -> tuple[Quantity, ...]:
    """What `mark` says of `film` in `scale`, the weightiest number first; nothing for a text or an arrow."""
    points = mark.points
    match mark.kind:
        case MarkKind.LENGTH:
            return (_length("length", distance(points[0], points[1], scale), scale),)
        case MarkKind.ANGLE:
            return (Quantity("angle", angle_at(points[1], points[0], points[2], scale), DEGREES),)
        case MarkKind.COBB:
            return (Quantity("Cobb angle", cobb_angle(points, scale), DEGREES),)
        case MarkKind.RATIO:
            return _ratio(mark, scale)
        case MarkKind.RECTANGLE | MarkKind.ELLIPSE:
            return _region(film, mark, scale)
        case _:
            return ()


def _ratio(mark: Mark, scale: FilmScale) -> tuple[Quantity, ...]:
    heart, thorax = heart_and_thorax(mark.points, scale)
    ratio = heart / thorax if thorax > 0 else float("nan")
    return Quantity("CTR", ratio), _length("heart", heart, scale), _length("thorax", thorax, scale)


def _region(film: Radiograph, mark: Mark, scale: FilmScale) -> tuple[Quantity, ...]:
    found = region_statistics(film, mark)
    return (
        Quantity("mean", found.mean),
        Quantity("sd", found.deviation),
        Quantity("min", found.least),
        Quantity("max", found.greatest),
        Quantity("n", found.count),
        Quantity("area", area(mark, scale), f"{scale.unit}²", _basis(scale)),
    )


def _length(name: str, value: float, scale: FilmScale) -> Quantity:
    return Quantity(name, value, scale.unit, _basis(scale))


def _basis(scale: FilmScale) -> str:
    return scale.basis.value if scale.is_metric else ""
