"""The worklist as a Qt table in order of arrival. Knows nothing of filters, other orders or painting."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QImage

from radassist.domain.analysis import ModelFacts
from radassist.domain.study import Identity, study_key
from radassist.domain.worklist import WorklistItem
from radassist.gui.worklist import worklist_words as words
from radassist.gui.worklist.film_reading import NOT_READ, FilmReading, answer_said
from radassist.gui.worklist.worklist_words import Answer

AnyIndex = QModelIndex | QPersistentModelIndex

_NOWHERE = QModelIndex()
_MOST_THUMBNAILS = 4096
"""At 96 pixels a side some 40 MB; beyond that the oldest go, and their rows show an empty film."""


class Column(IntEnum):
    """The columns, from the left."""

    FILM = 0
    STATE = 1
    ANSWER = 2
    PROBABILITY = 3
    STUDY_DATE = 4
    VIEW = 5
    AGE = 6
    READ = 7
    READER = 8
    TO_SCORE = 9


COLUMN_TITLES = {
    Column.FILM: "Name",
    Column.STATE: "State",
    Column.ANSWER: "Answer",
    Column.PROBABILITY: "Probability",
    Column.STUDY_DATE: "Study date",
    Column.VIEW: "View",
    Column.AGE: "Age",
    Column.READ: "Read",
    Column.READER: "Reader's answer",
    Column.TO_SCORE: "Time to score",
}


class Role(IntEnum):
    """What `data` gives besides Qt's own roles: the row's `WorklistItem`, its `FilmReading`, its study's name above it.

    A heading is given by `WorklistOrderModel` alone, for the first film of a study in the order by study; so is its
    `StudyFold`, where there is something to fold. Where a study has several series, so are theirs.
    """

    ITEM = Qt.ItemDataRole.UserRole + 1
    HEADING = Qt.ItemDataRole.UserRole + 2
    READING = Qt.ItemDataRole.UserRole + 3
    FOLD = Qt.ItemDataRole.UserRole + 4
    SERIES_HEADING = Qt.ItemDataRole.UserRole + 5
    SERIES_FOLD = Qt.ItemDataRole.UserRole + 6


class WorklistTableModel(QAbstractTableModel):
    """One row a film, in order of arrival.

    All that is shown, counted, sorted and searched comes from `shown_at` and `shown_items`, in which a film whose score
    is kept from the reader has none; `item`, `items` and `item_at` are for the program itself.

    Attributes:
        counts: Number of films for each answer that is shown; None counts those without one.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._items: list[WorklistItem] = []
        self._rows: dict[int, int] = {}
        self._thumbnails: dict[int, QImage] = {}
        self._readings: dict[int, FilmReading] = {}
        self._unread = NOT_READ
        self._facts: ModelFacts | None = None
        self.counts: Counter[Answer | None] = Counter()
        self._studies: Counter[tuple[str, str]] = Counter()

    def __contains__(self, number: int) -> bool:
        return number in self._rows

    @property
    def study_count(self) -> int:
        """Number of studies the films belong to, as far as their headers were read."""
        return len(self._studies)

    def append(self, items: Sequence[WorklistItem]) -> None:
        """Add films at the end, all at once.

        Raises:
            ValueError: If a number is on the list already.
        """
        numbers = [item.number for item in items]
        if len(set(numbers)) != len(numbers) or any(number in self._rows for number in numbers):
            raise ValueError("a film of this number is on the worklist already")
        if not items:
            return
        first = len(self._items)
        self.beginInsertRows(QModelIndex(), first, first + len(items) - 1)
        items = [self._decided(item) for item in items]
        self._items.extend(items)
        self._rows.update((number, row) for row, number in enumerate(numbers, start=first))
        self.counts.update(words.answer_of(self._shown(item)) for item in items)
        self._studies.update(study_key(item.source, item.identity) for item in items)
        self.endInsertRows()

    def replace(self, item: WorklistItem) -> None:
        """Put `item` in the place of the one with its number.

        Raises:
            KeyError: If there is none.
        """
        row, item = self._rows[item.number], self._decided(item)
        before, self._items[row] = self._items[row], item
        self.counts[words.answer_of(self._shown(before))] -= 1
        self.counts[words.answer_of(self._shown(item))] += 1
        self._count_study(before, item)
        self._tell(row)

    def decide_as(self, facts: ModelFacts) -> None:
        """Show every score of the model of `facts`, here or to come, decided at its threshold in force.

        So the list never holds decisions of two thresholds, whenever a score was made.
        """
        self._facts = facts
        decided = [self._decided(item) for item in self._items]
        if all(now.analysis is before.analysis for now, before in zip(decided, self._items, strict=True)):
            return
        self._items = decided
        self._recount()

    def reading(self, number: int) -> FilmReading:
        """How far film `number` has been read."""
        return self._readings.get(number, self._unread)

    def set_reading(self, number: int, reading: FilmReading) -> None:
        """Show how far film `number` has been read.

        Raises:
            KeyError: If there is no such film.
        """
        row = self._rows[number]
        self.counts[words.answer_of(self.shown_at(row))] -= 1
        self._readings[number] = reading
        self.counts[words.answer_of(self.shown_at(row))] += 1
        self._tell(row)

    def set_readings(self, readings: Mapping[int, FilmReading], unread: FilmReading = NOT_READ) -> None:
        """Show how far every film has been read, by number; `unread` holds for all others and for films to come."""
        self._readings, self._unread = dict(readings), unread
        self._recount()

    @property
    def hidden_count(self) -> int:
        """How many films have a score that is kept from the reader."""
        return sum(bool(item.analysis) and self.reading(item.number).hides_score for item in self._items)

    def shown_at(self, row: int) -> WorklistItem:
        """The film in `row` as far as the reader may see it."""
        return self._shown(self._items[row])

    def shown_items(self) -> list[WorklistItem]:
        """Every film as far as the reader may see it, in order of arrival."""
        return [self._shown(item) for item in self._items]

    def set_thumbnail(self, number: int, image: QImage) -> None:
        """Show `image` beside the film.

        Raises:
            KeyError: If the film is not on the list.
        """
        cell = self.index(self._rows[number], Column.FILM)
        self._thumbnails.pop(number, None)
        self._thumbnails[number] = image
        if len(self._thumbnails) > _MOST_THUMBNAILS:
            del self._thumbnails[next(iter(self._thumbnails))]
        self.dataChanged.emit(cell, cell, [Qt.ItemDataRole.DecorationRole])

    def item(self, number: int) -> WorklistItem:
        """The film with this number.

        Raises:
            KeyError: If there is none.
        """
        return self._items[self._rows[number]]

    def item_at(self, row: int) -> WorklistItem:
        """The film in `row`."""
        return self._items[row]

    def row_of(self, number: int) -> int | None:
        """The row of the film with this number, None if there is none."""
        return self._rows.get(number)

    def items(self) -> tuple[WorklistItem, ...]:
        """Every film, in order of arrival."""
        return tuple(self._items)

    def remove(self, numbers: Collection[int]) -> None:
        """Take films off the list; the others keep order and numbers."""
        self.beginResetModel()
        self._items = [item for item in self._items if item.number not in numbers]
        self._rows = {item.number: row for row, item in enumerate(self._items)}
        for number in numbers:
            self._thumbnails.pop(number, None)
            self._readings.pop(number, None)
        self.counts = Counter(map(words.answer_of, self.shown_items()))
        self._studies = Counter(study_key(item.source, item.identity) for item in self._items)
        self.endResetModel()

    def clear(self) -> None:
        """Forget every film."""
        self.beginResetModel()
        self._items.clear()
        self._rows.clear()
        self._thumbnails.clear()
        self._readings.clear()
        self.counts.clear()
        self._studies.clear()
        self.endResetModel()

    def index(self, row: int, column: int, parent: AnyIndex = _NOWHERE) -> QModelIndex:  # noqa: D102 - Qt's
        # Asked for many times a row that is painted; Qt's own asks back for rows and columns.
        is_there = 0 <= row < len(self._items) and 0 <= column < len(Column) and not parent.isValid()
        return self.createIndex(row, column) if is_there else QModelIndex()

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:  # noqa: D102, N802 - Qt's
        return 0 if parent.isValid() else len(self._items)

    def columnCount(self, parent: AnyIndex = _NOWHERE) -> int:  # noqa: D102, N802 - Qt's
        return 0 if parent.isValid() else len(Column)

    def headerData(  # noqa: D102, N802 - Qt's
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return COLUMN_TITLES[Column(section)]
        return None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:  # noqa: D102 - Qt's
        if not index.isValid():
            return None
        item = self.shown_at(index.row())
        reading = self.reading(item.number)
        if role == Role.ITEM:
            return item
        if role == Role.READING:
            return reading
        if role == Qt.ItemDataRole.DisplayRole:
            return _text(item, reading, Column(index.column()))
        if role == Qt.ItemDataRole.DecorationRole and index.column() == Column.FILM:
            return self._thumbnails.get(item.number)
        if role == Qt.ItemDataRole.ToolTipRole:
            return words.tool_tip(item, reading)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return _spoken(item, reading, Column(index.column()))
        return None

    def _decided(self, item: WorklistItem) -> WorklistItem:
        analysis, facts = item.analysis, self._facts
        is_its_own = analysis is not None and facts is not None and analysis.provenance.model_sha256 == facts.sha256
        return item.at(facts.point) if is_its_own and facts else item

    def _shown(self, item: WorklistItem) -> WorklistItem:
        return replace(item, analysis=None) if item.analysis and self.reading(item.number).hides_score else item

    def _recount(self) -> None:
        """Every row may be another one now."""
        self.counts = Counter(map(words.answer_of, self.shown_items()))
        if self._items:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._items) - 1, len(Column) - 1))

    def _tell(self, row: int) -> None:
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(Column) - 1))

    def _count_study(self, before: WorklistItem, after: WorklistItem) -> None:
        left, joined = (study_key(item.source, item.identity) for item in (before, after))
        self._studies[joined] += 1
        self._studies[left] -= 1
        if not self._studies[left]:
            del self._studies[left]


def _spoken(item: WorklistItem, reading: FilmReading, column: Column) -> str:
    """The film's own column tells the whole row, the others their title and what they hold, if anything."""
    if column is Column.FILM:
        return words.spoken(item, reading)
    text = _text(item, reading, column)
    return f"{COLUMN_TITLES[column]}: {text}" if text else ""


def _text(item: WorklistItem, reading: FilmReading, column: Column) -> str:
    identity = item.identity or Identity()
    match column:
        case Column.FILM:
            return words.title(item)
        case Column.STATE:
            return words.state_words(item)
        case Column.ANSWER:
            return words.answer_of(item) or ""
        case Column.PROBABILITY:
            return words.probability_words(item.analysis.prediction) if item.analysis else ""
        case Column.STUDY_DATE:
            return words.date_words(identity)
        case Column.VIEW:
            return words.view_words(identity)
        case Column.AGE:
            return words.age_words(identity)
        case Column.READ:
            return reading.state.capitalize()
        case Column.READER:
            return answer_said(reading.answer, reading.other_model) if reading.answer else ""
        case Column.TO_SCORE:
            return words.to_score_words(item)
