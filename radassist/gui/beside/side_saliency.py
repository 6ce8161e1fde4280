"""The map of evidence of the right side: asked once for each film, model and wish, and dropped when it comes late."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal

from radassist.domain.explanation import ExplainStep, SaliencyMap, SaliencyWish
from radassist.domain.radiograph import Radiograph
from radassist.gui.errors import sentence_for
from radassist.gui.jobs import Job, JobRunner, Lane
from radassist.workflow.explain import SharedExplainer


@dataclass(frozen=True, slots=True, eq=False)
class SideQuestion:
    """What is asked, of whom and about which film."""

    explainer: SharedExplainer
    film: Radiograph
    model_sha256: str
    wish: SaliencyWish

    @property
    def about(self) -> tuple[str, str, SaliencyWish]:
        """What makes two questions the same one."""
        return (self.film.facts.sha256, self.model_sha256, self.wish)


class SideSaliency(QObject):
    """Asks one question at a time.

    Attributes:
        found: The newest map, coarse or final; None while there is none.
        problem: Why there is none, one sentence.
        done, total: Steps of the question under way; equal where none is.

    Signals:
        changed(): Any of these.
    """

    changed = Signal()

    def __init__(self, runner: JobRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._runner = runner
        self._question: SideQuestion | None = None
        self._job: Job | None = None
        self.found: SaliencyMap | None = None
        self.problem = ""
        self.done = self.total = 0

    def ask(self, question: SideQuestion | None) -> None:
        """Ask `question` unless it is the one that was asked last; None drops what was."""
        before = self._question
        if question and before and question.about == before.about:
            return
        self.drop()
        self._question = question
        if question is not None:
            self.total = 1
            steps = partial(question.explainer.saliency, question.film, question.wish)
            self._job = job = self._runner.start(steps, lane=Lane.EXPLAIN)
            job.stepped.connect(partial(self._on_step, job))
            job.failed.connect(partial(self._on_failed, job))

    def stop(self) -> None:
        """Give the question under way up: the same one is not asked again by itself."""
        question = self._question
        self.drop()
        self._question, self.problem = question, "The map was stopped."
        self.changed.emit()

    def drop(self) -> None:
        """Forget question and answer."""
        if self._job:
            self._job.cancel()
        self._job = self._question = self.found = None
        self.problem = ""
        self.done = self.total = 0

    def _on_step(self, job: Job, step: ExplainStep[SaliencyMap]) -> None:
        if job is self._job:
            self.done, self.total = step.done, step.total
            self.found = step.result or self.found
            self.changed.emit()

    def _on_failed(self, job: Job, error: BaseException) -> None:
        if job is self._job:
            self.done = self.total = 0
            self.problem = sentence_for(error)
            self.changed.emit()
