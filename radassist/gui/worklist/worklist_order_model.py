"""The worklist as it is shown: ordered, filtered and folded by the reader. Never hides a film by its score."""

import time
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractProxyModel, QModelIndex, QObject, Qt, QTimer, Signal

from radassist.domain.worklist import WorklistItem
from radassist.gui.widgets.plain_text import as_markup
from radassist.gui.worklist.film_reading import FilmReading
from radassist.gui.worklist.study_folds import RowLayout, StudyFold, StudyFolds, lay_out
from radassist.gui.worklist.worklist_headings import WorklistHeadings
from radassist.gui.worklist.worklist_model import AnyIndex, Column, Role, WorklistTableModel
from radassist.gui.worklist.worklist_order import (
    AnyOrder,
    ColumnOrder,
    Order,
    SortKey,
    WordFilter,
    is_descending,
    key_for,
)
from radassist.gui.worklist.worklist_studies import GroupKey, Level, StudyGroups

_NOWHERE = QModelIndex()
_OF_ONE_FILM = frozenset(
    {
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.DecorationRole,
        Qt.ItemDataRole.ToolTipRole,
        Qt.ItemDataRole.AccessibleTextRole,
    }
)
"""Roles that would tell the first film of a fold as if it were all of it."""
_HEADINGS = {int(Role.HEADING): Level.STUDY, int(Role.SERIES_HEADING): Level.SERIES}
_FOLDS = {int(Role.FOLD): Level.STUDY, int(Role.SERIES_FOLD): Level.SERIES}
_SETTLE_MS = 250
_REST_MS = 1000
_LOAD = 10
"""Sorting takes at most one part in so many of the time, however long the list is."""


