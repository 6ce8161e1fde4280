"""Remembers the columns of the worklist, and opens their menu by key."""

from PySide6.QtCore import QObject

from radassist.gui.main_window import MainWindow
from radassist.gui.settings import WindowSettings

_KEY = "worklist/columns"


class ColumnsPresenter(QObject):
    """Connects the act `choose_columns`."""

    def __init__(self, window: MainWindow, settings: WindowSettings) -> None:
        super().__init__(window)
        columns = window.worklist.columns
        window.actions_by_id.connect({"choose_columns": columns.popup})
        columns.restore(settings.text(_KEY, ""))
        columns.changed.connect(lambda: settings.set_text(_KEY, columns.to_text()))
