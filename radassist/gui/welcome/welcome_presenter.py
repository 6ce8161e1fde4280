"""The first start: research use is accepted once, and a tour is offered."""

from PySide6.QtCore import QObject

from radassist.gui.main_window import MainWindow
from radassist.gui.settings import WindowSettings
from radassist.gui.welcome.tour import Tour, TourStep
from radassist.gui.widgets.offer_bar import OfferBar

_ACCEPTED = "welcome/accepted"
TERMS = (
    "Research use only. Not for diagnosis: no score here may decide what is done for a patient. "
    "All data stay on this machine."
)


class WelcomePresenter(QObject):
    """Asks until it was answered, whether with `I understand` or by taking the tour; connects the act `tour`."""

    def __init__(self, window: MainWindow, settings: WindowSettings) -> None:
        super().__init__(window)
        self._window, self._settings = window, settings
        self.bar: OfferBar = window.welcome_bar
        self.bar.accepted.connect(self._accept)
        self.bar.declined.connect(self._accept_and_tour)
        window.actions_by_id.connect({"tour": self.tour})
        if settings.text(_ACCEPTED, "") != TERMS:
            self.bar.offer(TERMS)

    def tour(self) -> None:
        """Show what is where."""
        tour = Tour(self._window.theme, self._steps(), self._window)
        tour.show()
        tour.next_button.setFocus()

    def _accept(self) -> None:
        self._settings.set_text(_ACCEPTED, TERMS)
        self._settings.save()

    def _accept_and_tour(self) -> None:
        self._accept()
        self.tour()

    def _steps(self) -> tuple[TourStep, ...]:
        window = self._window
        return (
            TourStep(
                window.worklist,
                "The worklist",
                "Open films or a whole folder, or drop them here. The most suspicious film stands first; the order of "
                "arrival is one key away, and no film is ever hidden by its score.",
            ),
            TourStep(
                window.film,
                "The film",
                "Drag with the left button for window and level, with the right one to zoom, with the middle one to "
                "move. Page Down shows the next film.",
            ),
            TourStep(
                window.findings,
                "What the model says",
                "Its suspicion, the threshold, and how far the number can be trusted. Where it is not sure it says so.",
            ),
            TourStep(
                window.blocks,
                "What each block made of it",
                "Lay the map of any block over the film: Right and Left choose the block, G shows and hides it.",
            ),
            TourStep(
                window.queue,
                "The queue",
                "Every film ends scored, refused or failed, and the sum is shown. Export the table with Ctrl+E. "
                "Every key is listed under the question mark.",
            ),
        )
