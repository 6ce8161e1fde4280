"""The kernel of a first-layer channel as a picture: what the channel looks for in the film itself."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from radassist.domain.network_facts import NetworkFacts
from radassist.gui.theme import Theme

_SIDE = 72


class KernelPicture(QWidget):
    """Grey from minus the largest weight, black, over 0 to the largest, white; several input channels side by side."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._cells: NDArray[np.float32] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.hide()

    @property
    def cells(self) -> NDArray[np.float32] | None:
        """The weights, (height, width); None for no kernel."""
        return self._cells

    def show_kernel(self, kernel: NDArray[np.float32] | None) -> None:
        """Show a kernel, (channels, height, width), or nothing."""
        self._cells = None if kernel is None else np.concatenate(list(kernel), axis=1)
        self.setVisible(kernel is not None)
        if self._cells is not None:
            rows = "\n".join("  ".join(f"{weight:.3f}" for weight in row) for row in self._cells.tolist())
            self.setToolTip(rows)
            self.setAccessibleName("Kernel")
            self.setAccessibleDescription(rows)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: D102, N802 - Qt's
        if self._cells is None:
            return QSize(0, 0)
        height, width = self._cells.shape
        return QSize(round(_SIDE * min(3.0, width / height)), _SIDE)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102, N802 - Qt's
        if self._cells is None:
            return
        height, width = self._cells.shape
        largest = float(np.abs(self._cells).max()) or 1.0
        cell_width, cell_height = self.width() / width, self.height() / height
        with QPainter(self) as painter:
            for (row, column), weight in np.ndenumerate(self._cells):
                grey = round(127.5 + 127.5 * float(weight) / largest)
                place = QRectF(column * cell_width, row * cell_height, cell_width, cell_height)
                painter.fillRect(place, QColor(grey, grey, grey))
            painter.setPen(QColor(self._theme.border))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))


def kernel_of(facts: NetworkFacts, block: str, channel: int) -> NDArray[np.float32] | None:
    """The kernel that alone makes channel `channel` of `block` from the film, (channels, height, width).

    There is one where the block holds the network's first convolution and no other.
    """
    convolutions = [layer for layer in facts.layers if layer.kind.startswith("Conv")]
    own = [layer for layer in convolutions if layer.block == block]
    if facts.kernels is None or len(own) != 1 or own[0] is not convolutions[0] or channel >= len(facts.kernels):
        return None
    kernel: NDArray[np.float32] = facts.kernels[channel]
    return kernel
