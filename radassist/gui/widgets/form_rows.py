"""Rows of a form, name and field on one line: what Qt and the style sheet leave a few pixels off."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractSpinBox, QFormLayout, QLabel, QPlainTextEdit

_ONE_LINE = 28
"""Height of a field of one line with its frame, as the style sheet makes it, in logical pixels."""

_INSET = 8
"""From the frame of a field to its text: the style sheet's padding does not reach that of a number box."""


def level_names(form: QFormLayout) -> None:
    """Put the names of `form` level with the line of their fields, where Qt puts them above it.

    Called when all rows are there. Beside words and tall fields a name stands level with the first line.
    """
    for row in range(form.rowCount()):
        name = form.itemAt(row, QFormLayout.ItemRole.LabelRole)
        field = form.itemAt(row, QFormLayout.ItemRole.FieldRole)
        label, beside = name.widget() if name else None, field.widget() if field else None
        if not isinstance(label, QLabel):
            continue
        if isinstance(beside, QLabel | QPlainTextEdit):
            label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
            label.setContentsMargins(0, 0 if isinstance(beside, QLabel) else _INSET, 0, 0)
        else:  # a row of widgets has no size before it is shown, but stands on one line
            label.setMinimumHeight(min(beside.sizeHint().height() if beside else _ONE_LINE, _ONE_LINE))


def inset_number(box: QAbstractSpinBox) -> None:
    """Keep the number of `box` clear of its frame."""
    box.lineEdit().setTextMargins(_INSET, 0, 0, 0)
