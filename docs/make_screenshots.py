"""Takes the pictures of the documentation from the real window, with the sample films and the shipped model.

python docs/make_screenshots.py [--out docs/images]
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from radassist.app import make_backing, make_window
from radassist.domain.measurement import Mark, MarkKind, Point
from radassist.domain.radiograph import Radiograph
from radassist.domain.whatif import Brush, Lasso
from radassist.gui.beside.twin_sides import TwinSides
from radassist.gui.explain.evidence_view import EvidenceView
from radassist.gui.explain.hide_presenter import HidePresenter
from radassist.gui.explain.hide_shape import HideShape
from radassist.gui.main_window import MainWindow
from radassist.gui.measure.film_marking import FilmMarking
from radassist.gui.models.models_dialog import ModelsDialog
from radassist.gui.pictures.picture_dialog import PictureDialog
from radassist.gui.pictures.picture_presenter import as_rgb
from radassist.gui.presenter import Presenter
from radassist.gui.settings import WindowSettings
from radassist.paths import samples_dir

SIZES = ((1280, 800), (2560, 1440))
_SETTLE_MS, _GROUNDS = 300, 32


def main() -> None:
    """Open the samples, lay a block over the most suspicious film, and save the window and what opens from it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "images")
    out = parser.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        os.environ["RADASSIST_HOME"] = home
        application = QApplication(sys.argv[:1])
        window, presenter = make_window(application, WindowSettings())
        window.show()
        window.welcome_bar.hide()
        open_samples(window, presenter)
        _save(window, SIZES[0], out / "window-1280x800.png")
        _save_two_models(window, out / "two-models.png")
        window.blocks.set_overlay_visible(False)
        draw_marks(window)
        _save(window, SIZES[0], out / "measuring.png")
        _save_picture_dialog(window, out / "picture-dialog.png")
        _save_network_page(window, out / "network-page.png")
        _save_hiding(window, out / "hiding.png")
        window.close()


def open_samples(window: MainWindow, presenter: Presenter) -> None:
    """Score the sample films and lay a block over the most suspicious one."""
    presenter.start(partial(make_backing, None, "cpu"))
    presenter.open_paths([samples_dir()])
    _wait_until(lambda: presenter.facts is not None and window.worklist_model.rowCount() > 0)
    _wait_until(lambda: not (presenter.is_listing or presenter.queue.is_running or presenter.queue.waiting()))
    window.worklist.select_first()
    _wait_until(lambda: presenter.films.current is not None and presenter.films.current.analysis is not None)
    window.actions_by_id["next_block"].trigger()
    window.actions_by_id["next_block"].trigger()
    window.blocks.set_overlay_visible(True)


def _save(window: MainWindow, size: tuple[int, int], target: Path) -> None:
    window.resize(*size)
    pause(_SETTLE_MS)
    window.film.fit()
    pause(_SETTLE_MS)
    save_picture(window, target)
    print(f"{target.name}: {size[0]} x {size[1]}")


def draw_marks(window: MainWindow) -> None:
    """A cardiothoracic ratio, a length and a region, about where they belong on most chest films."""
    film, marking = window.film.radiograph, window.findChildren(FilmMarking)[0]
    if film is None:
        return
    lines = {
        MarkKind.RATIO: ((0.40, 0.66), (0.68, 0.66), (0.17, 0.80), (0.83, 0.80)),
        MarkKind.LENGTH: ((0.30, 0.16), (0.42, 0.30)),
        MarkKind.ELLIPSE: ((0.62, 0.30), (0.74, 0.46)),
    }
    for kind, places in lines.items():
        marking.add(Mark(kind, tuple(Point(x * film.width, y * film.height) for x, y in places)))
    marking.hand.choose(1)


def _save_two_models(window: MainWindow, target: Path) -> None:
    """The film under the model that answers and under the next one of the list, the deepest block on the right."""
    sides = window.findChildren(TwinSides)[0]
    window.actions_by_id["two_models"].trigger()
    _wait_until(lambda: sides.opinion.maps is not None)
    _save(window, SIZES[0], target)
    window.actions_by_id["two_models"].trigger()


def _save_network_page(window: MainWindow, target: Path) -> None:
    window.actions_by_id["models"].trigger()
    _wait_until(lambda: bool(window.findChildren(ModelsDialog)))
    dialog = window.findChildren(ModelsDialog)[0]
    dialog.tabs.setCurrentWidget(dialog.network)
    _wait_until(lambda: dialog.network.facts is not None)
    dialog.network.table.selectRow(next(n for n, row in enumerate(dialog.network.table.layers.layers) if row.block))
    pause(_SETTLE_MS)
    save_picture(dialog, target)
    dialog.reject()
    print(target.name)


def _save_picture_dialog(window: MainWindow, target: Path) -> None:
    window.actions_by_id["export_picture"].trigger()
    dialog = window.findChildren(PictureDialog)[0]
    pause(_SETTLE_MS)
    save_picture(dialog, target)
    dialog.reject()
    print(target.name)


def _save_hiding(window: MainWindow, target: Path) -> None:
    """One lung hidden by lasso and a stroke of the brush beside the heart, with what the score makes of it."""
    film, hiding = window.film.radiograph, window.findChildren(HidePresenter)[0]
    if film is None:
        return
    marking = window.findChildren(FilmMarking)[0]
    marking.delete_all()
    hiding.take(HideShape.BRUSH)
    lasso = ((0.30, 0.22), (0.24, 0.30), (0.40, 0.42), (0.58, 0.38), (0.60, 0.24), (0.42, 0.18))
    stroke = ((0.40, 0.62), (0.50, 0.67), (0.58, 0.72))
    for region in (Lasso(_on_film(film, lasso)), Brush(_on_film(film, stroke), hiding.hand.radius)):
        hiding.hand.drawn.emit(region)
    _wait_until(lambda: hiding.view.verdict.sentence.text().startswith("Without"))
    _wait_until(lambda: not window.findChildren(EvidenceView)[0].isHidden())
    _save(window, SIZES[0], target)


def _on_film(film: Radiograph, shares: Sequence[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    return tuple((row * film.height, column * film.width) for row, column in shares)


def _wait_until(is_done: Callable[[], bool]) -> None:
    loop = QEventLoop()
    poll = QTimer()
    poll.timeout.connect(lambda: is_done() and loop.quit())
    poll.start(50)
    loop.exec()


def save_picture(widget: QWidget, target: Path) -> None:
    """Write what `widget` shows in 256 colours: grounds as they are, those of a map by dots of others near them."""
    picture = Image.fromarray(as_rgb(widget.grab().toImage()))
    counted = sorted(picture.getcolors(picture.width * picture.height), reverse=True)
    grounds = [channel for _, color in counted[:_GROUNDS] for channel in color]
    spread = picture.quantize(256 - _GROUNDS, method=Image.Quantize.MAXCOVERAGE).getpalette() or []
    palette = Image.new("P", (1, 1))
    palette.putpalette(grounds + spread[: 3 * (256 - _GROUNDS)])
    picture.quantize(palette=palette, dither=Image.Dither.FLOYDSTEINBERG).save(target, optimize=True)


def pause(milliseconds: int) -> None:
    """Let the window work for a while."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


if __name__ == "__main__":
    main()
