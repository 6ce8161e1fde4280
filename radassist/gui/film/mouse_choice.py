"""What each mouse button, held key and the wheel do on the film, as the reader likes it."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from PySide6.QtCore import Qt


class MouseAct(StrEnum):
    """What can be done with the mouse; the words are those of a list to choose from."""

    WINDOW = "Window and level"
    REGION = "Window from a drawn region"
    PAN = "Move the film"
    ZOOM = "Zoom"
    LENS = "Magnifier while held"
    FILMS = "Next or previous film"
    NOTHING = "Nothing"


class Hold(StrEnum):
    """What the hand holds; the words are those of the list of mouse buttons."""

    LEFT = "Left drag"
    SHIFT_LEFT = "Shift + left drag"
    CTRL_LEFT = "Ctrl + left drag"
    MIDDLE = "Middle drag"
    RIGHT = "Right drag"
    SHIFT_RIGHT = "Shift + right drag"
    CTRL_RIGHT = "Ctrl + right drag"
    WHEEL = "Wheel"
    SHIFT_WHEEL = "Shift + wheel"
    CTRL_WHEEL = "Ctrl + wheel"

    @property
    def is_wheel(self) -> bool:
        """Whether it is the wheel, rather than a drag."""
        return self in _WHEELS

    @property
    def acts(self) -> tuple[MouseAct, ...]:
        """What it can be made to do."""
        return (MouseAct.FILMS, MouseAct.ZOOM, MouseAct.NOTHING) if self.is_wheel else tuple(MouseAct)


_WHEELS = (Hold.WHEEL, Hold.SHIFT_WHEEL, Hold.CTRL_WHEEL)
_SHIFT, _CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
_DRAGS = {
    (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier): Hold.LEFT,
    (Qt.MouseButton.LeftButton, _SHIFT): Hold.SHIFT_LEFT,
    (Qt.MouseButton.LeftButton, _CTRL): Hold.CTRL_LEFT,
    (Qt.MouseButton.MiddleButton, Qt.KeyboardModifier.NoModifier): Hold.MIDDLE,
    (Qt.MouseButton.RightButton, Qt.KeyboardModifier.NoModifier): Hold.RIGHT,
    (Qt.MouseButton.RightButton, _SHIFT): Hold.SHIFT_RIGHT,
    (Qt.MouseButton.RightButton, _CTRL): Hold.CTRL_RIGHT,
}
_USUAL = {
    Hold.LEFT: MouseAct.WINDOW,
    Hold.SHIFT_LEFT: MouseAct.PAN,
    Hold.CTRL_LEFT: MouseAct.REGION,
    Hold.MIDDLE: MouseAct.PAN,
    Hold.RIGHT: MouseAct.ZOOM,
    Hold.SHIFT_RIGHT: MouseAct.NOTHING,
    Hold.CTRL_RIGHT: MouseAct.NOTHING,
    Hold.WHEEL: MouseAct.FILMS,
    Hold.SHIFT_WHEEL: MouseAct.FILMS,
    Hold.CTRL_WHEEL: MouseAct.ZOOM,
}
_DRAG_WORDS = {
    MouseAct.WINDOW: "Window and level: right widens, down darkens",
    MouseAct.REGION: "Window from the drawn region",
    MouseAct.ZOOM: "Zoom: up enlarges",
    MouseAct.LENS: "A magnifier, while the button is held",
    MouseAct.FILMS: "Next film downwards, previous film upwards",
}
_WHEEL_WORDS = {
    MouseAct.FILMS: "Next or previous film; with one film open, zoom",
    MouseAct.ZOOM: "Zoom at the pointer",
}


@dataclass(frozen=True, slots=True)
class MouseChoice:
    """One act for every hold, so that no two can clash.

    Attributes:
        acts: What each hold does; one that is missing or cannot do its act does what it usually does.
    """

    acts: Mapping[Hold, MouseAct] = field(default_factory=dict)

    def __post_init__(self) -> None:
        possible = {hold: act for hold, act in self.acts.items() if act in hold.acts}
        object.__setattr__(self, "acts", MappingProxyType({**_USUAL, **possible}))

    def of_drag(self, button: Qt.MouseButton, held: Qt.KeyboardModifier) -> MouseAct:
        """What a drag with this button does while these keys are held."""
        hold = _DRAGS.get((button, held))
        return self.acts[hold] if hold else MouseAct.NOTHING

    def of_wheel(self, held: Qt.KeyboardModifier) -> MouseAct:
        """What the wheel does while these keys are held; `Ctrl` goes before `Shift`, other keys do not matter."""
        if held & _CTRL:
            return self.acts[Hold.CTRL_WHEEL]
        return self.acts[Hold.SHIFT_WHEEL if held & _SHIFT else Hold.WHEEL]

    @property
    def words(self) -> tuple[tuple[str, str], ...]:
        """What is held, and what it does; holds that do the same stand together, those that do nothing not at all."""
        return tuple(self._drag_words()) + tuple(self._words_of(_WHEELS, _WHEEL_WORDS))

    @property
    def missing(self) -> str:
        """One sentence on what no button does any more; empty where all is there."""
        wanted = (MouseAct.WINDOW, MouseAct.PAN, MouseAct.ZOOM)
        gone = [act.value.lower() for act in wanted if act not in self.acts.values()]
        return f"No button is left for: {', '.join(gone)}." if gone else ""

    def to_text(self) -> str:
        """The choice for the settings: what differs from the usual."""
        return json.dumps({hold.name: act.name for hold, act in self.acts.items() if act is not _USUAL[hold]})

    @classmethod
    def from_text(cls, text: str) -> "MouseChoice":
        """What `to_text` wrote; what is damaged or unknown is as usual."""
        try:
            remembered = json.loads(text or "{}")
        except ValueError:
            return cls()
        if not isinstance(remembered, dict):
            return cls()
        known = Hold.__members__.keys() & remembered.keys()
        names = {Hold[name]: str(remembered[name]) for name in known}
        return cls({hold: MouseAct[name] for hold, name in names.items() if name in MouseAct.__members__})

    def _drag_words(self) -> Iterator[tuple[str, str]]:
        drags = tuple(hold for hold in Hold if not hold.is_wheel)
        yield from self._words_of(drags, _DRAG_WORDS)

    def _words_of(self, holds: tuple[Hold, ...], words: Mapping[MouseAct, str]) -> Iterator[tuple[str, str]]:
        for act in MouseAct:
            names = [hold.value for hold in holds if self.acts[hold] is act]
            if names and act is not MouseAct.NOTHING:
                yield ", ".join(names), words.get(act, act.value)
