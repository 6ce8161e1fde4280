"""Real mouse events on a film view, as Qt delivers them."""

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication

LEFT, MIDDLE, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton, Qt.MouseButton.RightButton
NONE, SHIFT, CTRL = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)


def press(view: QAbstractScrollArea, button: Qt.MouseButton, at: QPoint, held: Qt.KeyboardModifier = NONE) -> None:
    """Button down."""
    QTest.mousePress(view.viewport(), button, held, at)


def move(view: QAbstractScrollArea, to: QPoint) -> None:
    """Pointer to a place of the viewport."""
    QTest.mouseMove(view.viewport(), to)


def hover(view: QAbstractScrollArea, at: QPoint) -> None:
    """Pointer to a place, from another: Qt tells of no move to where the pointer already is."""
    move(view, QPoint(1, 1))
    move(view, at)


def release(view: QAbstractScrollArea, button: Qt.MouseButton, at: QPoint, held: Qt.KeyboardModifier = NONE) -> None:
    """Button up."""
    QTest.mouseRelease(view.viewport(), button, held, at)


def drag(
    view: QAbstractScrollArea,
    button: Qt.MouseButton,
    start: QPoint,
    end: QPoint,
    held: Qt.KeyboardModifier = NONE,
) -> None:
    """Press, move there in two steps, release."""
    press(view, button, start, held)
    move(view, (start + end) / 2)
    move(view, end)
    release(view, button, end, held)


def double_click(view: QAbstractScrollArea, at: QPoint, button: Qt.MouseButton = LEFT) -> None:
    """The four events of a double click."""
    press(view, button, at)
    release(view, button, at)
    QTest.mouseDClick(view.viewport(), button, NONE, at)


def wheel(view: QAbstractScrollArea, turned: int, at: QPoint, held: Qt.KeyboardModifier = NONE) -> None:
    """Turn the wheel by `turned` eighths of a degree; 120 is a notch away from the hand."""
    place = QPointF(at)
    event = QWheelEvent(
        place,
        QPointF(view.viewport().mapToGlobal(at)),
        QPoint(),
        QPoint(0, turned),
        Qt.MouseButton.NoButton,
        held,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view.viewport(), event)
