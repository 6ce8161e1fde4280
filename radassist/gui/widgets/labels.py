"""Labels that show text as it is: never guessed to be rich text, wrapped where it is long, free to be copied."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QLabel, QWidget

_SELECTABLE = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard


def text_label(text: str = "", *, role: str = "", scale: float = 1.0, bold: bool = False) -> QLabel:
    """A plain label whose words wrap and can be selected.

    Args:
        text: Shown as it is.
        role: Which of the style sheet's colours it has, for instance `muted`; empty for that of text.
        scale: Size, of that of the program's font.
        bold: Heavier than the rest.
    """
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setText(text)
    label.setWordWrap(True)
    label.setTextInteractionFlags(_SELECTABLE)
    label.setFont(scaled_font(label.font(), scale, bold=bold))
    set_role(label, role)
    return label


def scaled_font(font: QFont, scale: float, *, bold: bool = False) -> QFont:
    """`font` at `scale` times its size; it may be given in points or in pixels."""
    made = QFont(font)
    if font.pointSizeF() > 0:
        made.setPointSizeF(font.pointSizeF() * scale)
    else:
        made.setPixelSize(round(font.pixelSize() * scale))
    made.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return made


def set_role(widget: QWidget, role: str) -> None:
    """Give `widget` the look the style sheet keeps for `role`."""
    if widget.property("role") == role:
        return
    widget.setProperty("role", role)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def rule() -> QFrame:
    """A thin line between parts of a panel."""
    line = QFrame()
    set_role(line, "rule")
    return line
