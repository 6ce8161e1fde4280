"""The kernels of a network's first layer side by side: what it looks for in the film itself."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QRect, QSize
from PySide6.QtGui import QColor, QHelpEvent, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from radassist.gui.film.images import grey_image
from radassist.gui.theme import Theme

_SIDE, _GAP = 40, 6
Kernels = NDArray[np.float32]


class KernelSheet(QWidget):
    """Grey from minus the largest weight of all, black, over 0 to the largest, white, so that kernels compare.

    Of kernels over several input channels the channels stand side by side. The tool tip has the numbers.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._kernels: Kernels | None = None
        self._pictures: list[QImage] = []
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def pictures(self) -> tuple[QImage, ...]:
        """One a kernel, a pixel a weight."""
        return tuple(self._pictures)

    def show_kernels(self, kernels: Kernels | None) -> None:
        """Show (filters, channels, height, width), or nothing."""
        self._kernels = kernels
        self._pictures = [] if kernels is None else _pictures(kernels)
        self.setAccessibleName(_words(kernels))
        self.setVisible(bool(self._pictures))
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:  # noqa: D102, N802 - Qt's
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: D102, N802 - Qt's
        rows = -(-len(self._pictures) // self._columns(width))
        return rows * (_SIDE + _GAP)

    def sizeHint(self) -> QSize:  # noqa: D102, N802 - Qt's
        return QSize(480, self.heightForWidth(480))

    def event(self, event: QEvent) -> bool:  # noqa: D102 - Qt's
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.numbers_at(event.pos()), self)
            return True
        return super().event(event)

    def numbers_at(self, point: QPoint) -> str:
        """The weights of the kernel at `point`, row by row; empty beside the kernels."""
        places = [self._place(index) for index in range(len(self._pictures))]
        index = next((at for at, place in enumerate(places) if place.contains(point)), None)
        if index is None or self._kernels is None:
            return ""
        rows = np.concatenate(list(self._kernels[index]), axis=1).tolist()
        return f"Channel {index}\n" + "\n".join("  ".join(f"{weight:.3f}" for weight in row) for row in rows)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102, N802 - Qt's
        with QPainter(self) as painter:
            painter.setPen(QColor(self._theme.border))
            for index, picture in enumerate(self._pictures):
                place = self._place(index)
                painter.drawImage(place, picture)
                painter.drawRect(place.adjusted(0, 0, -1, -1))

    def _place(self, index: int) -> QRect:
        row, column = divmod(index, self._columns(self.width()))
        return QRect(column * (self._wide() + _GAP), row * (_SIDE + _GAP), self._wide(), _SIDE)

    def _columns(self, width: int) -> int:
        return max(1, (width + _GAP) // (self._wide() + _GAP))

    def _wide(self) -> int:
        return round(_SIDE * self._pictures[0].width() / self._pictures[0].height()) if self._pictures else _SIDE


def _pictures(kernels: Kernels) -> list[QImage]:
    largest = float(np.abs(kernels).max()) or 1.0
    greys = np.rint(127.5 + 127.5 * kernels / largest).astype(np.uint8)
    return [grey_image(np.concatenate(list(kernel), axis=1)) for kernel in greys]


def _words(kernels: Kernels | None) -> str:
    if kernels is None:
        return "No kernels"
    filters, channels, height, width = kernels.shape
    over = f" over {channels} channels" if channels > 1 else ""
    return f"{filters} kernels of {height} × {width}{over}"
