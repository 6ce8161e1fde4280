"""What a second model says of the film on the screen: asked while it is compared, told, and kept nowhere."""

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import QObject, Signal

from radassist.domain.analysis import Analysis, ModelFacts
from radassist.domain.cancellation import CancelToken
from radassist.domain.radiograph import Radiograph
from radassist.gui.blocks.block_maps import BlockMaps
from radassist.gui.errors import sentence_for
from radassist.gui.jobs import Job, JobRunner, Lane
from radassist.workflow.second_model import SecondModel, SecondModels


class SecondOpinion(QObject):
    """One model is loaded at a time, one film asked about; a late answer about another film or model is dropped.

    Attributes:
        model: Id of the one that is wanted; empty for none.
        opened: Once it is loaded.
        maps: Of the film asked about last, once it has answered; they carry the answer.
        problem: Why there is no answer, one sentence.

    Signals:
        changed(): Any of these.
        failed(str): The model cannot be loaded: why.
    """

    changed = Signal()
    failed = Signal(str)

    def __init__(self, runner: JobRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._runner = runner
        self._loading: Job | None = None
        self._asking: Job | None = None
        self._film = ""
        self.model = ""
        self.opened: SecondModel | None = None
        self.maps: BlockMaps | None = None
        self.problem = ""

    @property
    def facts(self) -> ModelFacts | None:
        """Of the second model, once it is loaded."""
        return self.opened.facts if self.opened else None

    def choose(self, model: str, models: SecondModels) -> None:
        """Load the model of that id, unless it is the one there is."""
        if model == self.model:
            return
        self.drop()
        self.model = model
        self._loading = job = self._runner.start(partial(_opened, models, model), lane=Lane.IO)
        job.stepped.connect(partial(self._on_opened, job))
        job.failed.connect(partial(self._on_unavailable, job))
        self.changed.emit()

    def look(self, film: Radiograph | None) -> None:
        """Ask about `film`, unless it was asked about; None forgets the last one."""
        digest = film.facts.sha256 if film else ""
        if digest == self._film or self.opened is None:
            return
        self._forget_film()
        self._film = digest
        if film is not None:
            self._asking = job = self._runner.start(partial(_answered, self.opened, film), lane=Lane.FILM)
            job.stepped.connect(partial(self._on_answered, job))
            job.failed.connect(partial(self._on_failed, job))

    def drop(self) -> None:
        """No second model is wanted any more; one that is still being loaded is let go."""
        self._forget_film()
        if self._loading:
            self._loading.cancel()
        self._loading = self.opened = None
        self.model = ""

    def _forget_film(self) -> None:
        if self._asking:
            self._asking.cancel()
        self._asking = self.maps = None
        self._film = self.problem = ""

    def _on_opened(self, job: Job, opened: SecondModel) -> None:
        if job is self._loading:
            self._loading, self.opened = None, opened
            self.changed.emit()

    def _on_unavailable(self, job: Job, error: BaseException) -> None:
        if job is self._loading:
            self.drop()
            self.failed.emit(sentence_for(error))

    def _on_answered(self, job: Job, analysis: Analysis) -> None:
        if job is self._asking:
            self.maps = BlockMaps(analysis)
            self.changed.emit()

    def _on_failed(self, job: Job, error: BaseException) -> None:
        if job is self._asking:
            self.problem = sentence_for(error)
            self.changed.emit()


def _opened(models: SecondModels, model: str, cancel: CancelToken) -> Iterator[SecondModel]:
    yield models.open(model, cancel)


def _answered(model: SecondModel, film: Radiograph, cancel: CancelToken) -> Iterator[Analysis]:
    yield model.analyse(film, cancel)
