"""Opens the preferences and remembers what was chosen."""

from PySide6.QtCore import QObject

from radassist import paths
from radassist.gui.film.mouse_choice import MouseChoice
from radassist.gui.main_window import MainWindow
from radassist.gui.preferences.preferences_dialog import Preferences, PreferencesDialog
from radassist.gui.presenter import Presenter
from radassist.gui.settings import WindowSettings

_MOUSE = "mouse/choice"


class PreferencesPresenter(QObject):
    """Connects the act `preferences`, and gives the mouse what was chosen for it."""

    def __init__(self, window: MainWindow, presenter: Presenter, settings: WindowSettings) -> None:
        super().__init__(window)
        self._window, self._presenter, self._settings = window, presenter, settings
        window.actions_by_id.connect({"preferences": self.open})
        self._use_mouse(MouseChoice.from_text(settings.text(_MOUSE, "")))
        window.findings.set_prevalence(settings.prevalence)

    def open(self) -> None:
        """Show what is chosen now."""
        facts, settings = self._presenter.facts, self._settings
        line = f"{facts.title} on {facts.device}" if facts else "No model"
        folders = (
            ("Results and settings", paths.user_data_dir()),
            ("Logs", paths.log_dir()),
            ("Own models", paths.user_models_dir()),
        )
        mouse = self._window.film.mouse.choice
        chosen = Preferences(settings.theme, settings.score_on_opening, mouse, settings.prevalence)
        dialog = PreferencesDialog(chosen, line, folders, self._window)
        dialog.chosen.connect(self._on_chosen)
        dialog.models_wanted.connect(self._window.actions_by_id["models"].trigger)
        dialog.open()

    def _on_chosen(self, chosen: Preferences) -> None:
        self._settings.theme, self._settings.score_on_opening = chosen.theme, chosen.score_on_opening
        self._settings.set_text(_MOUSE, chosen.mouse.to_text())
        self._settings.prevalence = chosen.prevalence
        self._settings.save()
        self._use_mouse(chosen.mouse)
        self._window.findings.set_prevalence(chosen.prevalence)
        self._presenter.intents.refresh()

    def _use_mouse(self, choice: MouseChoice) -> None:
        for view in (self._window.film_area.first, self._window.film_area.second):
            view.mouse.choice = choice
