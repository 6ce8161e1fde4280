"""A whole study is marked as reviewed by one key: films the reader said nothing of are no longer unread."""

from datetime import UTC, datetime

from PySide6.QtCore import QObject

from radassist.domain.reading import Opinion, ReaderAnswer, SeenScore
from radassist.domain.study import study_key
from radassist.domain.worklist import WorklistItem
from radassist.gui.main_window import MainWindow
from radassist.gui.presenter import Presenter
from radassist.gui.reading.answer_commands import GiveAnswer
from radassist.gui.reading.reading_book import ReadingBook


class StudyPresenter(QObject):
    """Connects the act `review_study`. What was said of a film stands; one step takes the whole mark back."""

    def __init__(self, window: MainWindow, presenter: Presenter, book: ReadingBook) -> None:
        super().__init__(window)
        self._window, self._presenter, self._book = window, presenter, book
        window.actions_by_id.connect({"review_study": self.review})

    def review(self) -> None:
        """Mark every film of the study on the screen that nothing was said of."""
        number = self._presenter.films.number
        if number is None or not self._book.is_kept:
            self._window.show_message("There is no study to be marked, or no place to keep it.")
            return
        films = self._study_of(number)
        open_films = [item for item in films if not self._book.history(item.film_sha256)]
        readable = {item.film_sha256: item for item in open_films if item.film_sha256}
        if readable:
            self._window.undo_stack.beginMacro("a study reviewed")
            for item in readable.values():
                self._window.undo_stack.push(GiveAnswer(self._book, _reviewed(item)))
            self._window.undo_stack.endMacro()
        left = sum(not item.film_sha256 for item in open_films)
        self._window.show_message(_words(len(films) - left, left))

    def _study_of(self, number: int) -> list[WorklistItem]:
        """As far as the reader may see each film."""
        item = self._window.worklist_model.item(number)
        key = study_key(item.source, item.identity)
        items = self._window.worklist_model.shown_items()
        return [each for each in items if study_key(each.source, each.identity) == key]


def _reviewed(item: WorklistItem) -> ReaderAnswer:
    return ReaderAnswer(
        film_sha256=item.film_sha256,
        opinion=Opinion.REVIEWED,
        answered_at=datetime.now(UTC),
        seen=SeenScore.of(item.analysis) if item.analysis else None,
        study_uid=item.identity.study_uid if item.identity else "",
    )


def _words(reviewed: int, left: int) -> str:
    said = f"The study is reviewed: {reviewed} film{'' if reviewed == 1 else 's'}."
    if not left:
        return said
    return f"{said} Not read in yet, and so still unread: {left}."
