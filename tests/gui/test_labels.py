import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from pytestqt.qtbot import QtBot

from radassist.gui.widgets.labels import rule, scaled_font, set_role, text_label


def test_a_label_shows_markup_as_it_is_written(qtbot: QtBot) -> None:
    label = text_label("<b>PN</b><img src='file:///etc/passwd'>")
    qtbot.addWidget(label)
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert label.text().startswith("<b>")


def test_a_label_can_be_copied_with_the_mouse_and_by_key(qtbot: QtBot) -> None:
    label = text_label("words")
    qtbot.addWidget(label)
    flags = label.textInteractionFlags()
    assert flags & Qt.TextInteractionFlag.TextSelectableByMouse
    assert flags & Qt.TextInteractionFlag.TextSelectableByKeyboard
    assert not flags & Qt.TextInteractionFlag.LinksAccessibleByMouse


@pytest.mark.usefixtures("qapp")
def test_a_font_is_scaled_whether_it_is_given_in_points_or_pixels() -> None:
    points, pixels = QFont(), QFont()
    points.setPointSizeF(10)
    pixels.setPixelSize(20)
    assert scaled_font(points, 1.5).pointSizeF() == 15
    assert scaled_font(pixels, 1.5).pixelSize() == 30
    assert scaled_font(points, 1.0, bold=True).weight() > scaled_font(points, 1.0).weight()


def test_a_new_role_changes_the_look_of_a_label_that_is_shown(qtbot: QtBot) -> None:
    label = text_label("words", role="muted")
    qtbot.addWidget(label)
    label.setStyleSheet('QLabel[role="muted"] { color: #111111; } QLabel[role="danger"] { color: #222222; }')
    label.show()
    set_role(label, "danger")
    assert label.palette().windowText().color().name() == "#222222"


def test_a_rule_knows_its_role(qtbot: QtBot) -> None:
    line = rule()
    qtbot.addWidget(line)
    assert line.property("role") == "rule"
