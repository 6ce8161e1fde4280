"""Sets the list against a table of labels, in a thread of its own, and shows what comes of it."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from radassist.domain.truth import TruthAudit
from radassist.export.truth_table import write_truth
from radassist.gui.jobs import Job, Lane, one_step
from radassist.gui.main_window import MainWindow
from radassist.gui.presenter import Presenter
from radassist.gui.settings import WindowSettings
from radassist.gui.truth.truth_dialog import TruthDialog
from radassist.gui.truth.truth_words import exported_words
from radassist.gui.widgets import dialogs
from radassist.workflow.truth import audit_films

_HIDDEN = (
    "The audit would tell you what the model says of films you have not answered yet: answer them, or end blind-first"
    " reading, and audit then."
)


class TruthPresenter(QObject):
    """At most one audit at a time: a new one takes the place of the last."""

    def __init__(self, window: MainWindow, presenter: Presenter, settings: WindowSettings) -> None:
        super().__init__(window)
        self._window, self._presenter, self._settings = window, presenter, settings
        self._job: Job | None = None
        self._dialog: TruthDialog | None = None
        window.actions_by_id.connect({"audit_truth": self.ask})
        window.actions_by_id["blind_first"].toggled.connect(self._forget)
        window.worklist_model.modelReset.connect(self._forget)
        window.closing.connect(self._forget)

    def ask(self) -> None:
        """Ask for a table of labels and audit the list with it."""
        if self._refuses():
            return
        table = dialogs.choose_labels(self._window, self._settings)
        if table:
            self.audit(table)

    def audit(self, table: Path) -> None:
        """Set the scored films of the list against the labels in `table`."""
        if self._refuses():
            return
        self._forget()
        items = self._window.worklist_model.shown_items()
        job = self._presenter.runner.start(one_step(partial(audit_films, items, table)), lane=Lane.IO)
        self._job = job
        job.succeeded.connect(partial(self._on_audited, job))
        job.failed.connect(partial(self._on_failed, job))
        self._window.show_message("Reading the labels…")

    def export(self, audit: TruthAudit, threshold: float, target: Path) -> None:
        """Write the films of `audit`, called at `threshold`, to `target`."""
        write = one_step(partial(write_truth, audit, threshold, target))
        job = self._presenter.runner.start(write, lane=Lane.IO)
        job.succeeded.connect(lambda _: self._window.show_message(exported_words(len(audit.films), target.name)))
        job.failed.connect(self._presenter.report)

    def _refuses(self) -> bool:
        is_hidden = self._window.worklist_model.hidden_count > 0
        if is_hidden:
            self._window.message_bar.say(_HIDDEN)
        return is_hidden

    def _forget(self) -> None:
        """Close what is shown and drop what is on its way: the list is another, or its scores may not be seen now."""
        self._job = None
        dialog, self._dialog = self._dialog, None
        if dialog:
            dialog.close()

    def _on_audited(self, job: Job, audit: TruthAudit) -> None:
        if job is not self._job:
            return
        self._window.status.clearMessage()
        dialog = self._dialog = TruthDialog(audit, self._window.theme, self._window)
        dialog.film_chosen.connect(self._window.worklist.select)
        dialog.export_requested.connect(partial(self._export, dialog))
        dialog.finished.connect(partial(self._on_closed, dialog))
        dialog.show()

    def _on_failed(self, job: Job, error: BaseException) -> None:
        if job is self._job:
            self._window.status.clearMessage()
            self._presenter.report(error)

    def _on_closed(self, dialog: TruthDialog, result: int) -> None:
        if self._dialog is dialog:
            self._dialog = None

    def _export(self, dialog: TruthDialog) -> None:
        target = dialogs.choose_csv(dialog, self._settings, what="audit")
        if target:
            self.export(dialog.audit, dialog.panel.threshold, target)
