"""The table of layers, with a bar behind each number of parameters and multiply-adds: where the work lies."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from radassist.domain.network_facts import NetworkFacts
from radassist.gui.models.layer_model import MULTIPLY_ADDS, PARAMETERS, SHARE_ROLE, LayerTableModel
from radassist.gui.theme import Theme, mix

_BAR, _MARGIN = 3, 6


class LayerTable(QTableView):
    """One row can be chosen.

    Signals:
        block_chosen(str): The block of the layer that is marked; empty for a layer of none.
    """

    block_chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.layers = LayerTableModel(self)
        self.setModel(self.layers)
        self.setAccessibleName("Layers of the network")
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.horizontalHeader().setHighlightSections(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 8)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.horizontalHeader().setStretchLastSection(True)
        self._bars = ShareDelegate(theme, self)
        for column in (PARAMETERS, MULTIPLY_ADDS):
            self.setItemDelegateForColumn(column, self._bars)
        self.selectionModel().selectionChanged.connect(lambda *_: self._on_marked())

    def show_facts(self, facts: NetworkFacts | None) -> None:
        """Show another network, or none; no layer is marked then."""
        self.layers.show_facts(facts)
        self.block_chosen.emit("")

    def _on_marked(self) -> None:
        rows = self.selectionModel().selectedRows()
        self.block_chosen.emit(self.layers.layers[rows[0].row()].block if rows else "")


class ShareDelegate(QStyledItemDelegate):
    """A number with a thin bar below it, as long as its share of the column's largest."""

    def __init__(self, theme: Theme, view: QTableView) -> None:
        super().__init__(view)
        self._theme = theme

    def paint(  # noqa: D102 - Qt's
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().paint(painter, option, index)
        share = index.data(SHARE_ROLE)
        if share:
            place: QRect = option.rect
            length = max(1, round((place.width() - 2 * _MARGIN) * share))
            color = mix(self._theme.accent, self._theme.window, 0.25)
            painter.fillRect(place.right() - _MARGIN - length, place.bottom() - _BAR, length, _BAR, QColor(color))
