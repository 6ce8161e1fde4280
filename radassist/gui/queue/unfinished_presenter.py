"""Offers to continue the queue that the program's last end cut short."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from radassist.domain.worklist import UnfinishedRun
from radassist.gui.jobs import JobRunner, Lane, one_step
from radassist.gui.widgets.offer_bar import OfferBar


class UnfinishedPresenter(QObject):
    """Looks once for an unfinished queue, in a worker, and offers it in `bar`.

    Signals:
        wanted(object): The `UnfinishedRun` that is to be continued.
        problem(object): The exception where it could not be looked for.
    """

    wanted = Signal(object)
    problem = Signal(object)

    def __init__(self, bar: OfferBar, runner: JobRunner) -> None:
        super().__init__(bar)
        self._bar, self._runner = bar, runner
        self._run: UnfinishedRun | None = None
        self._forget: Callable[[], object] = lambda: None
        bar.accepted.connect(self._on_accepted)
        bar.declined.connect(self._on_declined)

    def use(self, look: Callable[[], UnfinishedRun | None], forget: Callable[[], object]) -> None:
        """Offer what `look` finds; `forget` is called if the reader does not want it."""
        self._forget = forget
        job = self._runner.start(one_step(look), lane=Lane.IO)
        job.succeeded.connect(self._on_found)
        job.failed.connect(self.problem)

    def _on_found(self, run: UnfinishedRun | None) -> None:
        self._run = run
        if run:
            self._bar.offer(
                f"The last queue was cut short: {run.done:,} of its {len(run.sources):,} films have their result."
            )

    def _on_accepted(self) -> None:
        if self._run:
            self.wanted.emit(self._run)

    def _on_declined(self) -> None:
        self._runner.start(one_step(self._forget), lane=Lane.IO).failed.connect(self.problem)
