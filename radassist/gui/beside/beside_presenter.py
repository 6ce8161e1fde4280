"""Hangs a second film beside the first: chosen by hand, or the patient's prior; each with its own answer."""

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QMenu

from radassist.domain.priors import find_prior
from radassist.gui.beside.film_strip import StripWords, strip_words
from radassist.gui.beside.linked_overlay import linked_overlay
from radassist.gui.beside.second_side import SecondSide
from radassist.gui.beside.twin_words import hidden
from radassist.gui.film.film_cache import CachedFilm
from radassist.gui.jobs import Job
from radassist.gui.main_window import MainWindow
from radassist.gui.presenter import Presenter
from radassist.gui.settings import WindowSettings

_NO_PRIOR = "No earlier film of this patient is on the list. Choose a film with Show beside in the list's menu."
_AUTOMATIC = "beside/prior_by_itself"


class BesidePresenter(QObject):
    """Owns which film hangs on the right.

    What is known of it comes from the same place as for the first film, by its number on the worklist: whatever
    arrives late for another film finds another number here.
    """

    def __init__(self, window: MainWindow, presenter: Presenter, settings: WindowSettings, side: SecondSide) -> None:
        super().__init__(window)
        self._window, self._presenter, self._settings, self._side = window, presenter, settings, side
        self._area = window.film_area
        self._number: int | None = None
        self._is_prior = False
        self._dismissed: int | None = None
        self._job: Job | None = None
        window.actions_by_id.connect(
            {
                "two_films": self.toggle,
                "hold_beside": self._hold_first,
                "hang_prior": self._toggle_automatic,
            }
        )
        self._connect()
        self._show_checks()

    @property
    def number(self) -> int | None:
        """Worklist number of the second film; None while there is one film only."""
        return self._number

    def show_beside(self, number: int) -> None:
        """Hang worklist item `number` on the right."""
        self._cancel()
        self._number = number
        self._is_prior = False
        self._side.take(self, "left film")
        self._refresh()
        self._job = self._presenter.films.fetch(number)
        self._show_checks()

    def leave(self) -> None:
        """Make room; a prior does not come back by itself while this film is on the screen."""
        self._cancel()
        self._dismissed = self._presenter.films.number
        self._number = None
        self._show_checks()

    def toggle(self) -> None:
        """The patient's prior beside the film on the screen; or back to one film."""
        if self._number is not None:
            self._side.close()
            return
        prior = self._prior()
        if prior is None:
            self._window.show_message(_NO_PRIOR)
            self._show_checks()
        else:
            self.show_beside(prior)
            self._is_prior = True

    def _connect(self) -> None:
        films, second = self._presenter.films, self._area.second
        films.shown.connect(self._on_first_shown)
        films.learned.connect(self._on_learned)
        films.forgotten.connect(self._on_forgotten)
        self._window.worklist.menu_requested.connect(self._open_list_menu)
        self._window.worklist_model.dataChanged.connect(self._show_words)
        self._window.worklist_model.modelReset.connect(self._on_list_reset)
        self._window.blocks.overlay_changed.connect(self._show_overlay)
        self._window.review_tabs.currentChanged.connect(self._show_overlay)
        second.paths_dropped.connect(self._presenter.open_paths)

    def _prior(self) -> int | None:
        number, model = self._presenter.films.number, self._window.worklist_model
        prior = find_prior(model.item(number), model.items()) if number is not None else None
        return prior.number if prior else None

    def _hold_first(self) -> None:
        """Keep the film on the screen on the right, to go on in the list on the left."""
        if self._presenter.films.number is not None:
            self.show_beside(self._presenter.films.number)

    def _on_first_shown(self) -> None:
        if self._presenter.films.number != self._dismissed:
            self._dismissed = None
        is_free = self._side.guest is None or (self._side.guest is self and self._is_prior)
        wants_prior = self._is_automatic and self._dismissed is None and is_free
        prior = self._prior() if wants_prior else None
        if prior is not None and prior != self._number:
            self.show_beside(prior)
            self._is_prior = True
        elif wants_prior and prior is None and self._number is not None:
            self._side.close()
            self._dismissed = None  # nobody sent it away: one whose header is read later may still come
        self._show_words()
        self._show_overlay()

    def _on_learned(self, number: int) -> None:
        if number == self._number:
            self._refresh()

    def _on_forgotten(self) -> None:
        """Another model answers, or the list is empty."""
        if self._number is not None and self._presenter.films.number is not None:
            was_prior = self._is_prior
            self.show_beside(self._number)
            self._is_prior = was_prior
        elif self._number is not None:
            self._side.close()

    def _on_list_reset(self) -> None:
        """The film on the right may have been taken off the list."""
        if self._number is not None and self._number not in self._window.worklist_model:
            self._side.close()

    def _refresh(self) -> None:
        """Show all that is known of the second film."""
        if self._number is None:
            return
        item, film, view = self._window.worklist_model.item(self._number), self._known(), self._area.second
        with self._side.link.resting():
            if film is None:
                view.clear(item.reason or f"Reading {item.source.name} …")
            elif view.radiograph is not film.radiograph:
                view.set_radiograph(film.radiograph, film.levels)
        self._side.link.align()
        self._show_words()
        self._show_overlay()

    def _show_words(self) -> None:
        if self._number is None:
            return
        first, area = self._presenter.films.number, self._area
        area.first_strip.show_words(self._words(first) if first is not None else StripWords())
        area.second_strip.show_words(self._words(self._number))

    def _words(self, number: int) -> StripWords:
        if number not in self._window.worklist_model:
            return StripWords()
        model = self._window.worklist_model
        film = self._presenter.films.known(number)  # as far as the reader may know it
        if film and film.analysis:
            self._presenter.films.answer_shown.emit(film.analysis)
        words = strip_words(model.item(number), film)
        return hidden(words) if model.reading(number).hides_score else words

    def _show_overlay(self) -> None:
        if self._number is None:
            return
        films = (self._presenter.films.current, self._known())
        first, second = (film.analysis if film else None for film in films)
        is_in_front = self._window.review_tabs.currentWidget() is self._window.blocks
        self._area.second.set_overlay(
            linked_overlay(first, second, self._window.blocks.state()) if is_in_front else None
        )

    def _known(self) -> CachedFilm | None:
        return self._presenter.films.known(self._number) if self._number is not None else None

    def _open_list_menu(self, number: int, place: QPoint) -> None:
        menu = QMenu(self._window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("Show &beside", lambda: self.show_beside(number))
        for acts in (("two_films", "hang_prior"), ("export_selected", "close_selected")):
            menu.addSeparator()
            menu.addActions([self._window.actions_by_id[act] for act in acts])
        menu.popup(place)

    @property
    def _is_automatic(self) -> bool:
        return self._settings.text(_AUTOMATIC, "false") == "true"

    def _toggle_automatic(self) -> None:
        self._settings.set_text(_AUTOMATIC, "false" if self._is_automatic else "true")
        self._show_checks()
        self._on_first_shown()

    def _show_checks(self) -> None:
        actions = self._window.actions_by_id
        actions["two_films"].setChecked(self._number is not None)
        actions["hang_prior"].setChecked(self._is_automatic)

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()
        self._job = None
