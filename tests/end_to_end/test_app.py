"""The composition root: what the window remembers, and that closing it leaves nothing running."""

import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from threading import Event, Semaphore

from helpers.explanations import FakeExplainer
from helpers.fakes import FakePredictor
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDockWidget
from pytestqt.qtbot import QtBot

from radassist.app import _close_all, make_backing, make_window, run_window
from radassist.domain.cancellation import Cancelled, CancelToken
from radassist.domain.threshold_rule import BY_CARD, Aim, ThresholdRule, rule_of
from radassist.gui.settings import WindowSettings
from radassist.workflow.inference_thread import InferenceThread
from radassist.workflow.second_model import SecondModels


def test_what_was_chosen_is_there_after_a_restart(qtbot: QtBot, qapp, tmp_path: Path) -> None:
    settings = WindowSettings(tmp_path / "window.ini")
    first, _ = make_window(qapp, settings)
    qtbot.addWidget(first)
    first.show()
    first.blocks.change_opacity(0.3)
    opacity = first.blocks.opacity
    first.close()
    again, presenter = make_window(qapp, WindowSettings(settings.path))
    qtbot.addWidget(again)
    assert again.blocks.opacity == opacity
    presenter.shut_down()


def test_closing_while_films_are_scored_ends_every_thread_within_seconds(
    qtbot: QtBot, qapp, samples: Path, tmp_path: Path
) -> None:
    window, presenter = make_window(qapp, WindowSettings(tmp_path / "window.ini"))
    qtbot.addWidget(window)
    window.show()
    presenter.start(partial(make_backing, "gap_cnn", "cpu"))
    qtbot.waitUntil(lambda: presenter.facts is not None, timeout=60_000)  # its conversion cannot be interrupted
    presenter.open_paths([samples])
    qtbot.waitUntil(lambda: presenter.queue.is_running, timeout=30_000)
    window.close()
    left = [thread.name for thread in threading.enumerate() if thread.name.startswith(("radassist", "inference"))]
    assert left == []


def test_the_window_runs_until_it_is_closed_and_says_when_it_is_painted(qtbot: QtBot, qapp: QApplication) -> None:
    seen: list[str] = []

    def painted() -> None:
        seen.append("painted")
        qapp.closeAllWindows()

    assert run_window(on_painted=painted) == 0
    assert seen == ["painted"]


_FIRST_PAINT = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDockWidget
from radassist.app import run_window
def painted():
    print("radassist.gui.features" in sys.modules)
    QTimer.singleShot(0, look)
def look():
    print("radassist.gui.features" in sys.modules)
    QApplication.instance().closeAllWindows()
run_window(on_painted=painted)
"""


def test_the_window_is_painted_before_its_features_are_imported_and_has_them_before_anything_else() -> None:
    run = subprocess.run([sys.executable, "-c", _FIRST_PAINT], capture_output=True, text=True, check=True, timeout=60)
    assert run.stdout.split() == ["False", "True"]


def test_a_panel_of_a_feature_is_open_again_where_it_was(qtbot: QtBot, qapp, tmp_path: Path) -> None:
    settings = WindowSettings(tmp_path / "window.ini")
    first, _ = make_window(qapp, settings)
    qtbot.addWidget(first)
    first.show()
    dock = first.findChild(QDockWidget, "window_dock")
    first.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
    dock.show()
    first.close()
    again, presenter = make_window(qapp, WindowSettings(settings.path))
    qtbot.addWidget(again)
    restored = again.findChild(QDockWidget, "window_dock")
    assert not restored.isHidden()
    assert again.dockWidgetArea(restored) is Qt.DockWidgetArea.RightDockWidgetArea
    presenter.shut_down()


def test_without_its_model_the_window_says_which_one_is_missing(qtbot: QtBot, qapp, tmp_path: Path) -> None:
    window, presenter = make_window(qapp, WindowSettings(tmp_path / "window.ini"))
    qtbot.addWidget(window)
    window.show()
    presenter.start(partial(make_backing, "no_such_model", "cpu"))
    qtbot.waitUntil(lambda: "no_such_model" in window.message_bar.sentence, timeout=30_000)
    window.close()


def test_the_real_parts_decide_by_another_rule_and_by_the_card_again() -> None:
    backing = make_backing("simple_cnn3", "cpu")
    rule = ThresholdRule(Aim.SENSITIVITY, 0.95)
    assert backing.decide_by is not None
    card = backing.load_model()
    chosen = backing.decide_by(rule)
    assert (card.threshold_by, rule_of(chosen.threshold_by)) == (BY_CARD, rule)
    assert chosen.threshold != card.threshold
    assert backing.decide_by(None) == card
    backing.services.loader.close()
    assert backing.close()


def test_closing_while_two_models_are_loaded_waits_for_both_at_once() -> None:
    may_end, begun = Event(), Semaphore(0)

    def hangs(*_: object) -> FakePredictor:
        begun.release()
        may_end.wait(20)
        return FakePredictor()

    thread, second = InferenceThread(hangs), SecondModels(hangs, lambda model, predictor: FakeExplainer())
    thread.start_loading()
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(second.open, "other", CancelToken())
        assert begun.acquire(timeout=60) and begun.acquire(timeout=60)
        began = time.monotonic()
        assert not _close_all(thread, second, seconds=2.0)
        assert time.monotonic() - began < 3.8  # one after the other, they would take four
        assert isinstance(waiting.exception(timeout=60), Cancelled)
    may_end.set()
    assert _close_all(thread, second)
