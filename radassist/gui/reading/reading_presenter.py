"""Turns the keys of reading into answers, and shows what was said of the film on the screen."""

from datetime import UTC, datetime
from functools import partial

from PySide6.QtCore import QObject, Qt

from radassist.domain.errors import UserError
from radassist.domain.reading import Opinion, ReaderAnswer
from radassist.gui.errors import sentence_for
from radassist.gui.main_window import MainWindow
from radassist.gui.presenter import Presenter
from radassist.gui.reading.answer_commands import GiveAnswer, TakeAnswerBack
from radassist.gui.reading.answers import OnScreen, Said, answer_of, said_by
from radassist.gui.reading.reader_panel import WITH_SCORE, WITHOUT_SCORE
from radassist.gui.reading.reading_book import ReadingBook
from radassist.gui.worklist.film_reading import answer_said

_OPEN = (Opinion.AGREE, Opinion.REVIEWED)
"""What Enter may put an agreement in the place of."""
_NOT_KEPT = "Answers cannot be kept now, so none was taken down."


class ReadingPresenter(QObject):
    """The reader at the window.

    Attributes:
        book: What was said of the films on the list.
    """

    def __init__(self, window: MainWindow, presenter: Presenter) -> None:
        super().__init__(window)
        self._window, self._presenter = window, presenter
        self._noted: OnScreen | None = None
        self._drafts: dict[str, str] = {}
        self._was_hidden = False
        self.book = ReadingBook(window.worklist_model, presenter.runner, self)
        window.actions_by_id.connect(
            {said.value: partial(self.say, said) for said in Said}
            | {"agree_next": self.agree_and_next, "write_note": self.write_note, "mark_unread": self.mark_unread}
        )
        window.reader.set_tips({said: window.actions_by_id[said.value].toolTip() for said in Said})
        self._connect()

    def say(self, said: Said) -> bool:
        """Answer the film on the screen, with the note in the panel; whether that could be done."""
        view = self._view()
        if view is None:
            self._window.show_message("There is no film on the screen yet.")
            return False
        return self._give(view, said)

    def agree_and_next(self) -> None:
        """Agree, unless another answer stands, and turn to the next film; at the last one say so."""
        before = self._presenter.films.number
        answer = self._answer(self._view())
        stands = answer is not None and answer.opinion not in _OPEN and not _other_model(answer, self._view())
        if not stands and not self.say(Said.AGREE):
            return
        self._window.worklist.step(1)
        if self._presenter.films.number == before:
            self._window.show_message("That was the last film of the list.")

    def write_note(self) -> None:
        """Put the keyboard into the note."""
        self._window.reader.note.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def mark_unread(self) -> None:
        """Take back the answer to the film on the screen, if there is one, and call it unread."""
        number, answer = self._presenter.films.number, self._answer(self._view())
        if answer:
            self._window.undo_stack.push(TakeAnswerBack(self.book, answer))
        if number is not None:
            self.book.close(number)

    def _give(self, view: OnScreen, said: Said) -> bool:
        if not self.book.is_kept:
            self._window.message_bar.say(_NOT_KEPT)
            return False
        note = self._window.reader.note
        try:
            answer = answer_of(said, view, note.text().strip(), datetime.now(UTC))
        except UserError as error:
            self._window.show_message(sentence_for(error))
            return False
        note.setModified(False)
        self._drafts.pop(answer.film_sha256, None)
        self._window.undo_stack.push(GiveAnswer(self.book, answer))
        return True

    def _connect(self) -> None:
        window, presenter = self._window, self._presenter
        presenter.backed.connect(self._on_backed)
        presenter.films.shown.connect(self._on_shown)
        presenter.films.answer_shown.connect(
            lambda analysis: self.book.note_shown(analysis.film_sha256, analysis.provenance.model_sha256)
        )
        self.book.changed.connect(self._on_book_changed)
        self.book.problem.connect(presenter.report)
        window.reader.said.connect(self.say)
        window.reader.note_written.connect(self._on_note_written)
        window.reader.note.editingFinished.connect(self._keep_note)
        window.closing.connect(self._on_closing)

    def _view(self) -> OnScreen | None:
        films, facts = self._presenter.films, self._presenter.facts
        if films.current is None:
            return None
        analysis = films.analysis
        labels = analysis.prediction.labels if analysis else facts.labels if facts else ()
        film = films.current.radiograph
        was_shown = facts is not None and self.book.was_shown(film.facts.sha256, facts.sha256)
        return OnScreen(film, analysis, labels, shown_before=was_shown and analysis is None)

    def _answer(self, view: OnScreen | None) -> ReaderAnswer | None:
        history = self.book.history(view.film.facts.sha256) if view else ()
        return history[-1] if history else None

    def _on_backed(self) -> None:
        backing = self._presenter.backing
        self.book.use(backing.readings if backing else None)

    def _on_shown(self) -> None:
        films = self._presenter.films
        if films.number is not None and films.current is not None:
            self.book.open(films.number)
        self._was_hidden = self._is_hidden()
        self._show_panel()

    def _on_book_changed(self) -> None:
        if self._is_hidden() != self._was_hidden:
            self._presenter.films.show_again()
        self._show_panel()

    def _is_hidden(self) -> bool:
        number = self._presenter.films.number
        return number is not None and self._window.worklist_model.reading(number).hides_score

    def _show_panel(self) -> None:
        view, panel = self._view(), self._window.reader
        if _film_of(view) != _film_of(self._noted):
            self._keep_note()
            panel.note.setModified(False)
        self._noted = view
        if view is None:
            panel.hide()
            return
        answer = self._answer(view)
        other_model = _other_model(answer, view)
        stands = said_by(answer, view.labels) if answer and not other_model else None
        note = self._drafts.get(view.film.facts.sha256, answer.note if answer else "")
        panel.offer(WITH_SCORE if view.analysis else WITHOUT_SCORE, stands, _words(answer, other_model), note)

    def _on_note_written(self, note: str) -> None:
        self._keep_note()
        self._window.worklist.setFocus(Qt.FocusReason.OtherFocusReason)
        if note.strip() and self._answer(self._noted) is None:
            self._window.show_message("The note is kept together with your answer: give one now.")

    def _keep_note(self) -> None:
        """Keep a changed note beside the answer that stands for its film; without an answer it waits for one."""
        line, view = self._window.reader.note, self._noted
        if view is None or not line.isModified():
            return
        answer = self._answer(view)
        said = said_by(answer, view.labels) if answer else None
        if answer is None or said is None:
            self._drafts[view.film.facts.sha256] = line.text()
        elif line.text().strip() != answer.note:
            self._give(view, said)

    def _on_closing(self) -> None:
        self._keep_note()
        self.book.settle()


def _film_of(view: OnScreen | None) -> str:
    return view.film.facts.sha256 if view else ""


def _other_model(answer: ReaderAnswer | None, view: OnScreen | None) -> str:
    return answer.other_model(view.analysis) if answer and view else ""


def _words(answer: ReaderAnswer | None, other_model: str) -> str:
    if answer is None:
        return "Not answered yet"
    when = answer.answered_at.astimezone().strftime("%Y-%m-%d %H:%M")
    hidden = ", before the model" if answer.is_blind else ", the model's answer seen earlier"
    blind = hidden if answer.seen is None and answer.opinion is not Opinion.REVIEWED else ""
    return f"{answer_said(answer, other_model)}{blind} · {when}"
