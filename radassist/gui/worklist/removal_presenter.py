"""Takes the selected films off the worklist; their files, results and answers stay where they are."""

from PySide6.QtCore import QObject

from radassist.gui.main_window import MainWindow
from radassist.gui.presenter import Presenter

_RUNNING = "A queue is running. Films can be taken off the list when it has ended, or is cancelled."


class RemovalPresenter(QObject):
    """Connects the act `close_selected`."""

    def __init__(self, window: MainWindow, presenter: Presenter) -> None:
        super().__init__(window)
        self._window, self._presenter = window, presenter
        window.actions_by_id.connect({"close_selected": self.close_selected})

    def close_selected(self) -> None:
        """Take the selected films off the list; if the one on the screen is among them, another takes its place."""
        window, presenter, model = self._window, self._presenter, self._window.worklist_model
        gone = frozenset(window.worklist.selected_numbers)
        if presenter.queue.is_running:
            window.message_bar.say(_RUNNING)
        elif len(gone) == model.rowCount():
            presenter.close_all()
        elif gone:
            self._turn_away_from(gone)
            model.remove(gone)
            window.undo_stack.clear()  # it may hold steps on films that nobody would see taken back
            presenter.queue.show_idle()
            presenter.changed.emit()
            window.show_message(_words(len(gone)))

    def _turn_away_from(self, gone: frozenset[int]) -> None:
        """Show a film that stays: the one on the screen, else the next of the list, else the one before."""
        worklist, shown = self._window.worklist, self._presenter.films.number
        listed = worklist.listed_numbers
        place = listed.index(shown) if shown in listed else 0
        staying = [number for number in (*listed[place:], *reversed(listed[:place])) if number not in gone]
        if staying:
            worklist.select(staying[0] if shown in gone or shown is None else shown)
        elif shown in gone:
            self._presenter.films.close_film()


def _words(films: int) -> str:
    is_off = "1 film is" if films == 1 else f"{films} films are"
    return f"{is_off} off the list; files, results and answers stay."
