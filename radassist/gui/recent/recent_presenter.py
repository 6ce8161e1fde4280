"""The acts that open again what was opened before."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu

from radassist.gui.actions.spec import Menu
from radassist.gui.jobs import Lane, one_step
from radassist.gui.main_window import MainWindow
from radassist.gui.presenter import Presenter
from radassist.gui.recent.recent_paths import Entry, RecentPaths, entry_title
from radassist.gui.settings import WindowSettings


class RecentPresenter(QObject):
    """Remembers what is opened, and offers it in the File menu.

    Attributes:
        paths: What is remembered.
        menu: The submenu, filled when it is opened.
    """

    def __init__(self, window: MainWindow, presenter: Presenter, settings: WindowSettings) -> None:
        super().__init__(window)
        self._window, self._presenter = window, presenter
        self.paths = RecentPaths(settings)
        self.menu = QMenu("Open &recent", window)
        self.menu.aboutToShow.connect(self._fill)
        window.menus[Menu.FILE].insertMenu(window.actions_by_id["reopen_last"], self.menu)
        window.actions_by_id.connect({"reopen_last": self.reopen_last, "forget_recent": self.forget})
        presenter.opened.connect(self._on_opened)

    def reopen_last(self) -> None:
        """Open what was opened last: after a start, the study that was read before."""
        entries = self.paths.entries
        if entries:
            self.open(entries[0])
        else:
            self._window.show_message("Nothing was opened before.")

    def open(self, entry: Entry) -> None:
        """Open an entry; one that is no longer there is told and forgotten."""
        # A network folder that is gone answers after seconds.
        job = self._presenter.runner.start(one_step(lambda: [path for path in entry if path.exists()]), lane=Lane.IO)
        job.succeeded.connect(partial(self._on_looked_for, entry))
        job.failed.connect(self._presenter.report)

    def forget(self) -> None:
        """Remember nothing of what was opened so far."""
        self.paths.forget()
        self._window.show_message("What was opened before is forgotten.")

    def _on_looked_for(self, entry: Entry, there: list[Path]) -> None:
        if there:
            self._presenter.open_paths(there)
        else:
            self.paths.remove(entry)
            self._window.message_bar.say(f"{entry[0].name} is no longer there.")

    def _on_opened(self, paths: list[Path]) -> None:
        self.paths.add(paths)

    def _fill(self) -> None:
        self.menu.clear()
        for entry in self.paths.entries:
            self.menu.addAction(entry_title(entry).replace("&", "&&"), partial(self.open, entry))
        if self.menu.isEmpty():
            self.menu.addAction("Nothing yet").setEnabled(False)
        self.menu.addSeparator()
        self.menu.addAction(self._window.actions_by_id["forget_recent"])
