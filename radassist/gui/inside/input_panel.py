"""What the network saw: its very input, pixel by pixel, and how it came from the film."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from radassist.domain.explanation import NetworkPicture
from radassist.gui.explain.busy_row import BusyRow
from radassist.gui.film.images import grey_image
from radassist.gui.widgets.labels import text_label

_NO_FILM = "What the network gets of a film is shown when its score is."


class InputPanel(QWidget):
    """The input in whole screen pixels, with words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("input_panel")
        self.setAccessibleName("What the network saw")
        self.picture = ExactPicture()
        self.title, self.words = text_label(bold=True), text_label(role="muted", scale=0.9)
        self.busy = BusyRow("What the network got is being asked for")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 10, 14, 14)
        layout.setSpacing(8)
        for widget in (self.title, self.picture, self.words, self.busy):
            layout.addWidget(widget)
        layout.addStretch(1)
        self.say(_NO_FILM)

    def say(self, sentence: str = _NO_FILM) -> None:
        """No picture: why."""
        self.busy.hide()
        self.title.hide()
        self.picture.show_grey(None)
        self.words.setText(sentence)

    def show_waiting(self, sentence: str) -> None:
        """No picture yet: say what is being waited for."""
        self.say(sentence)
        self.busy.show_waiting()

    def show_picture(self, seen: NetworkPicture) -> None:
        """Show what the network got, and between which numbers it was put in."""
        self.busy.hide()
        height, width = seen.grey.shape
        self.title.setText(f"{height}×{width} pixels went into the network")
        self.title.show()
        self.picture.show_grey(seen.grey)
        low, high = (f"{value:.3g}".replace("-", "\N{MINUS SIGN}") for value in (seen.array.min(), seen.array.max()))
        channels = "one channel" if len(seen.array) == 1 else f"{len(seen.array)} channels"
        self.words.setText(
            f"Every pixel as it was put in, as {channels} of numbers from {low} to {high}. The outline on the film "
            "is the part it was made from. Window, zoom and turns of the view do not reach the network."
        )


class ExactPicture(QWidget):
    """A grey picture at one or more whole screen pixels a pixel; smaller only where it would not fit in."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image: QImage | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName("Input of the network")

    @property
    def image(self) -> QImage | None:
        """What is shown."""
        return self._image

    def show_grey(self, grey: NDArray[np.uint8] | None) -> None:
        """Show `grey`, (h, w), or nothing."""
        self._image = None if grey is None else grey_image(grey)
        self.setVisible(grey is not None)
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:  # noqa: D102, N802 - Qt's
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: D102, N802 - Qt's
        return self._size(width).height()

    def sizeHint(self) -> QSize:  # noqa: D102, N802 - Qt's
        return self._size(self._image.width() if self._image else 0)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102, N802 - Qt's
        if self._image is None:
            return
        size = self._size(self.width())
        place = QRect((self.width() - size.width()) // 2, 0, size.width(), size.height())
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, size.width() < self._image.width())
            painter.drawImage(place, self._image)

    def _size(self, width: int) -> QSize:
        if self._image is None:
            return QSize(0, 0)
        times = width // self._image.width()
        if times >= 1:
            return self._image.size() * times
        return QSize(width, round(width * self._image.height() / self._image.width()))
