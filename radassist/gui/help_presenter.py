"""The acts of the Help menu: what the keys do, what the program is."""

from PySide6.QtCore import QObject

from radassist.gui.main_window import MainWindow
from radassist.gui.presenter import Presenter
from radassist.gui.widgets import dialogs


class HelpPresenter(QObject):
    """Opens the dialogs that explain."""

    def __init__(self, window: MainWindow, presenter: Presenter) -> None:
        super().__init__(window)
        self._window, self._presenter = window, presenter
        window.actions_by_id.connect({"shortcuts": self.show_keys, "about": self.show_about})

    def show_keys(self) -> None:
        """What every key and mouse button does."""
        specs, mouse = self._window.actions_by_id.current_specs(), self._window.film.mouse.choice
        dialogs.keys_dialog(self._window, specs, mouse).open()

    def show_about(self) -> None:
        """Version, model, and what the program must not be used for."""
        dialogs.about_dialog(self._window, self._presenter.facts).open()
