"""Asks the model why, for the film on the screen and only while the panel is looked at."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal

from radassist.domain.analysis import BlockSpec
from radassist.domain.cancellation import CancelToken
from radassist.domain.explanation import ExplainStep, SaliencyMap, SaliencyMethod, SaliencyWish
from radassist.domain.radiograph import Radiograph
from radassist.gui.errors import sentence_for
from radassist.gui.explain.why_panel import NO_SCORE, WhyPanel
from radassist.gui.jobs import Job, Lane
from radassist.gui.main_window import MainWindow
from radassist.gui.presenter import Presenter
from radassist.workflow.explain import SharedExplainer

_STOPPED = "No map was made: choose a method to ask again."


@dataclass(frozen=True, slots=True)
class _Question:
    """What a map is asked for; only an answer to the newest question is shown."""

    film_sha256: str
    model_sha256: str
    wish: SaliencyWish


@dataclass(frozen=True, slots=True, eq=False)
class FoundMap:
    """A finished map, and whom to ask about it.

    Attributes:
        film: Which it is of.
        wish: What was asked for.
    """

    film: Radiograph
    wish: SaliencyWish
    saliency: SaliencyMap
    explainer: SharedExplainer


@dataclass(frozen=True, slots=True)
class _Choices:
    methods: tuple[SaliencyMethod, ...]
    blocks: tuple[BlockSpec, ...]


class WhyPresenter(QObject):
    """A map belongs to the film it was asked for: one that comes late, or of an earlier model, is dropped.

    Signals:
        found(object): The FoundMap that lies over the film from now on.
        dropped(): There is no map any more.
    """

    found = Signal(object)
    dropped = Signal()

    def __init__(self, window: MainWindow, presenter: Presenter) -> None:
        super().__init__(window)
        self._window, self._presenter = window, presenter
        self._question: _Question | None = None
        self._known_model = ""
        self._job: Job | None = None
        self.panel = WhyPanel(window.theme)
        self.panel.overlay_changed.connect(partial(window.overlays.offer, self.panel))
        self.panel.wish_changed.connect(lambda _: self.look())
        self.panel.cancel_requested.connect(partial(self._drop, _STOPPED))
        window.review_tabs.addTab(self.panel, "Why")
        window.review_tabs.currentChanged.connect(lambda _: self.look())
        presenter.films.shown.connect(self.look)

    def look(self) -> None:
        """Ask for the chosen map of the film on the screen, if the panel is in front and it was not asked for yet."""
        film, facts, explainer = self._presenter.films.current, self._presenter.facts, self._explainer()
        if film is None or film.analysis is None or facts is None or explainer is None:
            self._drop(NO_SCORE)
            return
        if self._question and self._question.film_sha256 != film.radiograph.facts.sha256:
            self._drop(NO_SCORE)
        if self._window.review_tabs.currentWidget() is not self.panel:
            return
        if self._known_model != facts.sha256:
            self._ask_for_choices(explainer, facts.sha256)
            return
        wish = self.panel.wish
        question = _Question(film.radiograph.facts.sha256, facts.sha256, wish) if wish else None
        if question and question != self._question:
            self._drop("Looking for evidence …")
            self._question = question
            self.panel.show_progress(0, 1)
            steps = partial(explainer.saliency, film.radiograph, question.wish)
            self._job = self._presenter.runner.start(steps, lane=Lane.EXPLAIN)
            self._job.stepped.connect(partial(self._on_step, question, film.radiograph, explainer))
            self._job.failed.connect(partial(self._on_failed, question))

    def _explainer(self) -> SharedExplainer | None:
        return self._presenter.backing.explainer if self._presenter.backing else None

    def _ask_for_choices(self, explainer: SharedExplainer, model_sha256: str) -> None:
        self._drop("")
        self.panel.show_waiting("Asking what the model can tell …")
        self._known_model = model_sha256
        # Not the job that goes with its film: what a model can tell holds for every film, and is asked for once.
        job = self._presenter.runner.start(partial(_choices, explainer), lane=Lane.EXPLAIN)
        job.stepped.connect(partial(self._on_choices, model_sha256))
        job.failed.connect(partial(self._on_no_choices, model_sha256))

    def _on_choices(self, model_sha256: str, choices: _Choices) -> None:
        facts = self._presenter.facts
        if facts is None or facts.sha256 != model_sha256:
            return
        wish = self.panel.wish or SaliencyWish(SaliencyMethod.GRAD_CAM, facts.labels[1])
        self.panel.set_choices(choices.methods, choices.blocks, facts.labels, wish)
        self.look()

    def _on_no_choices(self, model_sha256: str, error: BaseException) -> None:
        if self._known_model == model_sha256:
            self._known_model = ""  # the next look asks again
            self.panel.show_nothing(sentence_for(error))

    def _on_step(
        self, question: _Question, film: Radiograph, explainer: SharedExplainer, step: ExplainStep[SaliencyMap]
    ) -> None:
        if question != self._question:
            return
        if step.result is not None:
            self.panel.show_map(step.result)
        self.panel.show_progress(step.done, step.total)
        if step.result is not None and step.done == step.total:
            self.found.emit(FoundMap(film, question.wish, step.result, explainer))

    def _on_failed(self, question: _Question, error: BaseException) -> None:
        if question == self._question:
            self.panel.show_nothing(sentence_for(error))

    def _drop(self, sentence: str) -> None:
        """Nothing of the last question is shown or awaited any more."""
        if self._job:
            self._job.cancel()
        self._job = self._question = None
        self.panel.show_nothing(sentence)
        self.dropped.emit()


def _choices(explainer: SharedExplainer, cancel: CancelToken) -> Iterator[_Choices]:
    yield _Choices(explainer.methods(cancel), explainer.blocks(cancel))
