"""Where cyclic garbage is collected."""

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject

from radassist.gui.garbage import GarbageCollector, collect_what_is_due


class _Knot(QObject):
    """Holds on to itself, as a dialog that is connected to its own slots does."""

    def __init__(self, died_in: list[threading.Thread]) -> None:
        super().__init__()
        self.itself = self
        weakref.finalize(self, lambda: died_in.append(threading.current_thread()))


@pytest.fixture
def collector(qapp) -> Iterator[GarbageCollector]:
    gc.enable()
    made = GarbageCollector()
    yield made
    made.close()
    gc.disable()  # as for every test of the window


def _allocate() -> None:
    for _ in range(50):
        [[] for _ in range(2000)]


def test_a_worker_never_collects_and_the_gui_thread_does(collector, qtbot) -> None:
    died_in: list[threading.Thread] = []
    _Knot(died_in)
    worker = threading.Thread(target=_allocate)
    worker.start()
    worker.join()
    assert died_in == []
    keep = [[] for _ in range(2000)]
    qtbot.waitUntil(lambda: died_in == [threading.main_thread()])
    assert len(keep) == 2000


def test_python_collects_by_itself_again_after_the_window(collector) -> None:
    assert not gc.isenabled()
    collector.close()
    assert gc.isenabled()


def test_nothing_is_collected_before_it_is_due(qapp) -> None:
    gc.collect()
    assert collect_what_is_due() == -1


def test_the_oldest_that_is_due_is_collected(qapp) -> None:
    gc.collect()
    for _ in range(gc.get_threshold()[1] + 1):
        gc.collect(0)
    keep = [[] for _ in range(gc.get_threshold()[0] + 100)]
    assert collect_what_is_due() == 1
    assert len(keep) > 0
