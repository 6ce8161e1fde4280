"""The film on the screen: an item that paints stored values through a table, at the resolution the screen can show.

Its coordinates are film pixels: pixel (row, column) covers `column` to `column + 1` in x and `row` to `row + 1` in y.
"""

from math import floor, hypot, log2

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QImage, QPainter, QTransform
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from radassist.domain.radiograph import LookupTable, Radiograph, Window
from radassist.gui.film.film_levels import FilmLevels
from radassist.gui.film.kept_paint import KeptPaint
from radassist.gui.film.pyramid import Pyramid
from radassist.imaging import rendering


class FilmItem(QGraphicsItem):
    """One radiograph, shown through one window.

    While the window moves, the table is laid on a reduced copy of the stored values, so that a frame costs about as
    much as the screen has pixels. At rest the grey of every pixel is computed first and reduced then; for the file's
    default window that may have been done before, in `levels`.

    Attributes:
        film: What is shown.
        is_settled: Whether the window stands still.
    """

    def __init__(self, film: Radiograph, levels: FilmLevels | None = None) -> None:
        super().__init__()
        self.film = film
        self._values = levels.values if levels else Pyramid(film.pixels, film.padding)
        self._table = rendering.grey_table(film)
        self._greys = levels.greys if levels else None
        self._kept = KeptPaint()
        self.is_settled = True
        # Cells of a map may reach over the film's edge, where they would colour what is no film.
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemClipsChildrenToShape)
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)
        self.setTransform(QTransform.fromScale(1.0, film.aspect))

    def show_window(self, window: Window | LookupTable, *, invert: bool, settled: bool) -> None:
        """Show the film through `window`; `settled` is False while the reader is still moving it."""
        self._table = rendering.grey_table(self.film, window, invert=invert)
        self._greys = None
        self.is_settled = settled
        self._kept.forget()
        self.update()

    def boundingRect(self) -> QRectF:  # noqa: D102, N802 - Qt's
        return QRectF(0, 0, self.film.width, self.film.height)

    def paint(  # noqa: D102 - Qt's
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        target = option.exposedRect.intersected(self.boundingRect())
        if target.isEmpty():
            return
        if widget is None or not self.is_settled:
            self._paint(painter, target)
        else:
            self._kept.paint(painter, widget.size(), target, self._paint)

    def _paint(self, painter: QPainter, target: QRectF) -> None:
        """Paint the part `target` of the film, in film pixels."""
        scale = _scale_of(painter.deviceTransform())
        level = self._level_for(scale)
        region = _pixels_under(target, level, self._values.level(level).shape)
        image = _as_image(self._grey(level, region))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(target, image, _within(target, region, level))

    def _level_for(self, scale: float) -> int:
        """At rest the coarsest copy that is still finer than the screen; on the move the one nearest to it."""
        halvings = -log2(max(scale, 1e-6))
        deepest = max(self.film.width, self.film.height).bit_length()
        return min(max(floor(halvings if self.is_settled else halvings + 0.5), 0), deepest)

    def _grey(self, level: int, region: QRect) -> NDArray[np.uint8]:
        rows = slice(region.top(), region.top() + region.height())
        columns = slice(region.left(), region.left() + region.width())
        if not self.is_settled:
            return rendering.apply_table(self._values.level(level)[rows, columns], self._table)
        if self._greys is None:
            self._greys = Pyramid(rendering.apply_table(self.film.pixels, self._table))
        return np.ascontiguousarray(self._greys.level(level)[rows, columns], np.uint8)


def _scale_of(transform: QTransform) -> float:
    """Screen pixels a film pixel, along whichever axis has more."""
    return max(hypot(transform.m11(), transform.m12()), hypot(transform.m21(), transform.m22()))


def _pixels_under(target: QRectF, level: int, shape: tuple[int, ...]) -> QRect:
    """Pixels of a level that `target` (film pixels) needs, with one around it for blending."""
    step = float(1 << level)
    needed = QRectF(target.left() / step, target.top() / step, target.width() / step, target.height() / step)
    return needed.toAlignedRect().adjusted(-1, -1, 1, 1).intersected(QRect(0, 0, shape[1], shape[0]))


def _within(target: QRectF, region: QRect, level: int) -> QRectF:
    """Where `target` (film pixels) lies in the image of `region` (pixels of `level`)."""
    step = float(1 << level)
    return QRectF(
        target.left() / step - region.left(),
        target.top() / step - region.top(),
        target.width() / step,
        target.height() / step,
    )


def _as_image(grey: NDArray[np.uint8]) -> QImage:
    """An image over the array's own memory: valid as long as the array lives."""
    height, width = grey.shape
    return QImage(grey.data, width, height, grey.strides[0], QImage.Format.Format_Grayscale8)
