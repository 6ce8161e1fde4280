"""A key that toggles when tapped and only peeks when held."""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

_HOLD_SECONDS = 0.35


class PeekKey(QObject):
    """Event filter for the application: tells when `key`, pressed a while ago, is let go.

    The press itself is an ordinary shortcut, which calls `pressed`; Qt hides presses of shortcuts from event
    filters but not their releases.
    """

    def __init__(self, key: Qt.Key, undo: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._key, self._undo = key, undo
        self._since: float | None = None

    def pressed(self) -> None:
        """The shortcut was triggered now."""
        self._since = time.monotonic()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: D102, N802 - Qt's
        if event.type() is QEvent.Type.KeyRelease and isinstance(event, QKeyEvent):
            self._released(event)
        return False

    def _released(self, event: QKeyEvent) -> None:
        if event.key() != self._key or event.isAutoRepeat() or self._since is None:
            return
        held = time.monotonic() - self._since
        self._since = None
        if held >= _HOLD_SECONDS:
            self._undo()
