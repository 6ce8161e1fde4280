"""A mark's numbers as the words that stand beside it on the film."""

from collections.abc import Sequence
from math import isfinite

from radassist.domain.measurement import Mark, MarkKind
from radassist.gui.widgets.plain_text import one_line
from radassist.imaging.measuring import DEGREES, Quantity

NAMES = {
    MarkKind.LENGTH: "length",
    MarkKind.ANGLE: "angle",
    MarkKind.COBB: "Cobb angle",
    MarkKind.RATIO: "cardiothoracic ratio",
    MarkKind.RECTANGLE: "rectangle",
    MarkKind.ELLIPSE: "ellipse",
    MarkKind.TEXT: "text",
    MarkKind.ARROW: "arrow",
}
_ROWS = {
    MarkKind.RATIO: (("CTR",), ("heart",), ("thorax",)),
    MarkKind.RECTANGLE: (("mean", "sd"), ("min", "max"), ("n",), ("area",)),
    MarkKind.ELLIPSE: (("mean", "sd"), ("min", "max"), ("n",), ("area",)),
}
_UNNAMED = frozenset({"length", "angle"})
_LONGEST_TEXT = 200


def mark_lines(mark: Mark, quantities: Sequence[Quantity]) -> tuple[str, ...]:
    """The lines of words of `mark`, the weightiest first; empty for an arrow."""
    if mark.kind is MarkKind.TEXT:
        return tuple(line for line in (one_line(mark.text, _LONGEST_TEXT),) if line)
    named = {quantity.name: quantity for quantity in quantities}
    rows = _ROWS.get(mark.kind, tuple((name,) for name in named))
    return tuple(" · ".join(quantity_words(named[name]) for name in row) for row in rows)


def quantity_words(quantity: Quantity) -> str:
    """Name, number, unit and what it rests on, for instance `heart 123.4 mm at detector`."""
    name = "" if quantity.name in _UNNAMED else f"{quantity.name} "
    gap = "" if quantity.unit in ("", DEGREES) else " "
    basis = f" {quantity.basis}" if quantity.basis else ""
    return f"{name}{number_words(quantity)}{gap}{quantity.unit}{basis}"


def number_words(quantity: Quantity) -> str:
    """The number as far as it can be trusted: a ratio with two places, a count with none, all else with one."""
    if not isfinite(quantity.value):
        return "–"
    return f"{quantity.value:.{_PLACES.get(quantity.name, 1)}f}"


_PLACES = {"CTR": 2, "n": 0}
