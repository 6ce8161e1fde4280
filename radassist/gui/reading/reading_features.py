"""All that belongs to reading: answers, and rounds in which they come first."""

from radassist import paths
from radassist.gui.main_window import MainWindow
from radassist.gui.presenter import Presenter
from radassist.gui.reading.blind_presenter import BlindPresenter
from radassist.gui.reading.key_images import KeyImages
from radassist.gui.reading.reading_presenter import ReadingPresenter
from radassist.gui.reading.study_presenter import StudyPresenter
from radassist.gui.settings import WindowSettings
from radassist.store.key_images import KeyImageFile


def add_reading(window: MainWindow, presenter: Presenter, settings: WindowSettings) -> None:
    """Give the window what readers need; the window owns each part."""
    reading = ReadingPresenter(window, presenter)
    KeyImages(window, presenter, reading.book, KeyImageFile(paths.key_images_file()))
    BlindPresenter(window, presenter, reading.book, settings)
    StudyPresenter(window, presenter, reading.book)
