"""What is asked while measuring: a text for the film, and the true length of a line."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDoubleSpinBox, QInputDialog, QWidget

from radassist.gui.widgets.form_rows import inset_number

_LONGEST_MM = 2000.0


def ask_words(parent: QWidget, words: str, then: Callable[[str], object]) -> QInputDialog:
    """Ask for the words of a text, beginning with `words`; `then` gets them unless the reader gives up."""
    dialog = _dialog(parent, "Text on the film", "Words to stand on the film:")
    dialog.setTextValue(words)
    dialog.textValueSelected.connect(then)
    dialog.open()
    return dialog


def ask_true_length(parent: QWidget, length_now: str, start: float, then: Callable[[float], object]) -> QInputDialog:
    """Ask how long the drawn line truly is, in millimetres; `then` gets the number unless the reader gives up.

    Args:
        parent: What the dialog lies over.
        length_now: How long the line is as the film is measured so far, in words.
        start: Millimetres to begin with.
        then: Called with millimetres above zero.
    """
    dialog = _dialog(parent, "Calibrate", f"The line is {length_now} now.\nIts true length in millimetres:")
    dialog.setInputMode(QInputDialog.InputMode.DoubleInput)
    dialog.setDoubleRange(0.01, _LONGEST_MM)
    dialog.setDoubleDecimals(2)
    dialog.setDoubleValue(start)
    box = dialog.findChild(QDoubleSpinBox)
    if box:
        inset_number(box)
    dialog.doubleValueSelected.connect(then)
    dialog.open()
    return dialog


def _dialog(parent: QWidget, title: str, question: str) -> QInputDialog:
    dialog = QInputDialog(parent)
    dialog.setWindowTitle(title)
    dialog.setLabelText(question)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return dialog
