"""Runs the queue: the worklist's waiting films through the one batch generator, with pause, cancel and a true sum."""

import time
from collections import Counter
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from radassist.domain.worklist import FINAL_STATES, ItemState, WorklistItem
from radassist.gui.jobs import Job, JobRunner, Lane
from radassist.gui.queue.queue_panel import QueuePanel
from radassist.gui.queue.queue_progress import QueueProgress
from radassist.gui.worklist.worklist_model import WorklistTableModel
from radassist.workflow.batch import BatchFinished, EndedEvent, PauseGate
from radassist.workflow.resume import KeptEvent, ModelAwaited, ResultsUnsaved, Reuse, run_kept
from radassist.workflow.services import Services

_REFRESH_MS = 100


class QueuePresenter(QObject):
    """One queue at a time, over the films that wait when it starts.

    Signals:
        thumbnail_made(int, object): Worklist number and (h, w) uint8 grey of a film that was decoded.
        running_changed(): The queue started or ended.
        problem(object): The exception that ended the queue as a whole.
    """

    thumbnail_made = Signal(int, object)
    running_changed = Signal()
    problem = Signal(object)

    def __init__(self, panel: QueuePanel, model: WorklistTableModel, runner: JobRunner) -> None:
        super().__init__(panel)
        self._panel, self._model, self._runner = panel, model, runner
        self._job: Job | None = None
        self._next: Services | None = None
        self._gate = PauseGate()
        self._awaits_model = False
        self._found = 0
        self._counts: Counter[ItemState] = Counter()
        self._clock = _Stopwatch()
        self._refresh = QTimer(self)
        self._refresh.setInterval(_REFRESH_MS)
        self._refresh.timeout.connect(self._show_progress)
        panel.pause_requested.connect(partial(self.set_paused, True))
        panel.resume_requested.connect(partial(self.set_paused, False))
        panel.cancel_requested.connect(self.cancel)

    @property
    def is_running(self) -> bool:
        """Whether a queue is under way, paused or not."""
        return self._job is not None

    @property
    def is_paused(self) -> bool:
        """Whether the running queue is paused."""
        return self._gate.is_paused

    def waiting(self) -> list[WorklistItem]:
        """The films that would be queued now, in order of arrival."""
        return [item for item in self._model.items() if item.state is ItemState.WAITING]

    def failed(self) -> list[WorklistItem]:
        """The films that could be tried again, in order of arrival."""
        return [item for item in self._model.items() if item.state is ItemState.FAILED]

    def start(self, services: Services) -> None:
        """Queue every waiting film. While a queue runs, films that arrived meanwhile follow it by themselves."""
        if self._job:
            self._next = services
        else:
            self._run(self.waiting(), services, Reuse.ALL)

    def retry_failed(self, services: Services) -> None:
        """Queue every film that failed, unless a queue runs."""
        if not self._job:
            self._run(self.failed(), services, Reuse.NOT_FAILED)

    def _run(self, items: list[WorklistItem], services: Services, reuse: Reuse) -> None:
        if not items:
            return
        self._found, self._counts, self._gate, self._clock = len(items), Counter(), PauseGate(), _Stopwatch()
        queued, gate = {item.number for item in items}, self._gate
        ended = [item for item in self._model.items() if item.state in FINAL_STATES and item.number not in queued]
        self._job = self._runner.start(
            lambda token: run_kept(items, services, cancel=token, gate=gate, reuse=reuse, ended=ended),
            lane=Lane.BATCH,
        )
        self._job.stepped.connect(self._on_event)
        self._job.failed.connect(self.problem)
        self._job.finished.connect(self._on_finished)
        self._refresh.start()
        self._show_progress()
        self.running_changed.emit()

    def set_paused(self, paused: bool) -> None:
        """Hold the queue after the films in hand, or let it go on."""
        (self._gate.pause if paused else self._gate.resume)()
        self._steer_clock()
        self._show_progress()
        self.running_changed.emit()

    def cancel(self) -> None:
        """Stop; films not finished wait again, finished ones keep their results."""
        self._next = None
        if self._job:
            self._gate.resume()
            self._job.cancel()

    def show_idle(self) -> None:
        """Say what stands on the worklist while no queue runs."""
        if not self.is_running:
            self._panel.show_idle(len(self.waiting()), listed=self._model.rowCount(), failed=len(self.failed()))

    def _on_event(self, event: KeptEvent) -> None:
        if isinstance(event, BatchFinished):
            return
        if isinstance(event, ResultsUnsaved):
            self._on_unsaved(event)
            return
        self._set_awaiting(isinstance(event, ModelAwaited))
        if isinstance(event, ModelAwaited):
            return
        if event.item.number not in self._model:
            return
        self._replace(event.item)
        if isinstance(event, EndedEvent) and event.thumbnail is not None:
            self.thumbnail_made.emit(event.item.number, event.thumbnail)

    def _set_awaiting(self, awaits: bool) -> None:
        """Say that the queue begins when the model is there; the time until then tells nothing of its speed."""
        if awaits == self._awaits_model:
            return
        self._awaits_model = awaits
        self._steer_clock()
        self._show_progress()

    def _steer_clock(self) -> None:
        (self._clock.stop if self.is_paused or self._awaits_model else self._clock.start)()

    def _on_unsaved(self, event: ResultsUnsaved) -> None:
        """The queue has paused itself: nothing is lost while the reader makes room."""
        self.set_paused(self._gate.is_paused)
        self.problem.emit(event.error)

    def _replace(self, item: WorklistItem) -> None:
        listed = self._model.item(item.number)
        if listed.state is not ItemState.SCORED or item.state is ItemState.SCORED:
            self._model.replace(item.identified(listed.identity))
        if item.state in FINAL_STATES:
            self._counts[item.state] += 1

    def _on_finished(self) -> None:
        self._refresh.stop()
        self._job, self._awaits_model = None, False
        self._put_back_running()
        if self._model.rowCount():
            self._panel.show_finished(self._progress())
        else:
            self.show_idle()
        following, self._next = self._next, None
        if following:
            self.start(following)
        self.running_changed.emit()

    def _put_back_running(self) -> None:
        for item in self._model.items():
            if item.state is ItemState.RUNNING:
                self._model.replace(item.put_back())

    def _show_progress(self) -> None:
        if self.is_running:
            self._panel.show_progress(self._progress())

    def _progress(self) -> QueueProgress:
        return QueueProgress(
            found=self._found,
            scored=self._counts[ItemState.SCORED],
            refused=self._counts[ItemState.REFUSED],
            failed=self._counts[ItemState.FAILED],
            seconds=self._clock.seconds,
            paused=self.is_paused,
            awaits_model=self._awaits_model,
        )


class _Stopwatch:
    """Seconds under way, pauses left out."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now, self._kept, self._since = now, 0.0, now()
        self._is_running = True

    @property
    def seconds(self) -> float:
        return self._kept + (self._now() - self._since if self._is_running else 0.0)

    def stop(self) -> None:
        self._kept, self._is_running = self.seconds, False

    def start(self) -> None:
        if not self._is_running:
            self._since, self._is_running = self._now(), True
