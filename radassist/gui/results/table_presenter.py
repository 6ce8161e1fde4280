"""The acts that write the results as a table."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from radassist.domain.worklist import FINAL_STATES
from radassist.gui.actions.spec import Need
from radassist.gui.jobs import Lane, one_step
from radassist.gui.main_window import MainWindow
from radassist.gui.presenter import Presenter
from radassist.gui.settings import WindowSettings
from radassist.gui.widgets import dialogs
from radassist.gui.widgets.scope_box import Scope


class TablePresenter(QObject):
    """Connects *Export CSV*, with readers' notes and without, and *Export selected rows*."""

    def __init__(self, window: MainWindow, presenter: Presenter, settings: WindowSettings) -> None:
        super().__init__(window)
        self._window, self._presenter, self._settings = window, presenter, settings
        window.actions_by_id.connect(
            {
                "export_csv": self.ask,
                "export_identified": partial(self.ask, identified=True),
                "export_selected": partial(self.ask, scope=Scope.SELECTED),
            }
        )
        window.queue.export_requested.connect(self.ask)
        window.worklist.selection_changed.connect(self._show_need)
        self._show_need()

    def ask(self, *, identified: bool = False, scope: Scope | None = None) -> None:
        """Ask where the table shall be written."""
        target = dialogs.choose_csv(self._window, self._settings)
        if target:
            self.save(target, identified=identified, scope=scope)

    def save(self, target: Path, *, identified: bool = False, scope: Scope | None = None) -> None:
        """Write one row to `target` for each film that was scored, refused or failed, and say what is not in it.

        Args:
            target: Replaced if it exists.
            identified: With readers' notes, and with UIDs in place of salted keys.
            scope: Which films; None for all there are, whether the filter lets them through or not.
        """
        backing = self._presenter.backing
        if backing is None:
            return
        write = backing.write_identified if identified else backing.write_csv
        if write is None:
            self._window.message_bar.say("Nothing is kept now, so there are no notes to export.")
            return
        items = self._window.worklist_model.items() if scope is None else self._presenter.films_in(scope)
        hidden = sum(bool(item.analysis) and self._presenter.hides_any((item,)) for item in items)
        if hidden:
            self._window.message_bar.say(_hidden_words(hidden))
            return
        ended = [item for item in items if item.state in FINAL_STATES]
        facts, runner = self._presenter.facts, self._presenter.runner

        def write_all() -> None:
            runner.settle(Lane.READING)  # the last answer may still be on its way to the store
            write(ended, target, facts.labels if facts else ())

        job = runner.start(one_step(write_all), lane=Lane.IO)
        job.succeeded.connect(lambda _: self._tell(target, len(ended), len(items) - len(ended)))
        job.failed.connect(self._presenter.report)

    def _show_need(self) -> None:
        self._window.actions_by_id.set_met({Need.SELECTION: self._window.worklist.selected_count > 0})

    def _tell(self, target: Path, written: int, missing: int) -> None:
        sentence = f"{_counted(written, 'row')} written to {target.name}"
        if missing:
            is_not = "is not scored yet and not" if missing == 1 else "are not scored yet and not"
            self._window.message_bar.say(f"{sentence}; {_counted(missing, 'film')} {is_not} in it.")
        else:
            self._window.show_message(f"{sentence}.")


def _hidden_words(films: int) -> str:
    return (
        f"The table would tell you what the model says of {_counted(films, 'film')} you have not answered yet:"
        " answer them, or end blind-first reading, and export then."
    )


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
