"""How long the window's event loop is held up while a batch of films runs in it, beside the same window at rest.

    python benchmarks/responsiveness.py [--films 1000] [--folder FOLDER]

A 10 ms timer notes the time between its own ticks; a gap is what is over 10 ms. Films are hard links to (or copies of)
those of `../shared/data/kermany_originals`, else of the samples, until there are enough; every fiftieth is one of 2,500
x 2,048 pixels in JPEG 2000.
"""

import argparse
import itertools
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from large_films import write_films
from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication

from radassist.app import make_backing, make_window
from radassist.gui.presenter import Presenter
from radassist.gui.settings import WindowSettings
from radassist.paths import samples_dir

_ROOT = Path(__file__).resolve().parents[1]
_SHARED = _ROOT.parent / "shared" / "data" / "kermany_originals"
_FILMS = {".dcm", ".png", ".jpg", ".jpeg"}
_TICK_MS = 10
_REST_SECONDS = 5
_SLOW_EVERY = 50
_SLOW = "JPEG 2000"


def main() -> None:
    """Print the gaps at rest and during the batch."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--films", type=int, default=1000)
    parser.add_argument("--folder", type=Path, default=_SHARED if _SHARED.is_dir() else samples_dir())
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["RADASSIST_HOME"] = str(Path(scratch) / "home")
        slow = write_films(Path(scratch), _SLOW, 2)
        films = _gather(options.folder, slow, Path(scratch) / "films", options.films)
        _measure(films, options.films)


def _measure(folder: Path, count: int) -> None:
    application = QApplication.instance() or QApplication(sys.argv[:1])
    window, presenter = make_window(application, WindowSettings())
    window.show()
    presenter.start(partial(make_backing, None, "auto"))
    _wait_until(lambda: presenter.facts is not None)
    rest = _record(_Elapsed(_REST_SECONDS))
    began = time.monotonic()
    presenter.open_paths([folder])
    batch = _record(lambda: window.worklist_model.rowCount() >= count and not _is_busy(presenter))
    seconds = time.monotonic() - began
    window.close()
    _print("at rest", rest)
    _print(f"while {count} films were scored in {seconds:.0f} s ({count / seconds:.1f} a second)", batch)


def _is_busy(presenter: Presenter) -> bool:
    return presenter.is_listing or presenter.queue.is_running or bool(presenter.queue.waiting())


def _record(is_done: Callable[[], bool]) -> list[float]:
    gaps: list[float] = []
    last = time.perf_counter()

    def tick() -> None:
        nonlocal last
        now = time.perf_counter()
        gaps.append(max(0.0, (now - last) * 1000 - _TICK_MS))
        last = now

    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(tick)
    timer.start(_TICK_MS)
    _wait_until(is_done)
    timer.stop()
    return gaps


class _Elapsed:
    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def __call__(self) -> bool:
        return time.monotonic() >= self._end


def _wait_until(is_done: Callable[[], bool]) -> None:
    loop = QEventLoop()
    poll = QTimer()
    poll.timeout.connect(lambda: is_done() and loop.quit())
    poll.start(50)
    loop.exec()


def _gather(source: Path, slow: Sequence[Path], target: Path, count: int) -> Path:
    target.mkdir()
    films = itertools.cycle(sorted(path for path in source.rglob("*") if path.suffix.lower() in _FILMS))
    slow_films = itertools.cycle(slow)
    for number in range(count):
        film = next(films if number % _SLOW_EVERY else slow_films)
        copy = target / f"{number:05}{film.suffix}"
        try:
            os.link(film, copy)
        except OSError:
            shutil.copyfile(film, copy)
    return target


def _print(name: str, gaps: list[float]) -> None:
    p99 = statistics.quantiles(gaps, n=100)[98]
    print(f"{name}: gaps p50 {statistics.median(gaps):.1f} ms, p99 {p99:.1f} ms, max {max(gaps):.1f} ms")


if __name__ == "__main__":
    main()
