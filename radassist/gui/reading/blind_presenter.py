"""Blind-first reading: switches it on and off, keeps it on from one start to the next, and sums the round up."""

from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from radassist.domain.reading_round import ReadFilm, ReadingRound, RoundSummary, summarise
from radassist.export.round_table import write_round
from radassist.gui.actions.spec import Need
from radassist.gui.jobs import Lane, one_step
from radassist.gui.main_window import MainWindow
from radassist.gui.presenter import Presenter
from radassist.gui.reading.reading_book import ReadingBook
from radassist.gui.reading.round_dialog import RoundDialog
from radassist.gui.settings import WindowSettings
from radassist.gui.widgets import dialogs
from radassist.gui.worklist.worklist_order import AnyOrder, Order

_SINCE = "reading/round_since"


class BlindPresenter(QObject):
    """At most one round at a time. It goes on at the next start of the program."""

    def __init__(self, window: MainWindow, presenter: Presenter, book: ReadingBook, settings: WindowSettings) -> None:
        super().__init__(window)
        self._window, self._presenter, self._book, self._settings = window, presenter, book, settings
        self._line = window.status.add_line("Blind-first reading")
        self._order_before: AnyOrder | None = None
        window.actions_by_id.connect({"blind_first": self.toggle, "round_summary": self.show_summary})
        for changed in (book.changed, window.worklist_model.rowsInserted, window.worklist_model.modelReset):
            changed.connect(self._show_progress)
        self._begin(_round_of(settings.text(_SINCE, "")))

    def toggle(self) -> None:
        """Begin a round, or end the one that is under way and show all scores."""
        if self._book.round:
            self._begin(None)
            self._window.show_message("The round has ended: all that the model says is shown.")
            return
        self._begin(ReadingRound(datetime.now(UTC)))
        self._window.show_message("What the model says of a film is hidden until you answer: S, X or U.")

    def show_summary(self) -> None:
        """What the round has brought so far."""
        summary = self._summary()
        dialog = RoundDialog(summary, self._window.worklist_model.rowCount(), self._window)
        dialog.film_chosen.connect(self._window.worklist.select)
        dialog.export_requested.connect(partial(self._export, summary))
        dialog.open()

    def export(self, summary: RoundSummary, target: Path) -> None:
        """Write `summary` to `target`."""
        job = self._presenter.runner.start(one_step(partial(write_round, summary, target)), lane=Lane.IO)
        job.succeeded.connect(lambda _: self._window.show_message(f"The round was written to {target.name}."))
        job.failed.connect(self._presenter.report)

    def _export(self, summary: RoundSummary) -> None:
        target = dialogs.choose_csv(self._window, self._settings, what="round")
        if target:
            self.export(summary, target)

    def _begin(self, blind: ReadingRound | None) -> None:
        self._settings.set_text(_SINCE, blind.since.isoformat() if blind else "")
        self._book.begin_round(blind)
        self._arrange(blind)
        self._window.actions_by_id["blind_first"].setChecked(blind is not None)
        self._window.actions_by_id.set_met({Need.ROUND: blind is not None})
        self._show_progress()

    def _arrange(self, blind: ReadingRound | None) -> None:
        """In the order of arrival during a round, so that no film jumps as its score comes to light; then as before.

        The film on the screen stays in view; an order the reader chose meanwhile stands.
        """
        worklist = self._window.worklist
        if blind and self._order_before is None:
            self._order_before = worklist.order
            worklist.set_order(Order.ARRIVAL)
        elif blind is None and self._order_before is not None:
            if worklist.order is Order.ARRIVAL:
                worklist.set_order(self._order_before)
            self._order_before = None
        worklist.show_selected()

    def _summary(self) -> RoundSummary:
        if self._book.round is None:
            return RoundSummary(())
        items = self._window.worklist_model.shown_items()
        films = (
            ReadFilm(
                item.number,
                item.source.name,
                item.analysis.prediction if item.analysis else None,
                self._book.history(item.film_sha256),
            )
            for item in items
        )
        return summarise(self._book.round, films)

    def _show_progress(self) -> None:
        words = ""
        if self._book.round:
            listed = self._window.worklist_model.items()
            done = sum(self._book.round.last(self._book.history(item.film_sha256)) is not None for item in listed)
            words = f"Blind-first: {done} of {len(listed)} answered"
        self._window.status.tell(self._line, words)


def _round_of(text: str) -> ReadingRound | None:
    """The round that began at this time; None where there was none, or the setting is damaged."""
    try:
        since = datetime.fromisoformat(text)
    except ValueError:
        return None
    return ReadingRound(since) if since.tzinfo else None
