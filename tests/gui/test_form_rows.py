from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFormLayout, QHBoxLayout, QLabel, QPlainTextEdit, QSpinBox, QWidget

from radassist.gui.theme import load_theme, style_sheet
from radassist.gui.widgets.form_rows import inset_number, level_names


def _middle(widget: QWidget) -> float:
    return widget.geometry().top() + widget.height() / 2


def test_a_name_stands_level_with_its_field(qtbot) -> None:
    held = QWidget()
    qtbot.addWidget(held)
    held.setStyleSheet(style_sheet(load_theme("dark")))
    form = QFormLayout(held)
    box, words = QComboBox(), QLabel("two\nlines")
    box.addItems(["one", "two"])
    form.addRow("Field", box)
    form.addRow("Words", words)
    form.addRow("Tall", QPlainTextEdit("first line"))
    form.addRow("Row", QHBoxLayout())
    level_names(form)
    held.show()
    name, beside_words = form.labelForField(box), form.labelForField(words)
    assert _middle(name) == _middle(box)
    assert beside_words.geometry().top() == words.geometry().top()
    assert beside_words.alignment() & Qt.AlignmentFlag.AlignTop


def test_a_number_keeps_clear_of_its_frame(qtbot) -> None:
    box = QSpinBox()
    qtbot.addWidget(box)
    inset_number(box)
    assert box.lineEdit().textMargins().left() >= 8
