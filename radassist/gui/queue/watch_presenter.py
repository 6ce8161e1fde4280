"""Watches one folder and tells of the films that arrive in it."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from radassist.gui.jobs import Job, JobRunner, Lane
from radassist.workflow.services import Discover
from radassist.workflow.watch import Watcher, watch


class WatchPresenter(QObject):
    """One folder at a time.

    Signals:
        arrived(object): List of Instances whose files have stood still.
        changed(): Watching began or ended.
        problem(object): The exception that ended it.
    """

    arrived = Signal(object)
    changed = Signal()
    problem = Signal(object)

    def __init__(self, runner: JobRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._runner = runner
        self._job: Job | None = None

    @property
    def is_watching(self) -> bool:
        """Whether a folder is watched now."""
        return self._job is not None

    def start(self, folder: Path, discover: Discover) -> None:
        """Watch `folder` from now on, in place of any other."""
        self.stop()
        watcher = Watcher(folder, discover)
        job = self._job = self._runner.start(lambda token: watch(watcher, token), lane=Lane.WATCH)
        job.stepped.connect(self.arrived)
        job.failed.connect(self.problem)
        job.finished.connect(lambda: self._on_finished(job))
        self.changed.emit()

    def stop(self) -> None:
        """Watch nothing any more; films that arrived stay."""
        if self._job:
            self._job.cancel()
            self._job = None
            self.changed.emit()

    def _on_finished(self, job: Job) -> None:
        if self._job is job:
            self._job = None
            self.changed.emit()
