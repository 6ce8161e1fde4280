"""What a reader's hand waits for: a frame of a window drag, the next film, and the list of 10,000 films.

    python benchmarks/viewer.py [--side 3000] [--width 1600] [--height 1200] [--frames 60] [--films 10000] [--cpu]

Drag and change of films stand beside a plain viewer that does what comes first to mind: the whole film through the
window in floating point, made a QPixmap, scaled by the scene. PageDown goes through the whole program's window, with
answer and maps of the next film ready, as they are when films are read ahead. All paint off screen; medians of wall
time, or with --cpu of processor time, which says more where other programs keep the machine busy.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QGraphicsPixmapItem, QGraphicsScene, QGraphicsView, QLineEdit

from radassist.app import make_window
from radassist.domain.analysis import Analysis
from radassist.domain.radiograph import Radiograph, Window
from radassist.domain.study import FilmSource, Identity
from radassist.domain.worklist import WorklistItem
from radassist.gui.film.film_cache import CachedFilm
from radassist.gui.film.film_levels import make_levels
from radassist.gui.film.image_view import FilmView
from radassist.gui.settings import WindowSettings
from radassist.gui.theme import load_theme
from radassist.gui.worklist.worklist_model import WorklistTableModel
from radassist.gui.worklist.worklist_order import Order
from radassist.gui.worklist.worklist_panel import WorklistPanel
from radassist.inference.predictor import load_predictor

_clock = time.process_time if "--cpu" in sys.argv else time.perf_counter
_LEFT, _NO_KEY = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


class PlainViewer(QGraphicsView):
    """The film as a pixmap, made anew for every window."""

    def __init__(self) -> None:
        super().__init__()
        self.setScene(QGraphicsScene(self))
        self._item = QGraphicsPixmapItem()
        self._item.setTransformationMode(Qt.TransformationMode.SmoothTransformation)
        self.scene().addItem(self._item)

    def show_film(self, film: Radiograph, center: float, width: float) -> None:
        """The whole film through one window."""
        share = np.clip((film.pixels.astype(np.float64) - center) / width + 0.5, 0, 1)
        grey = (share * 255).astype(np.uint8)
        image = QImage(grey.data, film.width, film.height, film.width, QImage.Format.Format_Grayscale8)
        self._item.setPixmap(QPixmap.fromImage(image))
        self.fitInView(self._item, Qt.AspectRatioMode.KeepAspectRatio)


def main() -> None:
    """Print medians and ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name, default in (("side", 3000), ("width", 1600), ("height", 1200), ("frames", 60), ("films", 10_000)):
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--cpu", action="store_true")
    options = parser.parse_args()
    global _clock
    _clock = time.process_time if options.cpu else time.perf_counter
    application = QApplication(sys.argv[:1])
    films = [_film(options.side, seed) for seed in (0, 1)]
    view, plain = FilmView(load_theme("dark")), PlainViewer()
    for widget in (view, plain):
        widget.resize(options.width, options.height)
        widget.show()
    application.processEvents()
    print(f"{options.side} x {options.side} film of 16 bits in a view of {options.width} x {options.height}")
    _compare("frame of a window drag", _drags(view, films[0], options.frames), _plain_drags(plain, films[0]))
    _compare("change of films", _switches(view, films), _plain_switches(plain, films))
    _tell("PageDown to the next film, read ahead", _page_downs(application, films))
    sorts, filters = _list_times(options.films)
    _tell(f"order of {options.films:,} films changed", sorts)
    _tell(f"filter over {options.films:,} films", filters)


def _film(side: int, seed: int) -> Radiograph:
    """Soft shadows and noise over most of the range."""
    rows, columns = np.mgrid[0:side, 0:side] / side
    shadows = 30_000 + 15_000 * np.sin(7 * columns + seed) * np.cos(5 * rows)
    noisy = shadows + np.random.default_rng(seed).normal(0, 800, shadows.shape)
    return Radiograph(noisy.clip(0, 65_535).astype(np.uint16), 16, (Window(32_768, 65_536),))


