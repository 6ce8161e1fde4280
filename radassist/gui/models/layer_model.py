"""The layers of a network as a Qt table, in the order of the forward pass."""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from radassist.domain.network_facts import LAYER_HEADS, LayerRow, NetworkFacts

AnyIndex = QModelIndex | QPersistentModelIndex

PARAMETERS, MULTIPLY_ADDS, FIELD = 3, 4, 5
"""Columns with numbers."""
SHARE_ROLE = int(Qt.ItemDataRole.UserRole)
"""The number of a cell as a share of its column's largest, in [0, 1]; None where it has none."""
_NOWHERE = QModelIndex()
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class LayerTableModel(QAbstractTableModel):
    """One row a layer.

    Attributes:
        layers: What is shown.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.layers: tuple[LayerRow, ...] = ()
        self._largest = {PARAMETERS: 1, MULTIPLY_ADDS: 1}

    def show_facts(self, facts: NetworkFacts | None) -> None:
        """Show the layers of `facts` and no others."""
        self.beginResetModel()
        self.layers = facts.layers if facts else ()
        self._largest = {
            PARAMETERS: max((layer.parameters for layer in self.layers), default=0) or 1,
            MULTIPLY_ADDS: max((layer.multiply_adds for layer in self.layers), default=0) or 1,
        }
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:  # noqa: D102, N802 - Qt's
        return 0 if parent.isValid() else len(self.layers)

    def columnCount(self, parent: AnyIndex = _NOWHERE) -> int:  # noqa: D102, N802 - Qt's
        return 0 if parent.isValid() else len(LAYER_HEADS)

    def headerData(  # noqa: D102, N802 - Qt's
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return LAYER_HEADS[section].capitalize()
        return _RIGHT if role == Qt.ItemDataRole.TextAlignmentRole and section in (3, 4, 5) else None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:  # noqa: D102 - Qt's
        if not index.isValid():
            return None
        layer, column = self.layers[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return layer.cells[column]
        if role == Qt.ItemDataRole.TextAlignmentRole and column in (PARAMETERS, MULTIPLY_ADDS, FIELD):
            return _RIGHT
        if role == SHARE_ROLE and column in self._largest:
            number = layer.parameters if column == PARAMETERS else layer.multiply_adds
            return number / self._largest[column]
        return None
