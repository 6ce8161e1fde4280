"""The channels of one block as a Qt list: in an order, each with a small picture made when it is first seen."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QImage

from radassist.domain.analysis import FeatureMap
from radassist.explain.feature_maps import Grid, display_range, has_signal
from radassist.imaging.rendering import ColorMap, to_rgba

_NOWHERE = QModelIndex()
_MINUS = "\N{MINUS SIGN}"
_MOST_CELLS = 64


class ChannelListModel(QAbstractListModel):
    """Highest value first; without values in order of number."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._block: FeatureMap | None = None
        self._color_map = ColorMap.INFERNO
        self._range: tuple[float, float] | None = None
        self._values: NDArray[np.float32] | None = None
        self._order: list[int] = []
        self._pictures: dict[int, QImage | None] = {}

    def show_block(self, block: FeatureMap | None, color_map: ColorMap, *, one_scale: bool) -> None:
        """Show the channels of `block`, without values.

        Args:
            block: None for none.
            color_map: Of the pictures.
            one_scale: Whether colours run over the values of the whole block, so that channels compare, or each
                channel's over its own.
        """
        self.beginResetModel()
        self._block, self._color_map, self._values = block, color_map, None
        self._range = display_range(block.activations) if block is not None and one_scale else None
        self._order = list(range(len(block.activations))) if block is not None else []
        self._pictures.clear()
        self.endResetModel()

    def show_values(self, values: NDArray[np.float32], order: tuple[int, ...]) -> None:
        """Order the channels by `order` and say each one's value, (channels,)."""
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        channels = [self._order[index.row()] for index in before]
        self._values, self._order = values, list(order)
        self.changePersistentIndexList(before, [self.index(self._order.index(channel)) for channel in channels])
        self.layoutChanged.emit()

    def channel(self, row: int) -> int:
        """Number of the channel in `row`."""
        return self._order[row]

    def row_of(self, channel: int) -> int | None:
        """Where a channel stands; None where the block has no such channel."""
        return self._order.index(channel) if channel in self._order else None

    def value(self, channel: int) -> str:
        """The value of a channel in print; an ellipsis while it is not known."""
        if self._values is None:
            return "…"
        return f"{float(self._values[channel]):.3g}".replace("-", _MINUS)

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:  # noqa: D102, N802 - Qt's
        return 0 if parent.isValid() else len(self._order)

    def data(  # noqa: D102 - Qt's
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        channel = self._order[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{channel}\n{self.value(channel)}"
        if role == Qt.ItemDataRole.DecorationRole:
            return self._picture(channel)
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return f"Channel {channel}: {self.value(channel)}"
        return None

    def _picture(self, channel: int) -> QImage | None:
        if channel not in self._pictures and self._block is not None:
            self._pictures[channel] = self._made(self._block.activations[channel])
        return self._pictures.get(channel)

    def _made(self, grid: Grid) -> QImage | None:
        if not has_signal(grid):
            return None
        step = -(-max(grid.shape) // _MOST_CELLS)
        low, high = self._range or display_range(grid)
        rgba = to_rgba(grid[::step, ::step], low, high, self._color_map)
        height, width = rgba.shape[:2]
        return QImage(rgba.tobytes(), width, height, 4 * width, QImage.Format.Format_RGBA8888).copy()
