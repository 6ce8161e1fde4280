"""What a screen with more pixels than points shows. A program of its own, since Qt is told so once, at its start.

python dense_screen.py FILE.npz
"""

import sys

import numpy as np
from helpers.mouse import hover
from helpers.pictures import film_of, grab
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication

from radassist.domain.measurement import FilmMarks, Mark, MarkKind, Point
from radassist.gui.film.image_view import FilmView
from radassist.gui.film.overlay import Overlay
from radassist.gui.measure.mark_book import MarkBook
from radassist.gui.measure.mark_layer import MarkLayer
from radassist.gui.theme import load_theme
from radassist.gui.widgets.sign import Sign

WIDTH, HEIGHT = 600, 480
CELL = 60
LINE = Mark(MarkKind.LENGTH, (Point(120, 100), Point(480, 370)))
HOVERED = QPoint(70, 55)


def film_pixels() -> np.ndarray:
    """A film of noise: no pixel can be taken for its neighbour."""
    return np.random.default_rng(5).integers(0, 256, (HEIGHT, WIDTH), dtype=np.uint8)


def main() -> None:
    """Show a film one to one, then with a map, then with a mark, and keep what the screen had."""
    app = QApplication(sys.argv)
    theme = load_theme("dark")
    view = FilmView(theme)
    view.resize(WIDTH // 2, HEIGHT // 2)
    view.show()
    view.set_radiograph(film_of(film_pixels()))
    view.set_corner_texts_visible(False)
    view.actual_size()
    app.processEvents()
    told: list[object] = []
    view.pointer_moved.connect(told.append)
    hover(view, HOVERED)
    kept = {"ratio": view.devicePixelRatioF(), "zoom": view.zoom, "film": grab(view)}
    kept["pointer"] = np.array([view.pointer.y(), view.pointer.x()])  # QTest rounds on such a screen
    kept["under"] = np.array([told[-1].row, told[-1].column, told[-1].value.stored])

    rgba = np.zeros((HEIGHT // CELL, WIDTH // CELL, 4), np.uint8)
    rgba[3, 4] = (255, 0, 0, 255)
    view.set_overlay_opacity(1.0)
    view.set_overlay(Overlay(rgba, (CELL, CELL), smooth=False))
    kept["overlay"] = grab(view)
    view.set_overlay(None)

    layer = MarkLayer(view, MarkBook(view), theme)
    view.layers.append(layer.paint)
    layer._book.put(layer.digest, FilmMarks((LINE,), None))
    kept["marks"] = grab(view)

    sign = Sign(theme, 16)
    sign.show_drawing("warning", lambda colors: colors.text)
    kept["sign"] = grab(sign)
    np.savez(sys.argv[1], **kept)


if __name__ == "__main__":
    main()