def _drags(view: FilmView, film: Radiograph, frames: int) -> list[float]:
    view.set_radiograph(film)
    view.viewport().repaint()
    start = QPoint(view.width() // 2, view.height() // 2)
    QTest.mousePress(view.viewport(), _LEFT, _NO_KEY, start)
    QTest.mouseMove(view.viewport(), start + QPoint(9, 9))

    def frame(number: int) -> None:
        QTest.mouseMove(view.viewport(), start + QPoint(10 + number % 100, 10 - number % 50))
        view.viewport().repaint()

    times = _timed(frame, frames)
    QTest.mouseRelease(view.viewport(), _LEFT, _NO_KEY, start)
    return times


def _plain_drags(plain: PlainViewer, film: Radiograph) -> list[float]:
    def frame(number: int) -> None:
        plain.show_film(film, 30_000 + 100 * number, 40_000)
        plain.viewport().repaint()

    return _timed(frame, 10)


def _switches(view: FilmView, films: list[Radiograph]) -> list[float]:
    def switch(number: int) -> None:
        view.set_radiograph(films[number % 2])
        view.viewport().repaint()

    return _timed(switch, 20)


def _plain_switches(plain: PlainViewer, films: list[Radiograph]) -> list[float]:
    def switch(number: int) -> None:
        plain.show_film(films[number % 2], 32_768, 65_536)
        plain.viewport().repaint()

    return _timed(switch, 10)


def _page_downs(application: QApplication, films: list[Radiograph]) -> list[float]:
    """Films that were read and scored before, each shown by the key, until it is painted."""
    with tempfile.TemporaryDirectory() as home:
        window, presenter = make_window(application, WindowSettings(Path(home) / "window.ini"))
        window.resize(1600, 1000)
        window.show()
        presenter.add_items([WorklistItem(number, FilmSource(Path(f"{number}.dcm"))) for number in range(len(films))])
        predictor = load_predictor(None, "cpu")
        for number, film in enumerate(films):
            (analysis,) = predictor.predict([film], with_blocks=True)
            known = CachedFilm(film, analysis if isinstance(analysis, Analysis) else None, "none", make_levels(film))
            presenter.films._cache.put(number, known)

        def turn(number: int) -> None:
            window.actions_by_id["previous_film" if number % 2 else "next_film"].trigger()
            application.processEvents()

        times = _timed(turn, 20)
        window.close()
        return times


def _list_times(count: int) -> tuple[list[float], list[float]]:
    """Orders and filters of a list whose films all have patients, as the panel is asked for them."""
    model = WorklistTableModel(None)
    panel = WorklistPanel(load_theme("dark"), model)
    panel.resize(320, 800)
    panel.show()
    identities = (Identity(patient_name=f"NAME^{number % 997}", patient_id=str(number)) for number in range(count))
    model.append([WorklistItem(n, FilmSource(Path(f"{n}.dcm")), identity) for n, identity in enumerate(identities)])
    line = panel.findChild(QLineEdit)
    orders = (Order.ARRIVAL, Order.STUDY, Order.SUSPICION)

    def sort(number: int) -> None:
        panel.set_order(orders[number % len(orders)])
        panel.repaint()

    def narrow(number: int) -> None:
        line.setText(f"name {number % 9}")
        line.returnPressed.emit()
        panel.repaint()

    return _timed(sort, 12), _timed(narrow, 12)


def _timed(step: Callable[[int], None], times: int) -> list[float]:
    """Milliseconds of each step, the first left out."""
    taken = []
    for number in range(times + 1):
        began = _clock()
        step(number)
        taken.append((_clock() - began) * 1000)
    return taken[1:]


def _tell(name: str, times: list[float]) -> None:
    print(f"{name}: median {statistics.median(times):.1f} ms (slowest {max(times):.1f})")


def _compare(name: str, ours: list[float], plain: list[float]) -> None:
    ratio = statistics.median(plain) / statistics.median(ours)
    print(
        f"{name}: median {statistics.median(ours):.1f} ms (slowest {max(ours):.1f}), "
        f"plain viewer {statistics.median(plain):.1f} ms: {ratio:.1f} times faster"
    )


if __name__ == "__main__":
    main()
