"""Which films of the worklist are selected together. It turns to none of them: the film on the screen stays there."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QObject, Signal
from PySide6.QtWidgets import QTableView

from radassist.gui.worklist.worklist_order_model import WorklistOrderModel

_ALONE = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
_IN_TURN = QItemSelectionModel.SelectionFlag.Toggle | QItemSelectionModel.SelectionFlag.Rows


class WorklistSelection(QObject):
    """Of one view. To turn to a film selects it alone. The row of a fold stands for all its films.

    Films are kept by number, so what a filter hides is selected again when it comes back.

    Attributes:
        count: How many are selected and listed.

    Signals:
        changed(): Others are selected, or others of them are listed.
    """

    changed = Signal()

    def __init__(self, view: QTableView, rows: WorklistOrderModel) -> None:
        super().__init__(view)
        self._view, self._rows = view, rows
        self.count = 0
        self._numbers: frozenset[int] = frozenset()
        self._begin: int | None = None
        self._end: int | None = None
        self._is_restoring = False
        view.selectionModel().selectionChanged.connect(self._on_changed)

    @property
    def numbers(self) -> tuple[int, ...]:
        """Worklist numbers of the selected films that the filter lets through, in their order."""
        places = ((self._rows.position_of(number), number) for number in self._numbers)
        return tuple(number for _, number in sorted((at, number) for at, number in places if at is not None))

    def toggle(self, row: int) -> None:
        """Select `row` besides the others, or not any more; a range begins there from now on."""
        self._view.selectionModel().select(self._rows.index(row, 0), _IN_TURN)
        self._begin = self._end = self._rows.number_at(row)

    def take_alone(self, row: int) -> None:
        """Select `row` and no other, without turning to it; a range begins there from now on."""
        self._select([range(row, row + 1)])
        self._begin = self._end = self._rows.number_at(row)

    def extend_to(self, row: int) -> None:
        """Select the rows from where the range begins, at first that of the film on the screen, to `row`."""
        begin = self._row_of(self._begin)
        begin = row if begin is None else begin
        self._select([range(min(begin, row), max(begin, row) + 1)])
        self._begin, self._end = self._rows.number_at(begin), self._rows.number_at(row)
        self._view.scrollTo(self._rows.index(row, 0))

    def extend_by(self, delta: int) -> None:
        """Move the end of the range so many rows further down, at most to an end of the list."""
        end, last = self._row_of(self._end), self._rows.rowCount() - 1
        if last >= 0:
            self.extend_to(0 if end is None else min(max(end + delta, 0), last))

    def select_all(self) -> None:
        """Select every film the filter lets through."""
        self._select([range(self._rows.rowCount())])

    def restore(self) -> None:
        """Select what was selected, after a reset made the view forget it."""
        if not self._rows.sourceModel().rowCount():
            self._numbers, self._begin, self._end = frozenset(), None, None  # others may get the same numbers
        places = {place for place in map(self._rows.place_of, self._numbers) if place is not None}
        self._is_restoring = True
        self._select(list(_runs(sorted(places))))
        self._is_restoring = False
        self._tell()

    def _row_of(self, number: int | None) -> int | None:
        """The row of film `number`; without one that is listed, of the film on the screen, None while there is none."""
        row = None if number is None else self._rows.place_of(number)
        current = self._view.currentIndex()
        return current.row() if row is None and current.isValid() else row

    def _select(self, runs: Sequence[range]) -> None:
        selection = QItemSelection()
        for run in filter(len, runs):
            selection.select(self._rows.index(run.start, 0), self._rows.index(run.stop - 1, 0))
        self._view.selectionModel().select(selection, _ALONE)

    def _on_changed(self) -> None:
        if self._is_restoring:
            return
        selection = self._view.selectionModel().selection()
        runs = (selection.at(place) for place in range(selection.count()))
        rows = (row for run in runs for row in range(run.top(), run.bottom() + 1))
        self._numbers = frozenset(number for row in rows for number in self._rows.numbers_at(row))
        self._begin = self._end = None
        self._tell()

    def _tell(self) -> None:
        self.count = len(self.numbers)
        self.changed.emit()


def _runs(places: Sequence[int]) -> Iterator[range]:
    """Ascending `places` as runs without a gap."""
    begin = 0
    for end in range(1, len(places) + 1):
        if end == len(places) or places[end] != places[end - 1] + 1:
            yield range(places[begin], places[end - 1] + 1)
            begin = end
