import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget

from radassist.gui.inside.core_column import CoreColumn
from radassist.gui.inside.core_sample import SampleRow
from radassist.gui.theme import load_theme

ROWS = [SampleRow("Film", "1017"), SampleRow("block1", "0.25", "#ff8000", True), SampleRow("block2", "−3")]


@pytest.fixture
def room(qtbot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(600, 400)
    made.show()
    return made


@pytest.mark.parametrize("pointer", [QPoint(5, 5), QPoint(595, 5), QPoint(5, 395), QPoint(595, 395), QPoint(300, 200)])
def test_the_column_stays_in_the_view_and_off_the_pointer(room: QWidget, pointer: QPoint) -> None:
    column = CoreColumn(load_theme("dark"), room)
    column.show_rows(ROWS, "mean of channels", pointer)
    assert room.rect().contains(column.geometry())
    assert not column.geometry().contains(pointer)


def test_the_mouse_does_not_feel_it_and_a_colour_is_shown(room: QWidget) -> None:
    column = CoreColumn(load_theme("dark"), room)
    column.show_rows(ROWS, "mean of channels", QPoint(10, 10))
    assert column.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    image = column.grab().toImage()
    colors = {image.pixelColor(12, y).name() for y in range(image.height())}
    assert "#ff8000" in colors
    assert column.accessibleDescription() == "Film 1017; block1 0.25; block2 −3"


def test_a_long_name_is_cut(room: QWidget) -> None:
    column = CoreColumn(load_theme("dark"), room)
    column.show_rows([SampleRow("x" * 500, "1")], "", QPoint(10, 10))
    assert column.width() < 300
