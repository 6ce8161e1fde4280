"""Opens the preferences and remembers what was chosen."""

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from radassist import paths
from radassist.domain.analysis import ModelFacts
from radassist.gui.film.mouse_choice import MouseChoice
from radassist.gui.main_window import MainWindow
from radassist.gui.preferences.preferences_dialog import Preferences, PreferencesDialog
from radassist.gui.preferences.threshold_page import ThresholdPage
from radassist.gui.preferences.threshold_presenter import ThresholdPresenter
from radassist.gui.presenter import Presenter
from radassist.gui.settings import WindowSettings
from radassist.gui.theme import change_theme

_MOUSE = "mouse/choice"


class PreferencesPresenter(QObject):
    """Connects the act `preferences`, gives the mouse what was chosen for it, and follows the desktop's colours."""

    def __init__(
        self, window: MainWindow, presenter: Presenter, settings: WindowSettings, thresholds: ThresholdPresenter
    ) -> None:
        super().__init__(window)
        self._window, self._presenter, self._settings = window, presenter, settings
        self._thresholds = thresholds
        window.actions_by_id.connect({"preferences": self.open})
        self._use_mouse(MouseChoice.from_text(settings.text(_MOUSE, "")))
        window.findings.set_prevalence(settings.prevalence)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self.dress)

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
        threshold = ThresholdPage(facts, self._thresholds.hindrance if facts else "")
        dialog = PreferencesDialog(chosen, line, folders, threshold, self._window)
        dialog.chosen.connect(partial(self._on_chosen, facts))
        dialog.models_wanted.connect(self._window.actions_by_id["models"].trigger)
        dialog.archive_wanted.connect(self._window.actions_by_id["choose_archive"].trigger)
        dialog.reception_wanted.connect(self._window.actions_by_id["receive_films"].trigger)
        dialog.open()

    def dress(self) -> None:
        """Show everything in the colours that are wanted now: those chosen, or the desktop's."""
        application = QApplication.instance()
        if isinstance(application, QApplication):
            change_theme(application, self._window.theme, self._settings.theme)

    def _on_chosen(self, facts: ModelFacts | None, chosen: Preferences) -> None:
        self._settings.theme, self._settings.score_on_opening = chosen.theme, chosen.score_on_opening
        self._settings.set_text(_MOUSE, chosen.mouse.to_text())
        self._settings.prevalence = chosen.prevalence
        self._settings.save()
        self._use_mouse(chosen.mouse)
        self.dress()
        self._window.findings.set_prevalence(chosen.prevalence)
        self._thresholds.use(chosen.rule, facts)
        self._presenter.changed.emit()

    def _use_mouse(self, choice: MouseChoice) -> None:
        for view in (self._window.film_area.first, self._window.film_area.second):
            view.mouse.choice = choice
