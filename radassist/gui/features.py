"""Which features the window has: objects of their own that connect their acts and live as long as the window."""

from radassist.gui.help_presenter import HelpPresenter
from radassist.gui.main_window import MainWindow
from radassist.gui.presenter import Presenter
from radassist.gui.reading.reading_presenter import ReadingPresenter
from radassist.gui.settings import WindowSettings


def add_features(window: MainWindow, presenter: Presenter, settings: WindowSettings) -> None:
    """Give the window what does not belong to the story of films and queue; the window owns each of them."""
    HelpPresenter(window, presenter)
    ReadingPresenter(window, presenter)
