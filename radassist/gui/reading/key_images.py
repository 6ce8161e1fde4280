"""Key images: films a reader marks with one key, to find them again and to show them."""

from typing import Protocol

from PySide6.QtCore import QObject
from PySide6.QtGui import QUndoCommand

from radassist.domain.errors import StoreError
from radassist.gui.film.image_view import FilmView
from radassist.gui.main_window import MainWindow
from radassist.gui.presenter import Presenter
from radassist.gui.reading.reading_book import ReadingBook

_WORDS = "Key image"


class KeyImageFile(Protocol):
    """Keeps key images from one start to the next, in a moment; raises `StoreError` where it cannot."""

    def load(self) -> frozenset[str]:
        """The SHA-256 of all of them."""
        ...

    def save(self, films: frozenset[str]) -> None:
        """Let these be all."""
        ...


class KeyImages(QObject):
    """Connects the act `key_image`. Films go by the digest of their file, as marks and answers do."""

    def __init__(self, window: MainWindow, presenter: Presenter, book: ReadingBook, file: KeyImageFile) -> None:
        super().__init__(window)
        self._window, self._presenter, self._book, self._file = window, presenter, book, file
        self._views = (window.film_area.first, window.film_area.second)
        window.actions_by_id.connect({"key_image": self.toggle})
        for view in self._views:
            view.window_changed.connect(self._refresh)
        window.film_area.active_changed.connect(self._refresh)
        presenter.films.shown.connect(self._refresh)
        self._load()

    def toggle(self) -> None:
        """Call the film touched last a key image, or not any more; a step that can be undone."""
        film = self._digest(self._window.active_film)
        if film:
            self._window.undo_stack.push(_MarkKeyImage(self, film, is_key=film not in self._book.key_images))
        self._refresh()

    def put(self, film: str, *, is_key: bool) -> None:
        """Let the film of this SHA-256 be a key image or not, and keep it; told where it cannot be kept."""
        try:
            kept = self._file.load()  # anew: another window may have added some
            films = kept | {film} if is_key else kept - {film}
            self._file.save(films)
        except StoreError as error:
            self._presenter.report(error)
            return
        self._book.mark_key_images(films)
        self._refresh()

    def _load(self) -> None:
        try:
            self._book.mark_key_images(self._file.load())
        except StoreError as error:
            self._presenter.report(error)

    def _refresh(self) -> None:
        for view in self._views:
            is_key = self._digest(view) in self._book.key_images
            view.set_reader_words(_WORDS if is_key else "")
        is_active_key = self._digest(self._window.active_film) in self._book.key_images
        self._window.actions_by_id["key_image"].setChecked(is_active_key)

    def _digest(self, view: FilmView) -> str:
        return view.radiograph.facts.sha256 if view.radiograph else ""


class _MarkKeyImage(QUndoCommand):
    """One press of the key."""

    def __init__(self, keys: KeyImages, film: str, *, is_key: bool) -> None:
        super().__init__("marking a key image" if is_key else "unmarking a key image")
        self._keys, self._film, self._is_key = keys, film, is_key

    def redo(self) -> None:
        """Mark or unmark."""
        self._keys.put(self._film, is_key=self._is_key)

    def undo(self) -> None:
        """The other way round."""
        self._keys.put(self._film, is_key=not self._is_key)
