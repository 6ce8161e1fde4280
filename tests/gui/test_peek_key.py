"""Tap to toggle, hold to peek."""

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

from radassist.gui.widgets import peek_key
from radassist.gui.widgets.peek_key import PeekKey


def _release(key: Qt.Key = Qt.Key.Key_G, repeated: bool = False) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyRelease, key, Qt.KeyboardModifier.NoModifier, "", repeated)


@pytest.fixture
def clock(monkeypatch):
    now = [100.0]
    monkeypatch.setattr(peek_key.time, "monotonic", lambda: now[0])
    yield now


def test_a_tap_is_left_alone_and_a_hold_is_undone_on_release(qapp, clock) -> None:
    undone: list[float] = []
    parent = QObject()
    peek = PeekKey(Qt.Key.Key_G, lambda: undone.append(clock[0]), parent)
    for held in (0.1, 0.8):
        peek.pressed()
        clock[0] += held
        peek.eventFilter(parent, _release())
    assert undone == [pytest.approx(100.9)]


def test_repeats_and_other_keys_do_not_end_a_hold(qapp, clock) -> None:
    undone: list[int] = []
    parent = QObject()
    peek = PeekKey(Qt.Key.Key_G, lambda: undone.append(1), parent)
    peek.pressed()
    clock[0] += 1
    peek.eventFilter(parent, _release(repeated=True))
    peek.eventFilter(parent, _release(Qt.Key.Key_H))
    assert undone == []
    peek.eventFilter(parent, _release())
    assert undone == [1]
