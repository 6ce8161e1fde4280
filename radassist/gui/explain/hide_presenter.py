"""What the model says of the film on the screen without the parts a reader hides."""

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QScrollArea

from radassist.domain.analysis import Prediction
from radassist.domain.cancellation import CancelToken
from radassist.domain.radiograph import Radiograph
from radassist.domain.whatif import Edit, HiddenPart, Hiding, Region, WhatIf
from radassist.gui.actions.spec import Need
from radassist.gui.errors import sentence_for
from radassist.gui.explain.hide_book import ChangeHidden, Edits, HideBook
from radassist.gui.explain.hide_hand import HideHand
from radassist.gui.explain.hide_layer import HideLayer
from radassist.gui.explain.hide_shape import HideShape
from radassist.gui.explain.hide_view import HideView, change_in_words
from radassist.gui.explain.why_panel import WhyPanel
from radassist.gui.jobs import Job, Lane
from radassist.gui.main_window import MainWindow
from radassist.gui.presenter import Presenter
from radassist.workflow.explain import SharedExplainer

_SIZE_STEP = 1.25
_OTHER_FILM = "That step was on another film, which is not on the screen now."


@dataclass(frozen=True, slots=True, eq=False)
class _Subject:
    """The film that is asked about, what the model says of it, and whom to ask."""

    film: Radiograph
    before: Prediction
    explainer: SharedExplainer

    def ask(self, edits: Edits, cancel: CancelToken) -> Iterator[WhatIf | HiddenPart | None]:
        """The answer first, then what stands in the place of what is hidden."""
        yield self.explainer.what_if(self.film, edits, cancel, self.before)
        yield self.explainer.hidden_part(self.film, edits)


