"""Lets the control with the keyboard's focus have the keys it works with, before the window's acts take them.

Lists of films and the film itself are no such controls: there the same keys turn to films and blocks.
"""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QAbstractSlider, QAbstractSpinBox, QApplication, QComboBox, QLineEdit

_ALONG = frozenset({Qt.Key.Key_Left, Qt.Key.Key_Right})
_UP_DOWN = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down})
_PAGES = frozenset({Qt.Key.Key_PageUp, Qt.Key.Key_PageDown})
_ENDS = frozenset({Qt.Key.Key_Home, Qt.Key.Key_End})
_SPACE = frozenset({Qt.Key.Key_Space})
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})

_KEYS: tuple[tuple[type[QObject], frozenset[Qt.Key]], ...] = (
    (QAbstractSpinBox, _ALONG | _UP_DOWN | _PAGES | _ENDS | _ENTER),
    (QAbstractSlider, _ALONG | _UP_DOWN | _PAGES | _ENDS),
    (QComboBox, _UP_DOWN | _PAGES | _ENDS | _SPACE),
    (QLineEdit, _ALONG | _ENDS | _SPACE | _ENTER),
)
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


def install(application: QApplication) -> "KeyPriority":
    """Give controls their keys in every window of `application`; calling it again changes nothing."""
    known = application.findChild(KeyPriority)
    return known if isinstance(known, KeyPriority) else KeyPriority(application)


class KeyPriority(QObject):
    """Event filter of the application: answers Qt's question, asked before any shortcut, who wants the key."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: D102, N802 - Qt's
        if event.type() is not QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        if event.modifiers() not in _PLAIN or event.key() not in _keys_of(watched):
            return False
        event.accept()
        return True


def _keys_of(control: QObject) -> frozenset[Qt.Key]:
    if isinstance(control, QAbstractButton):
        return _SPACE | _ALONG | _UP_DOWN if control.group() else _SPACE
    return next((keys for kind, keys in _KEYS if isinstance(control, kind)), frozenset())
