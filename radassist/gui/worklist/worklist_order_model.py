"""The worklist as it is shown: ordered, and filtered by the reader's own words. Never hides a film by its score."""

import time
from typing import Any

from PySide6.QtCore import QAbstractProxyModel, QModelIndex, QObject, Qt, QTimer

from radassist.domain.worklist import WorklistItem
from radassist.gui.worklist import worklist_words as words
from radassist.gui.worklist.film_reading import FilmReading, study_read_words
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
from radassist.gui.worklist.worklist_studies import StudyGroups

_NOWHERE = QModelIndex()
_SETTLE_MS = 250
_REST_MS = 1000
_LOAD = 10
"""Sorting takes at most one part in so many of the time, however long the list is."""


class WorklistOrderModel(QAbstractProxyModel):
    """The rows of a `WorklistTableModel`, ordered and filtered.

    Results that arrive change the order a little later and together, at most four times a second.
    """

    def __init__(self, model: WorklistTableModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._order: AnyOrder = Order.SUSPICION
        self._key = key_for(self._order)
        self._filter = WordFilter()
        self._groups = StudyGroups()
        self._keys: list[Any] = []
        self._shown: list[int] = []
        self._places: list[int] = []
        self._cost_ms = 0.0
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
        """Worklist number of the film shown in `row`."""
        return self._model.item_at(self._shown[row]).number

    def place_of(self, number: int) -> int | None:
        """The row in which film `number` is shown; None if the filter hides it or it is not on the list."""
        row = self._model.row_of(number)
        return None if row is None or self._places[row] < 0 else self._places[row]

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
        shown = self._ordered()
        if len(shown) != len(self._shown) or (self._filter.needles and set(shown) != set(self._shown)):
            self.beginResetModel()
            self._place(shown)
            self.endResetModel()
        elif shown != self._shown:
            self._rearrange(shown)
        elif is_regrouped and shown:
            last = self.index(len(shown) - 1, len(Column) - 1)
            self.dataChanged.emit(self.index(0, Column.FILM), last, [Role.HEADING])
        self._cost_ms = (time.perf_counter() - began) * 1000

    def mapToSource(self, proxyIndex: AnyIndex) -> QModelIndex:  # noqa: D102, N802, N803 - Qt's
        if not proxyIndex.isValid():
            return QModelIndex()
        return self._model.index(self._shown[proxyIndex.row()], proxyIndex.column())

    def mapFromSource(self, sourceIndex: AnyIndex) -> QModelIndex:  # noqa: D102, N802, N803 - Qt's
        if not sourceIndex.isValid() or self._places[sourceIndex.row()] < 0:
            return QModelIndex()
        return self.createIndex(self._places[sourceIndex.row()], sourceIndex.column())

    def index(self, row: int, column: int, parent: AnyIndex = _NOWHERE) -> QModelIndex:  # noqa: D102 - Qt's
        return self.createIndex(row, column) if self.hasIndex(row, column, parent) else QModelIndex()

    def parent(self, child: AnyIndex = _NOWHERE) -> QModelIndex:  # type: ignore[override]  # noqa: D102 - Qt's two
        return QModelIndex()

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:  # noqa: D102, N802 - Qt's
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: AnyIndex = _NOWHERE) -> int:  # noqa: D102, N802 - Qt's
        return 0 if parent.isValid() else len(Column)

    def data(self, proxyIndex: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: D102, N803 - Qt's
        if role == Role.HEADING:
            return self._heading(proxyIndex.row())
        said = super().data(proxyIndex, role)
        if role == Qt.ItemDataRole.AccessibleTextRole and (heading := self._heading(proxyIndex.row())):
            return f"{heading}. {said}"
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

    def _heading(self, row: int) -> str | None:
        """What names the study above `row`, None for a film that follows another one of its study."""
        if self._order is not Order.STUDY:
            return None
        study = self._groups.study_of(self.number_at(row))
        before = self._groups.study_of(self.number_at(row - 1)) if row else None
        if study is None or study is before:
            return None
        readings = [self._model.reading(number) for number in self._groups.numbers_with(self.number_at(row))]
        return words.study_heading(study, study_read_words(readings))

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

    def _place(self, shown: list[int]) -> None:
        self._shown = shown
        self._places = [-1] * self._model.rowCount()
        for place, row in enumerate(shown):
            self._places[row] = place

    def _rearrange(self, shown: list[int]) -> None:
        """Take the same rows into another order; what views hold on to moves with its film."""
        self.layoutAboutToBeChanged.emit()
        held = self.persistentIndexList()
        rows = [self._shown[index.row()] for index in held]
        self._place(shown)
        moved = [self.index(self._places[row], index.column()) for row, index in zip(rows, held, strict=True)]
        self.changePersistentIndexList(held, moved)
        self.layoutChanged.emit()

    def _on_reset(self) -> None:
        self._groups.clear()
        self._read_all()
        self.endResetModel()

    def _read_all(self) -> None:
        self._keys = self._all_keys()
        self._place(self._ordered())

    def _on_rows_inserted(self, _parent: QModelIndex, first: int, last: int) -> None:
        items = [self._model.shown_at(row) for row in range(first, last + 1)]
        self._keys += [self._key(item, self._model.reading(item.number)) for item in items]
        self._places += [-1] * len(items)
        arrived = [row for row, item in enumerate(items, start=first) if self._keeps(item)]
        if not arrived:
            return
        end = len(self._shown)
        self.beginInsertRows(QModelIndex(), end, end + len(arrived) - 1)
        for place, row in enumerate(arrived, start=end):
            self._places[row] = place
        self._shown += arrived
        self.endInsertRows()
        if self._order is not Order.ARRIVAL:
            self._settle_later()

    def _on_data_changed(self, top: QModelIndex, bottom: QModelIndex, roles: list[int]) -> None:
        for row in range(top.row(), bottom.row() + 1):
            place = self._places[row]
            if place >= 0:
                self.dataChanged.emit(self.index(place, top.column()), self.index(place, bottom.column()), roles)
            if not roles:
                self._update_key(row)
        if not roles:
            self._tell_heading(top.row())

    def _tell_heading(self, row: int) -> None:
        """A film that was read changes what stands above the first one of its study."""
        place = self._places[row]
        if self._order is not Order.STUDY or place < 0:
            return
        while place > 0 and self._heading(place) is None:
            place -= 1
        self.dataChanged.emit(self.index(place, 0), self.index(place, len(Column) - 1), [Role.HEADING])

    def _update_key(self, row: int) -> None:
        item = self._model.shown_at(row)
        key = self._key(item, self._model.reading(item.number))
        is_shown = self._places[row] >= 0
        if key != self._keys[row] or self._keeps(item) is not is_shown:
            self._keys[row] = key
            self._settle_later()

    def _settle_later(self) -> None:
        if not self.is_unsettled:
            self._settle.start(max(_SETTLE_MS, round(_LOAD * self._cost_ms)))
