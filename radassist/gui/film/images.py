"""Arrays as Qt pictures."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage


def grey_image(grey: NDArray[np.uint8]) -> QImage:
    """A picture with its own copy of `grey`, (h, w) uint8."""
    rows = np.ascontiguousarray(grey)
    height, width = rows.shape
    return QImage(rows.data, width, height, width, QImage.Format.Format_Grayscale8).copy()
