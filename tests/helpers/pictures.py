"""Films of given pixels, and widgets and items as arrays of what the screen would show."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage, QPainter, QTransform
from PySide6.QtWidgets import QGraphicsItem, QGraphicsScene, QWidget

from radassist.domain.radiograph import Radiograph, Window
from radassist.domain.study import Identity


def film_of(pixels: NDArray, *, identity: Identity | None = None, **facts) -> Radiograph:
    """A film whose default window shows every value its pixel type can hold."""
    limits = np.iinfo(pixels.dtype)
    window = Window((limits.min + limits.max + 1) / 2, float(limits.max) - limits.min + 1, name="Full range")
    facts = {"bits_stored": pixels.itemsize * 8, "windows": (window,), **facts}
    return Radiograph(pixels=pixels, identity=identity or Identity(), **facts)


def smooth_film(height: int = 300, width: int = 400, dtype: type = np.uint16, **facts) -> Radiograph:
    """A film with soft shadows that use much of the range, different in every direction."""
    rows, columns = np.mgrid[0:height, 0:width] / max(height, width)
    values = 0.5 + 0.3 * np.sin(5 * columns + 2 * rows) * np.cos(3 * rows) + 0.1 * rows
    return film_of((values * np.iinfo(dtype).max).astype(dtype), **facts)


def grab(widget: QWidget) -> NDArray[np.uint8]:
    """What the widget shows: (H, W, 3) uint8 in device pixels."""
    return as_array(widget.grab().toImage())


def as_array(image: QImage) -> NDArray[np.uint8]:
    """(H, W, 3) uint8 copy of a picture."""
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    flat = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return flat[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).copy()


def paint_item(item: QGraphicsItem, size: tuple[int, int], transform: QTransform) -> NDArray[np.uint8]:
    """A top-level item drawn over black: (height, width, 3) of `size`, its scene mapped by `transform`."""
    scene = QGraphicsScene()
    scene.addItem(item)
    picture = QImage(size[1], size[0], QImage.Format.Format_RGB32)
    picture.fill(0)
    inverse, _ = transform.inverted()
    target = picture.rect().toRectF()
    with QPainter(picture) as painter:
        scene.render(painter, target, inverse.mapRect(target))
    scene.removeItem(item)
    return as_array(picture)
