"""Asks the model what each channel weighs for the suspected label, where block maps are to be weighted by it."""

from collections.abc import Iterator, Sequence
from functools import partial

from PySide6.QtCore import QObject

from radassist.domain.cancellation import CancelToken
from radassist.domain.explanation import SaliencyMap, SaliencyMethod, SaliencyWish
from radassist.domain.radiograph import Radiograph
from radassist.gui.errors import sentence_for
from radassist.gui.jobs import Job, Lane
from radassist.gui.main_window import MainWindow
from radassist.gui.presenter import Presenter
from radassist.workflow.explain import SharedExplainer

_NOBODY_TO_ASK = "This model cannot be asked what its channels weigh."


class WeightsPresenter(QObject):
    """One question for all blocks of a film; a new question ends the one before."""

    def __init__(self, window: MainWindow, presenter: Presenter) -> None:
        super().__init__(window)
        self._panel, self._presenter = window.blocks, presenter
        self._job: Job | None = None
        self._panel.weights_wanted.connect(self._ask)

    def _ask(self, blocks: tuple[str, ...]) -> None:
        if self._job:
            self._job.cancel()
        film, facts, backing = self._presenter.films.current, self._presenter.facts, self._presenter.backing
        if film is None or facts is None or backing is None or backing.explainer is None:
            self._panel.say_no_weights(_NOBODY_TO_ASK)
            return
        steps = partial(_weighted, backing.explainer, film.radiograph, facts.labels[1], blocks)
        self._job = job = self._presenter.runner.start(steps, lane=Lane.EXPLAIN)
        job.stepped.connect(self._panel.take_weighted)  # it knows which film and model it shows
        job.failed.connect(partial(self._on_failed, job))

    def _on_failed(self, job: Job, error: BaseException) -> None:
        if job is self._job:
            self._panel.say_no_weights(sentence_for(error))


def _weighted(
    explainer: SharedExplainer, film: Radiograph, target: str, blocks: Sequence[str], cancel: CancelToken
) -> Iterator[SaliencyMap]:
    for block in blocks:
        for step in explainer.saliency(film, SaliencyWish(SaliencyMethod.GRAD_CAM, target, block), cancel):
            if step.done == step.total and step.result is not None:
                yield step.result
