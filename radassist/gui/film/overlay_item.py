"""A coloured map over the film, sitting on the film's own pixels under every zoom, turn and flip."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter, QTransform
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from radassist.gui.film.overlay import Overlay

_BLENDED_SIDE = 512


class OverlayItem(QGraphicsItem):
    """One overlay; its coordinates are map cells, which its transform lays on the film pixels of its parent.

    A smooth map is blended here and not by the painter, whose interpolation has too few steps for cells of hundreds of
    pixels.

    Attributes:
        words: What the map is.
    """

    def __init__(self, overlay: Overlay, parent: QGraphicsItem) -> None:
        super().__init__(parent)
        self.words = overlay.words
        self._height, self._width = overlay.rgba.shape[:2]
        self._is_smooth = overlay.smooth
        self._pixels = _premultiplied(overlay.rgba)
        if overlay.smooth:
            self._pixels = blend_cells(self._pixels, max(1, _BLENDED_SIDE // max(self._height, self._width)))
        cell_height, cell_width = overlay.cell_size
        self.setTransform(QTransform.fromScale(cell_width, cell_height))

    def boundingRect(self) -> QRectF:  # noqa: D102, N802 - Qt's
        return QRectF(0, 0, self._width, self._height)

    def paint(  # noqa: D102 - Qt's
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self._is_smooth)
        painter.drawImage(self.boundingRect(), _as_image(self._pixels))


def blend_cells(cells: NDArray[np.uint8], factor: int) -> NDArray[np.uint8]:
    """Bilinear enlargement that keeps cell centres in place and repeats the cells of the edge outwards.

    Args:
        cells: (h, w, 4), alpha premultiplied, so that a see-through cell lends its neighbours no colour.
        factor: Pixels a cell, along each side.

    Returns:
        (h * factor, w * factor, 4) uint8.
    """
    height, width = cells.shape[:2]
    # Four plain channels to Pillow, which would divide RGBA by its alpha; its centres are those of the cells.
    picture = Image.frombytes("CMYK", (width, height), cells.tobytes())
    return np.asarray(picture.resize((width * factor, height * factor), Image.Resampling.BILINEAR))


def _premultiplied(rgba: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """In the order of ARGB32 on little-endian machines, which Qt paints a third faster than any other: BGRA."""
    alpha = rgba[..., 3:].astype(np.uint16)
    color = (rgba[..., 2::-1] * alpha + 127) // 255
    return np.concatenate((color, alpha), axis=2).astype(np.uint8)


def _as_image(pixels: NDArray[np.uint8]) -> QImage:
    height, width = pixels.shape[:2]
    return QImage(pixels.data, width, height, pixels.strides[0], QImage.Format.Format_ARGB32_Premultiplied)
