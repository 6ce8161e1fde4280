"""Rows of a form, name and field on one line: what Qt and the style sheet leave a few pixels off."""

from PySide6.QtWidgets import QAbstractSpinBox, QFormLayout, QLabel

_ONE_LINE = 28
"""Height of a field of one line with its frame, as the style sheet makes it, in logical pixels."""

_INSET = 8
"""From the frame to the text, as in other fields: the style sheet's padding does not reach the text of a number box."""


def level_names(form: QFormLayout) -> None:
    """Put the names of `form` level with the line of their fields, where Qt puts them above it.

    Called when all rows are there. Beside words, and at the top of a tall field, a name stays at the first line.
    """
    for row in range(form.rowCount()):
        name = form.itemAt(row, QFormLayout.ItemRole.LabelRole)
        field = form.itemAt(row, QFormLayout.ItemRole.FieldRole)
        label = name.widget() if name else None
        if label and field and not isinstance(field.widget(), QLabel):
            label.setMinimumHeight(min(field.sizeHint().height(), _ONE_LINE))


def inset_number(box: QAbstractSpinBox) -> None:
    """Keep the number of `box` clear of its frame."""
    box.lineEdit().setTextMargins(_INSET, 0, 0, 0)
