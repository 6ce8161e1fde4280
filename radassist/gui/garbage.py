"""Keeps Python's cycle collector in the GUI thread: elsewhere it would destroy widgets beside Qt's own hand on them."""

import gc

from PySide6.QtCore import QObject, QTimer

_INTERVAL_MS = 500


class GarbageCollector(QObject):
    """Collects cycles now and then in the thread it lives in; while it does, no other thread collects any.

    Python collects in whichever thread happens to allocate, and a worker that builds many objects would destroy the
    forgotten QObjects of the window: a crash that comes once in a thousand hours. What stands when it begins is left
    out of every later look, which keeps a look shorter than a frame.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        gc.freeze()
        self._timer = QTimer(self, interval=_INTERVAL_MS)
        self._timer.timeout.connect(collect_what_is_due)
        self._timer.start()

    def close(self) -> None:
        """Leave the collecting to Python again."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()


def collect_what_is_due() -> int:
    """Collect the oldest generation that Python itself would collect by now; returns it, or -1 where none is due."""
    counts, limits = gc.get_count(), gc.get_threshold()
    due = max((age for age in range(3) if counts[age] > limits[age] > 0), default=-1)
    if due >= 0:
        gc.collect(due)
    return due
