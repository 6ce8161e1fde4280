"""Changes keys, and remembers them from one start to the next."""

from PySide6.QtCore import QObject

from radassist.gui.keys.key_table import KeyTable
from radassist.gui.keys.keys_editor import KeysEditor
from radassist.gui.main_window import MainWindow
from radassist.gui.settings import WindowSettings

_SETTING = "keys/chosen"


class KeysPresenter(QObject):
    """Connects the act `change_keys`."""

    def __init__(self, window: MainWindow, settings: WindowSettings) -> None:
        super().__init__(window)
        self._window, self._settings = window, settings
        self.keys = KeyTable(window.actions_by_id.specs)
        self.keys.restore(settings.text(_SETTING, ""))
        window.actions_by_id.connect({"change_keys": self.open})
        if self.keys.chosen:
            self._apply()

    def open(self) -> None:
        """Show every act with its keys."""
        editor = KeysEditor(self.keys, self._window)
        editor.changed.connect(self._on_changed)
        editor.open()

    def _on_changed(self) -> None:
        self._apply()
        self._settings.set_text(_SETTING, self.keys.to_text())
        self._settings.save()

    def _apply(self) -> None:
        for act in self.keys.specs:
            self._window.actions_by_id.set_keys(act, self.keys.keys_of(act))
