"""The whole table of acts, and the QActions of one window made from it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from radassist.gui.actions.blocks_menu import BLOCKS_ACTIONS
from radassist.gui.actions.edit_menu import EDIT_ACTIONS
from radassist.gui.actions.file_menu import FILE_ACTIONS
from radassist.gui.actions.film_menu import FILM_ACTIONS
from radassist.gui.actions.help_menu import HELP_ACTIONS
from radassist.gui.actions.measure_menu import MEASURE_ACTIONS
from radassist.gui.actions.model_menu import MODEL_ACTIONS
from radassist.gui.actions.queue_menu import QUEUE_ACTIONS
from radassist.gui.actions.reading_menu import READING_ACTIONS
from radassist.gui.actions.spec import ActionSpec, Need
from radassist.gui.actions.view_menu import VIEW_ACTIONS
from radassist.gui.actions.window_menu import WINDOW_ACTIONS
from radassist.gui.theme import Theme, icon

ACTIONS: tuple[ActionSpec, ...] = (
    *FILE_ACTIONS,
    *EDIT_ACTIONS,
    *FILM_ACTIONS,
    *WINDOW_ACTIONS,
    *MEASURE_ACTIONS,
    *BLOCKS_ACTIONS,
    *READING_ACTIONS,
    *QUEUE_ACTIONS,
    *MODEL_ACTIONS,
    *VIEW_ACTIONS,
    *HELP_ACTIONS,
)


class Actions:
    """The QActions of one window, by id."""

    def __init__(self, theme: Theme, parent: QWidget, specs: Iterable[ActionSpec] = ACTIONS) -> None:
        self.specs = tuple(specs)
        self._actions = {spec.id: _make(spec, theme, parent) for spec in self.specs}
        self._tips = {spec.id: spec.tip for spec in self.specs}
        self._connected: set[str] = set()
        self._met = {Need.NOTHING: True}

    def __getitem__(self, action_id: str) -> QAction:
        return self._actions[action_id]

    def connect(self, acts: Mapping[str, Callable[[], object]]) -> None:
        """Let each act of `acts`, by id, do what is given.

        Raises:
            KeyError: If the table has no such act.
        """
        for action_id, act in acts.items():
            self._actions[action_id].triggered.connect(partial(_call, act))
            self._connected.add(action_id)

    def set_keys(self, action_id: str, keys: Sequence[str]) -> None:
        """Let `keys`, in Qt's portable text, and no others do an act."""
        action, tip = self._actions[action_id], self._tips[action_id]
        action.setShortcuts([QKeySequence(text) for text in keys])
        action.setToolTip(f"{tip} ({keys[0]})" if keys else tip)

    def current_specs(self) -> tuple[ActionSpec, ...]:
        """The table of acts with the keys that do them now."""
        return tuple(
            replace(spec, shortcuts=tuple(key.toString() for key in self._actions[spec.id].shortcuts()))
            for spec in self.specs
        )

    @property
    def unconnected(self) -> frozenset[str]:
        """Acts of the table that do nothing yet."""
        return frozenset(self._actions) - self._connected

    def set_met(self, met: Mapping[Need, bool]) -> None:
        """Enable exactly the acts whose need is met; a need that `met` does not name is as it was, at first not met."""
        self._met.update(met)
        for spec in self.specs:
            self._actions[spec.id].setEnabled(self._met.get(spec.needs, False))


def _make(spec: ActionSpec, theme: Theme, parent: QWidget) -> QAction:
    action = QAction(spec.text, parent)
    action.setObjectName(spec.id)
    action.setShortcuts([QKeySequence(text) for text in spec.shortcuts])
    action.setAutoRepeat(spec.id.endswith(("_film", "_block", "_opaque")) or spec.id.startswith("zoom"))
    action.setCheckable(spec.checkable)
    action.setStatusTip(spec.tip)
    action.setToolTip(f"{spec.tip} ({spec.shortcuts[0]})" if spec.shortcuts else spec.tip)
    if spec.icon:
        action.setIcon(icon(spec.icon, theme))
    parent.addAction(action)
    return action


def _call(act: Callable[[], object], _checked: bool = False) -> None:
    act()
