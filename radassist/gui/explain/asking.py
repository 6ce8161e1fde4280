"""Asks one long question at a time and shows only the answer to the newest one."""

from collections.abc import Callable, Hashable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject

from radassist.domain.explanation import ExplainStep
from radassist.gui.errors import sentence_for
from radassist.gui.explain.ask_view import AskView
from radassist.gui.jobs import Job, JobRunner, Lane, Steps


class Asking(QObject):
    """What the button of an `AskView` does; an answer goes when what it is about goes."""

    def __init__(self, view: AskView, runner: JobRunner, show: Callable[[Any], None]) -> None:
        """Lives as long as `view`.

        Args:
            view: Where it is asked and answered.
            runner: Of the jobs.
            show: Shows the newest result, coarse or final.
        """
        super().__init__(view)
        self._view, self._runner, self._show = view, runner, show
        self._about: Hashable = None
        self._steps: Steps | None = None
        self._job: Job | None = None
        view.asked.connect(self._ask)
        view.cancel_requested.connect(self._start_anew)

    def set_question(self, about: Hashable, steps: Steps | None) -> None:
        """What the button asks from now on.

        Args:
            about: Film, model and whatever else the answer depends on; nothing happens while it stays the same.
            steps: Yields an `ExplainStep` at a time; None where nothing can be asked.
        """
        if about != self._about:
            self._about, self._steps = about, steps
            self._start_anew()

    def _start_anew(self) -> None:
        if self._job:
            self._job.cancel()
        self._job = None
        self._view.show_ready(can_ask=self._steps is not None)

    def _ask(self) -> None:
        if self._steps is None or self._job:
            return
        self._view.say("")
        self._view.show_progress(0, 1)
        self._job = job = self._runner.start(self._steps, lane=Lane.EXPLAIN)
        job.stepped.connect(partial(self._on_step, job))
        job.failed.connect(partial(self._on_failed, job))

    def _on_step(self, job: Job, step: ExplainStep[Any]) -> None:
        if job is not self._job:
            return
        if step.result is not None:
            self._show(step.result)
        self._view.show_progress(step.done, step.total)

    def _on_failed(self, job: Job, error: BaseException) -> None:
        if job is self._job:
            self._job = None
            self._view.show_problem(sentence_for(error))
