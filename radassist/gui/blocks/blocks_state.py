"""The choices block maps are shown by, as they are kept from film to film and from start to start."""

import json
from dataclasses import asdict, dataclass
from typing import Self

from radassist.domain.analysis import Reduction
from radassist.imaging.rendering import ColorMap

DEFAULT_LEVEL = 0.5


@dataclass(frozen=True, slots=True)
class BlocksState:
    """How block maps are shown.

    Attributes:
        block: Name of the chosen block, empty before any was chosen.
        channel: The channel asked for, from 0; a block with fewer channels shows its last.
        opacity: Of the map over the film, in [0, 1].
        smooth: Whether cells are blended into each other.
        visible: Whether the map lies over the film.
        minus: Name of a second block whose map is taken from that of the first; empty for none.
        one_scale: Whether the colours of all blocks run over the same values.
        contours: Whether lines of equal value are drawn instead of colours.
        level: Where they are drawn: the share of the way from the first colour's value to the last one's.
    """

    block: str = ""
    reduction: Reduction = Reduction.MEAN
    channel: int = 0
    color_map: ColorMap = ColorMap.INFERNO
    opacity: float = 0.5
    smooth: bool = True
    visible: bool = False
    minus: str = ""
    one_scale: bool = False
    contours: bool = False
    level: float = DEFAULT_LEVEL

    def to_text(self) -> str:
        """One line, for a settings file."""
        return json.dumps(asdict(self))

    @classmethod
    def from_text(cls, text: str) -> Self:
        """The state that `to_text` wrote, now or by an earlier version; the default one where the text is damaged."""
        try:
            values = json.loads(text)
            return cls(
                block=str(values["block"]),
                reduction=Reduction(values["reduction"]),
                channel=max(0, int(values["channel"])),
                color_map=ColorMap(values["color_map"]),
                opacity=_share(values["opacity"]),
                smooth=bool(values["smooth"]),
                visible=bool(values["visible"]),
                minus=str(values.get("minus", "")),
                one_scale=bool(values.get("one_scale", False)),
                contours=bool(values.get("contours", False)),
                level=_share(values.get("level", DEFAULT_LEVEL)),
            )
        except (ValueError, TypeError, KeyError, OverflowError):
            return cls()


def _share(value: float) -> float:
    return min(1.0, max(0.0, float(value)))
