"""What was painted last, kept for as long as it is asked for again: a film at rest under maps and marks that move."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QTransform

_Key = tuple[QTransform, QRectF, QSize, float]


class KeptPaint:
    """Paints through a picture of the view once the same is asked for twice; a moving view costs nothing more.

    Reducing or enlarging a film to the size of the screen takes several times as long as copying what came of it.
    """

    def __init__(self) -> None:
        self._key: _Key | None = None
        self._picture: QImage | None = None

    @property
    def is_kept(self) -> bool:
        """Whether the next paint under the same conditions is a copy."""
        return self._picture is not None

    def forget(self) -> None:
        """What is painted has changed."""
        self._key = self._picture = None

    def paint(self, painter: QPainter, view: QSize, target: QRectF, paint: Callable[[QPainter, QRectF], None]) -> None:
        """Have `target` painted by `paint`, or copy what came of it before.

        Args:
            painter: Of the view.
            view: Size of the view in its own pixels.
            target: In the coordinates of whoever paints.
            paint: What paints, given a painter with the same transform.
        """
        device = painter.device()
        key = (painter.worldTransform(), target, view, device.devicePixelRatio() if device else 1.0)
        if key != self._key:
            self._key, self._picture = key, None
            paint(painter, target)
            return
        if self._picture is None:
            self._picture = _painted(key, paint)
        painter.save()
        painter.setWorldTransform(QTransform())
        painter.drawImage(QPointF(0, 0), self._picture)
        painter.restore()


def _painted(key: _Key, paint: Callable[[QPainter, QRectF], None]) -> QImage:
    transform, target, view, ratio = key
    picture = QImage(view * ratio, QImage.Format.Format_ARGB32_Premultiplied)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    with QPainter(picture) as painter:
        painter.setWorldTransform(transform)
        paint(painter, target)
    return picture
