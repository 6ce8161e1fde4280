"""A list to choose from whose chosen entry ends in an ellipsis where there is no room for all of it."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QHelpEvent, QPaintEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QStylePainter, QToolTip

from radassist.gui.widgets.plain_text import as_markup

_FRAME = 16
"""What the list lays round its entries, in logical pixels."""


class ElidingBox(QComboBox):
    """Qt itself cuts such words in the middle of a letter. A cut entry stands whole in the list and the tool tip."""

    @property
    def shown_words(self) -> str:
        """As much of the chosen entry as there is room for."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        return self._elided(option)

    def event(self, event: QEvent) -> bool:  # noqa: D102 - Qt's
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            whole = self.currentText() if self.shown_words != self.currentText() else ""
            lines = [line for line in (whole, self.toolTip()) if line]
            QToolTip.showText(event.globalPos(), as_markup("\n".join(lines)) if lines else "", self)
            return True
        return super().event(event)

    def showPopup(self) -> None:  # noqa: D102, N802 - Qt's
        self.view().setMinimumWidth(self.view().sizeHintForColumn(0) + _FRAME)
        super().showPopup()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102, N802 - Qt's
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        if self.currentIndex() < 0:
            option.currentText = self.placeholderText()
        option.currentText = self._elided(option)
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()

    def _elided(self, option: QStyleOptionComboBox) -> str:
        part = QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, self).width() - 4
        return option.fontMetrics.elidedText(option.currentText, Qt.TextElideMode.ElideRight, room)
