"""What the model says of the film on the screen without the parts a reader hides."""

from collections.abc import Hashable, Iterator
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QPainter

from radassist.domain.cancellation import CancelToken
from radassist.domain.radiograph import Radiograph
from radassist.domain.whatif import Box, Edit, EditStack, WhatIf
from radassist.gui.errors import sentence_for
from radassist.gui.explain.box_hand import BoxHand
from radassist.gui.explain.hide_view import HideView, change_in_words
from radassist.gui.explain.why_panel import WhyPanel
from radassist.gui.jobs import Job, Lane
from radassist.gui.lens.field_layer import draw_outline, outline_on
from radassist.gui.main_window import MainWindow
from radassist.gui.presenter import Presenter
from radassist.workflow.explain import SharedExplainer


class HidePresenter(QObject):
    """Boxes and answer go with the film and with the model."""

    def __init__(self, window: MainWindow, panel: WhyPanel, presenter: Presenter) -> None:
        super().__init__(panel)
        self._window, self._presenter = window, presenter
        self._stack = EditStack()
        self._about: Hashable = None
        self._job: Job | None = None
        self.view, self.hand = HideView(window.theme), BoxHand(window.film)
        self.view.draw.toggled.connect(self.hand.take)
        self.view.undo.clicked.connect(lambda: self._become(self._stack.undo()))
        self.view.redo.clicked.connect(lambda: self._become(self._stack.redo()))
        self.hand.put_down.connect(partial(self.view.draw.setChecked, False))
        self.hand.drawn.connect(lambda box: self._become(self._stack.with_edit(Edit(box))))
        panel.add_part(self.view)
        window.film.layers.append(self._paint)
        window.review_tabs.currentChanged.connect(lambda _: self._on_tab(panel))
        presenter.films.shown.connect(self.look)

    def look(self) -> None:
        """The film on the screen, or the model that answers, may be another one."""
        asked = self._subject()
        about = (asked[0].facts.sha256, self._presenter.facts) if asked else None
        if about != self._about:
            self._about = about
            self.hand.take(False)
            self._become(EditStack())

    def _subject(self) -> tuple[Radiograph, SharedExplainer] | None:
        """The film and whom to ask about it, where this model has scored it and the reader may know."""
        film, backing, facts = self._presenter.films.current, self._presenter.backing, self._presenter.facts
        if film is None or film.analysis is None or facts is None or backing is None or backing.explainer is None:
            return None
        is_by_it = film.analysis.provenance.model_sha256 == facts.sha256
        return (film.radiograph, backing.explainer) if is_by_it else None

    def _become(self, stack: EditStack) -> None:
        """Hide what `stack` says, and ask about it."""
        if self._job:
            self._job.cancel()
        self._job, self._stack = None, stack
        asked = self._subject()
        self.view.show_stack(stack, can_ask=asked is not None)
        self._window.film.viewport().update()
        if asked and stack.edits:
            self._job = job = self._presenter.runner.start(partial(_ask, *asked, stack), lane=Lane.EXPLAIN)
            job.stepped.connect(partial(self._on_answer, job))
            job.failed.connect(partial(self._on_failed, job))

    def _on_answer(self, job: Job, found: WhatIf) -> None:
        if job is self._job:
            self.view.say(change_in_words(found))

    def _on_failed(self, job: Job, error: BaseException) -> None:
        if job is self._job:
            self.view.say(sentence_for(error))

    def _on_tab(self, panel: WhyPanel) -> None:
        if self._window.review_tabs.currentWidget() is not panel:
            self.hand.take(False)
        self._window.film.viewport().update()

    def _paint(self, painter: QPainter) -> None:
        """The hidden boxes, while the answer about them is in front."""
        if self.view.isVisible():
            for edit in self._stack.edits:
                if isinstance(edit.region, Box):
                    draw_outline(painter, outline_on(edit.region, self._window.film.film_transform), self._color)

    @property
    def _color(self) -> str:
        return self._window.theme.mark


def _ask(film: Radiograph, explainer: SharedExplainer, stack: EditStack, cancel: CancelToken) -> Iterator[WhatIf]:
    yield explainer.what_if(film, stack.edits, cancel)