class WorklistOrderModel(QAbstractProxyModel):
    """The rows of a `WorklistTableModel`, ordered, filtered, and folded by study in the order by study.

    The row of a folded study is that of its first film, and speaks for all of them; so does that of a folded series,
    where a study has several. A filter shows what it finds, so nothing is folded while there is one.

    Results that arrive change the order a little later and together, at most four times a second.

    Signals:
        headings_changed(): Headings may stand above other rows than before, which stayed where they are.
        rearranging(): Rows are about to take another order; told before Qt's own signal, which a view's header hears
            before the view does.
    """

    headings_changed = Signal()
    rearranging = Signal()

    def __init__(self, model: WorklistTableModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._order: AnyOrder = Order.SUSPICION
        self._key = key_for(self._order)
        self._filter = WordFilter()
        self._groups = StudyGroups()
        self._folds = StudyFolds(self._groups)
        self._headings = WorklistHeadings(model, self._groups, self._folds)
        self._keys: list[Any] = []
        self._layout = lay_out([], 0)
        self._cost_ms = 0.0
        self._settled: AnyOrder = self._order
        self._settle = QTimer(self, singleShot=True)
        self._settle.timeout.connect(self.settle)
        self.setSourceModel(model)
        model.rowsInserted.connect(self._on_rows_inserted)
        model.dataChanged.connect(self._on_data_changed)
        model.modelAboutToBeReset.connect(self.beginResetModel)  # views look at their rows while they still stand
        model.modelReset.connect(self._on_reset)
        self._read_all()

    @property
    def order(self) -> AnyOrder:
        """The order in force."""
        return self._order

    def set_order(self, order: AnyOrder) -> None:
        """Show the films in `order` from now on."""
        self._order, self._key = order, self._study_key if order is Order.STUDY else key_for(order)
        self._keys = self._all_keys()
        self.settle()

    def set_filter(self, text: str) -> None:
        """Show only films that `WordFilter.of(text)` keeps; an empty text shows all."""
        self._filter = WordFilter.of(text)
        self.settle()

    def number_at(self, row: int) -> int:
        """Worklist number of the film shown in `row`; of a fold, of its first film."""
        return self._model.item_at(self._layout.shown[row]).number

    def numbers_at(self, row: int) -> tuple[int, ...]:
        """Worklist numbers of the films that `row` speaks for: of all films of a fold, else of its own one."""
        shown, positions = self._layout.shown, self._layout.positions
        end = positions[shown[row + 1]] if row + 1 < len(shown) else self.listed_count
        return tuple(map(self.listed_at, range(positions[shown[row]], end)))

    def place_of(self, number: int) -> int | None:
        """The row of film `number`, or of the fold with it; None if the filter hides it or it is not listed."""
        row = self._model.row_of(number)
        return None if row is None or self._layout.places[row] < 0 else self._layout.places[row]

    @property
    def listed_count(self) -> int:
        """How many films the filter lets through, folded or not."""
        return len(self._layout.listed)

    def listed_at(self, position: int) -> int:
        """Worklist number of the film at `position` among all that the filter lets through."""
        return self._model.item_at(self._layout.listed[position]).number

    def position_of(self, number: int) -> int | None:
        """Where film `number` stands among all that the filter lets through; None as for `place_of`."""
        row = self._model.row_of(number)
        return None if row is None or self._layout.positions[row] < 0 else self._layout.positions[row]

    def set_folded(self, number: int, is_folded: bool, level: Level = Level.STUDY) -> None:
        """Fold or unfold the study, or the series, of film `number`; nothing happens to one of one film."""
        if self._folds.set_folded(number, is_folded, level):
            self._settle_folds()

    def reveal(self, number: int) -> None:
        """Unfold study and series of film `number` if shown folded; what other orders and filters unfold is left."""
        if self._is_folding:
            for level in Level:
                self.set_folded(number, False, level)

    def set_all_folded(self, is_folded: bool) -> None:
        """Fold or unfold every study there is now."""
        self._folds.set_all_folded(is_folded)
        self._settle_folds()

    def is_folded(self, row: int) -> bool:
        """Whether `row` speaks for a folded study or series."""
        return self._is_folding and self._folds.fold_of(self.number_at(row)) is not None

    def rows_of_two_headings(self) -> list[int]:
        """Rows that begin a study and, below its heading, the first shown of its series."""
        if self._order is not Order.STUDY:
            return []
        is_folded = self._folds.is_folded if self._is_folding else lambda _number: False
        begun = (self._first_row(numbers) for numbers in self._groups.parted() if not is_folded(numbers[0]))
        return [row for row in begun if row is not None]

    @property
    def is_unsettled(self) -> bool:
        """Whether something changed that rows have not followed yet."""
        return self._settle.isActive()

    def postpone(self) -> None:
        """Leave the rows where they are for another second: the reader's hand is among them."""
        if self.is_unsettled:
            self._settle.start(_REST_MS)

    def settle(self) -> None:
        """Bring order and filter up to date now."""
        began = time.perf_counter()
        self._settle.stop()
        is_regrouped = self._regroup()
        before, layout = self._layout.shown, self._laid_out()
        if len(layout.shown) != len(before) or set(layout.shown) != set(before):
            self.beginResetModel()
            self._layout = layout
            self.endResetModel()
        elif layout.shown != before:
            self._rearrange(layout)
        else:
            self._layout = layout
            if is_regrouped or self._settled != self._order:
                self._tell_headings()
        self._settled = self._order
        self._cost_ms = (time.perf_counter() - began) * 1000

    def mapToSource(self, proxyIndex: AnyIndex) -> QModelIndex:  # noqa: D102, N802, N803 - Qt's
        if not proxyIndex.isValid():
            return QModelIndex()
        return self._model.index(self._layout.shown[proxyIndex.row()], proxyIndex.column())

    def mapFromSource(self, sourceIndex: AnyIndex) -> QModelIndex:  # noqa: D102, N802, N803 - Qt's
        if not sourceIndex.isValid():
            return QModelIndex()
        place = self._layout.places[sourceIndex.row()]
        has_row = place >= 0 and self._layout.shown[place] == sourceIndex.row()
        return self.createIndex(place, sourceIndex.column()) if has_row else QModelIndex()

    def index(self, row: int, column: int, parent: AnyIndex = _NOWHERE) -> QModelIndex:  # noqa: D102 - Qt's
        # Asked for many times a row that is painted; `hasIndex` asks back for rows and columns.
        is_there = 0 <= row < len(self._layout.shown) and 0 <= column < len(Column) and not parent.isValid()
        return self.createIndex(row, column) if is_there else QModelIndex()

    def parent(self, child: AnyIndex = _NOWHERE) -> QModelIndex:  # type: ignore[override]  # noqa: D102 - Qt's two
        return QModelIndex()

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:  # noqa: D102, N802 - Qt's
        return 0 if parent.isValid() else len(self._layout.shown)

    def columnCount(self, parent: AnyIndex = _NOWHERE) -> int:  # noqa: D102, N802 - Qt's
        return 0 if parent.isValid() else len(Column)

    def data(self, proxyIndex: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: D102, N803 - Qt's
        if role in _HEADINGS:
            return self._heading(proxyIndex.row(), _HEADINGS[role])
        if role in _FOLDS:
            return self._fold(proxyIndex.row(), _FOLDS[role])
        if role in _OF_ONE_FILM and proxyIndex.isValid() and self.is_folded(proxyIndex.row()):
            return self._folded_data(proxyIndex, role)
        said = super().data(proxyIndex, role)
        if role == Qt.ItemDataRole.AccessibleTextRole and (names := self._names(proxyIndex.row())):
            return ". ".join((*names, str(said)))
        return said

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:  # noqa: D102 - Qt's
        if column < 0:
            self.set_order(Order.ARRIVAL)
        else:
            self.set_order(ColumnOrder(Column(column), descending=order is Qt.SortOrder.DescendingOrder))

    def _regroup(self) -> bool:
        """Group films by study if any came or was named since the last time; whether that was so."""
        if self._order is not Order.STUDY or None not in self._keys:
            return False
        self._groups.regroup(self._model.items())
        self._keys = self._all_keys()
        return True

    def _study_key(self, item: WorklistItem, _reading: FilmReading) -> SortKey:
        return self._groups.place_of(item)

    def _all_keys(self) -> list[Any]:
        return [self._key(item, self._model.reading(item.number)) for item in self._model.shown_items()]

    def _begins(self, row: int, level: Level) -> bool:
        """Whether a study, or a series that is not hidden in a folded study, begins with `row`."""
        number = self.number_at(row)
        is_in_fold = level is Level.SERIES and self._is_folding and self._folds.is_folded(number)
        if self._order is not Order.STUDY or is_in_fold:
            return False
        return self._headings.begins(level, number, self.number_at(row - 1) if row else None)

    def _heading(self, row: int, level: Level = Level.STUDY) -> str | None:
        """What names the study or series that begins with `row`, None where none does."""
        return self._headings.text(level, self.number_at(row)) if self._begins(row, level) else None

    def _names(self, row: int) -> list[str]:
        """What stands above the film in `row`, from the top."""
        return [name for name in (self._heading(row, level) for level in Level) if name]

    def _first_row(self, numbers: Sequence[int]) -> int | None:
        """The first row of films that stand together, None where the filter hides them all."""
        places = map(self.place_of, numbers)
        return next((place for place in places if place is not None), None)

    @property
    def _is_folding(self) -> bool:
        return self._order is Order.STUDY and not self._filter.needles

    def _fold(self, row: int, level: Level) -> StudyFold | None:
        """How the study or series that begins with `row` is folded, None where there is nothing to fold."""
        number = self.number_at(row)
        can_fold = self._is_folding and self._folds.can_fold(number, level) and self._begins(row, level)
        return self._headings.fold(level, number) if can_fold else None

    def _folded_data(self, index: AnyIndex, role: int) -> str | None:
        """What the row of a fold says: of all its films, and of none what holds for the first one only."""
        row = index.row()
        fold = self._fold(row, Level.STUDY if self._folds.is_folded(self.number_at(row)) else Level.SERIES)
        said = ". ".join((*self._names(row), fold.spoken)) if fold else ""
        if role == Qt.ItemDataRole.ToolTipRole:
            return as_markup(said)
        return said if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == Column.FILM else None

    def _settle_folds(self) -> None:
        """Follow the folds, which show their effect in the order by study only."""
        if self._is_folding:
            self.settle()
            self._tell_headings()

    def _tell_headings(self) -> None:
        if self.rowCount():
            last = self.index(self.rowCount() - 1, len(Column) - 1)
            self.dataChanged.emit(self.index(0, Column.FILM), last, [*_HEADINGS, *_FOLDS])
            self.headings_changed.emit()

    def _laid_out(self) -> RowLayout:
        fold_of = self._fold_of_source if self._is_folding and self._folds else None
        return lay_out(self._ordered(), self._model.rowCount(), fold_of)

    def _fold_of_source(self, row: int) -> GroupKey | None:
        return self._folds.fold_of(self._model.item_at(row).number)

    def _ordered(self) -> list[int]:
        """Rows of the model in the order in which they are to be shown."""
        keys = self._keys
        kept = range(len(keys)) if not self._filter.needles else self._kept_rows()
        with_value = [row for row in kept if keys[row] is not None]
        without = [row for row in kept if keys[row] is None]
        return sorted(with_value, key=keys.__getitem__, reverse=is_descending(self._order)) + without

    def _kept_rows(self) -> list[int]:
        return [row for row, item in enumerate(self._model.shown_items()) if self._keeps(item)]

    def _keeps(self, item: WorklistItem) -> bool:
        return self._filter.keeps(item, self._model.reading(item.number))

    def _rearrange(self, layout: RowLayout) -> None:
        """Take the same rows into another order; what views hold on to moves with its film."""
        self.rearranging.emit()
        self.layoutAboutToBeChanged.emit()
        held = self.persistentIndexList()
        rows = [self._layout.shown[index.row()] for index in held]
        self._layout = layout
        moved = [self.index(layout.places[row], index.column()) for row, index in zip(rows, held, strict=True)]
        self.changePersistentIndexList(held, moved)
        self.layoutChanged.emit()

    def _on_reset(self) -> None:
        self._groups.clear()
        self._read_all()
        self.endResetModel()

    def _read_all(self) -> None:
        self._keys = self._all_keys()
        self._regroup()
        self._layout = self._laid_out()

    def _on_rows_inserted(self, _parent: QModelIndex, first: int, last: int) -> None:
        items = [self._model.shown_at(row) for row in range(first, last + 1)]
        self._keys += [self._key(item, self._model.reading(item.number)) for item in items]
        self._layout.places.extend([-1] * len(items))
        self._layout.positions.extend([-1] * len(items))
        arrived = [row for row, item in enumerate(items, start=first) if self._keeps(item)]
        if not arrived:
            return
        end = self.rowCount()
        self.beginInsertRows(QModelIndex(), end, end + len(arrived) - 1)
        self._layout.append(arrived)
        self.endInsertRows()
        if self._order is not Order.ARRIVAL:
            self._settle_later()

    def _on_data_changed(self, top: QModelIndex, bottom: QModelIndex, roles: list[int]) -> None:
        for row in range(top.row(), bottom.row() + 1):
            place = self._layout.places[row]
            if place >= 0:
                self.dataChanged.emit(self.index(place, top.column()), self.index(place, bottom.column()), roles)
            if not roles:
                self._update_key(row)
        if not roles:
            self._tell_heading(top.row())

    def _tell_heading(self, row: int) -> None:
        """A film that was read changes what stands above the first one of its study."""
        place = self._layout.places[row]
        if self._order is not Order.STUDY or place < 0:
            return
        while place > 0 and self._heading(place) is None:
            place -= 1
        self.dataChanged.emit(self.index(place, 0), self.index(place, len(Column) - 1), [*_HEADINGS, *_FOLDS])

    def _update_key(self, row: int) -> None:
        item = self._model.shown_at(row)
        key = self._key(item, self._model.reading(item.number))
        is_shown = self._layout.places[row] >= 0
        if key != self._keys[row] or self._keeps(item) is not is_shown:
            self._keys[row] = key
            self._settle_later()

    def _settle_later(self) -> None:
        if not self.is_unsettled:
            self._settle.start(max(_SETTLE_MS, round(_LOAD * self._cost_ms)))
