"""Hidden parts on the film: what stands in their place, their outlines, what is being drawn, and the brush itself."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen

from radassist.domain.whatif import HiddenPart, Region
from radassist.gui.explain.hide_hand import HideHand
from radassist.gui.explain.hide_shape import HideShape, region_path
from radassist.gui.film.image_view import FilmView
from radassist.gui.theme import Theme

_HALO = QColor(0, 0, 0, 150)
_WASH = 70


class HideLayer:
    """Paints over the film of `view`, turned, flipped and enlarged with it; what is hidden is as the network gets it.

    Attributes:
        is_shown: Whether what is hidden is painted; the hand's own things always are.
    """

    def __init__(self, view: FilmView, hand: HideHand, theme: Theme) -> None:
        self._view, self._hand, self._theme = view, hand, theme
        self._outlines: list[QPainterPath] = []
        self._part: HiddenPart | None = None
        self._image: QImage | None = None
        self.is_shown = False
        view.layers.append(self.paint)
        hand.changed.connect(view.viewport().update)

    def show(self, regions: Sequence[Region], part: HiddenPart | None = None) -> None:
        """Outline `regions`, and paint `part` in their place where it is known."""
        self._outlines = [region_path(region) for region in regions]
        self._part, self._image = part, _image(part) if part else None
        self._view.viewport().update()

    def paint(self, painter: QPainter) -> None:
        """Draw what is to be drawn; the painter is the viewport's."""
        if self.is_shown:
            self._paint_hidden(painter)
        if self._hand.shape is not None:
            self._paint_hand(painter)

    def _paint_hidden(self, painter: QPainter) -> None:
        if self._part is not None and self._image is not None:
            painter.save()
            painter.setTransform(self._view.film_transform)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(QPointF(self._part.column, self._part.row), self._image)
            painter.restore()
        for outline in self._outlines:
            self._draw(painter, outline, self._theme.mark, is_filled=self._image is None)

    def _paint_hand(self, painter: QPainter) -> None:
        stroke = self._hand.stroke
        if stroke is not None:
            self._draw(painter, region_path(stroke), self._theme.mark_chosen, is_filled=True)
        if self._hand.shape is HideShape.BRUSH and self._hand.pointer is not None:
            row, column = self._hand.pointer
            circle = QPainterPath()
            circle.addEllipse(QPointF(column, row), self._hand.radius, self._hand.radius)
            self._draw(painter, circle, self._theme.mark_chosen, is_filled=False)

    def _draw(self, painter: QPainter, path: QPainterPath, color: str, *, is_filled: bool) -> None:
        """`path`, in film pixels, with a dark rim that is seen on white bone and black air alike."""
        on_view = self._view.film_transform.map(path)
        if is_filled:
            wash = QColor(color)
            wash.setAlpha(_WASH)
            painter.fillPath(on_view, wash)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for tint, width in ((_HALO, 3.5), (QColor(color), 1.5)):
            painter.setPen(QPen(tint, width))
            painter.drawPath(on_view)


def _image(part: HiddenPart) -> QImage:
    """Grey where the film is hidden, see-through elsewhere."""
    pixels = np.empty((*part.grey.shape, 4), np.uint8)
    pixels[..., :3] = np.where(part.mask, part.grey, 0)[..., None]
    pixels[..., 3] = np.where(part.mask, 255, 0)
    height, width = part.grey.shape
    return QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_ARGB32_Premultiplied).copy()