class HidePresenter(QObject):
    """What is hidden belongs to its film, and so does the answer; nothing of it is ever scored or kept as a result."""

    def __init__(self, window: MainWindow, panel: WhyPanel, presenter: Presenter) -> None:
        super().__init__(window)
        self._window, self._panel, self._presenter = window, panel, presenter
        self._about: Hashable = None
        self._job: Job | None = None
        self.view, self.hand, self.book = HideView(window.theme), HideHand(window.film), HideBook(self)
        self.layer = HideLayer(window.film, self.hand, window.theme)
        panel.add_part(self.view)
        self._connect()
        self._show_hand()

    def look(self) -> None:
        """The film on the screen, or the model that answers, may be another one."""
        subject = self._subject()
        about = (subject.film.facts.sha256, self._presenter.facts) if subject else None
        if about != self._about:
            self._about = about
            self.hand.take(None)
            self._ask()

    def take(self, shape: HideShape | None) -> None:
        """Put a shape into the hand, with the answer in front; the one that is there already is put down."""
        wanted = None if shape is self.hand.shape else shape
        if wanted is not None:
            for action in self._measuring():
                if action.isChecked():
                    action.trigger()
            self._window.review_tabs.setCurrentWidget(self._panel)
            QTimer.singleShot(0, self._bring_into_sight)
        self.hand.take(wanted)
        self._show_hand()

    def show_all(self) -> None:
        """Hide nothing of the film on the screen any more."""
        self._change((), "showing all of the film")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: D102, N802 - Qt's
        if watched is self._panel and event.type() == QEvent.Type.Resize:
            QTimer.singleShot(0, self._bring_into_sight)  # answers that come above push it down
            return False
        # As for measuring: Esc belongs to lists, fields and drags first, and comes here when none wants it.
        is_escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if not is_escape or event.type() != QEvent.Type.KeyPress or self.hand.shape is None:
            return False
        self.hand.put_down()
        return True

    def _connect(self) -> None:
        self._window.installEventFilter(self)
        self._panel.installEventFilter(self)
        self.view.shape_chosen.connect(self.take)
        self.view.hiding_chosen.connect(self._on_hiding)
        self.view.size_chosen.connect(self.hand.set_share)
        self.view.show_all.clicked.connect(self.show_all)
        self.hand.drawn.connect(self._on_drawn)
        self.hand.changed.connect(self._show_hand)
        self.book.changed.connect(self._on_changed)
        self._window.review_tabs.currentChanged.connect(lambda _: self._on_tab())
        self._presenter.films.shown.connect(self.look)
        self._window.actions_by_id.connect(self._acts())
        for action in self._measuring():
            action.triggered.connect(lambda _: self.hand.take(None))

    def _measuring(self) -> list[QAction]:
        """Tools for the same button: only one of them all may be in the hand."""
        actions = self._window.actions_by_id
        return [actions[spec.id] for spec in actions.specs if spec.id.startswith("draw_")]

    def _acts(self) -> dict[str, Callable[[], object]]:
        return {f"hide_{shape}": partial(self.take, shape) for shape in HideShape} | {
            "brush_larger": lambda: self.hand.set_share(self.hand.share * _SIZE_STEP),
            "brush_smaller": lambda: self.hand.set_share(self.hand.share / _SIZE_STEP),
            "show_hidden": self.show_all,
        }

    def _subject(self) -> _Subject | None:
        """What can be asked about, where this model has scored it and the reader may know."""
        film, backing, facts = self._presenter.films.current, self._presenter.backing, self._presenter.facts
        if film is None or film.analysis is None or facts is None or backing is None or backing.explainer is None:
            return None
        is_by_it = film.analysis.provenance.model_sha256 == facts.sha256
        return _Subject(film.radiograph, film.analysis.prediction, backing.explainer) if is_by_it else None

    def _on_drawn(self, region: Region) -> None:
        subject = self._subject()
        if subject:
            hiding = Hiding(self.view.hiding.currentData())
            self._change((*self.book.of(subject.film.facts.sha256), Edit(region, hiding)), "hiding a part")

    def _on_hiding(self, hiding: Hiding) -> None:
        """All that is hidden is hidden in the same way: what is filled in is part of the question."""
        subject = self._subject()
        edits = self.book.of(subject.film.facts.sha256) if subject else ()
        self._change([replace(edit, hiding=hiding) for edit in edits], "hiding in another way")

    def _change(self, edits: Sequence[Edit], words: str) -> None:
        subject = self._subject()
        digest = subject.film.facts.sha256 if subject else ""
        if subject and tuple(edits) != self.book.of(digest):
            self._window.undo_stack.push(ChangeHidden(self.book, digest, edits, words))

    def _on_changed(self, digest: str) -> None:
        subject = self._subject()
        if subject and subject.film.facts.sha256 == digest:
            self._ask()
        else:
            self._window.message_bar.say(_OTHER_FILM)

    def _ask(self) -> None:
        """Show what is hidden of the film on the screen, and ask about it."""
        if self._job:
            self._job.cancel()
        self._job, subject = None, self._subject()
        edits = self.book.of(subject.film.facts.sha256) if subject else ()
        self.view.show_state(can_ask=subject is not None, hides=bool(edits))
        self.layer.show([edit.region for edit in edits])
        self._window.actions_by_id.set_met({Need.SCORE: subject is not None, Need.HIDDEN: bool(edits)})
        if subject and edits:
            self._job = job = self._presenter.runner.start(partial(subject.ask, edits), lane=Lane.EXPLAIN)
            job.stepped.connect(partial(self._on_step, job, edits))
            job.failed.connect(partial(self._on_failed, job))

    def _on_step(self, job: Job, edits: Edits, found: WhatIf | HiddenPart | None) -> None:
        if job is not self._job:
            return
        if isinstance(found, WhatIf):
            self.view.say(change_in_words(found))
            QTimer.singleShot(0, self._bring_into_sight)
        else:
            self.layer.show([edit.region for edit in edits], found)

    def _on_failed(self, job: Job, error: BaseException) -> None:
        if job is self._job:
            self.view.say(sentence_for(error))

    def _on_tab(self) -> None:
        """What is hidden shows while the answer about it is in front."""
        self.layer.is_shown = self._window.review_tabs.currentWidget() is self._panel
        if not self.layer.is_shown:
            self.hand.take(None)
        self._window.film.viewport().update()

    def _bring_into_sight(self) -> None:
        """The answer may stand below the edge of the column; only while somebody draws is it scrolled to."""
        above = self.view.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is not None and self.hand.shape is not None:
            above.ensureWidgetVisible(self.view, 0, 12)

    def _show_hand(self) -> None:
        shape, actions = self.hand.shape, self._window.actions_by_id
        self.view.show_hand(shape, self.hand.share)
        for known in HideShape:
            actions[f"hide_{known}"].setChecked(known is shape)
        actions.set_met({Need.BRUSH: shape is HideShape.BRUSH})
