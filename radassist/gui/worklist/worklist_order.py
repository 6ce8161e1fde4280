"""The orders a worklist can be read in, and the filter of the reader's own words. Pure functions of a film; no Qt."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from radassist.domain.study import Identity
from radassist.domain.worklist import WorklistItem
from radassist.gui.worklist import worklist_words as words
from radassist.gui.worklist.film_reading import NOT_READ, FilmReading, ReadState, reading_words
from radassist.gui.worklist.worklist_model import Column
from radassist.gui.worklist.worklist_words import Answer

SortKey = float | str | None
"""What a film is sorted by, of one type within one order; None goes to the end in either direction."""


class Order(StrEnum):
    """The orders that are not those of a column."""

    SUSPICION = "Suspicion"
    ARRIVAL = "Arrival"
    STUDY = "Study"


@dataclass(frozen=True, slots=True)
class ColumnOrder:
    """By the values of one column; films without a value last, films of one value in order of arrival."""

    column: Column
    descending: bool = False


AnyOrder = Order | ColumnOrder


@dataclass(frozen=True, slots=True)
class WordFilter:
    """Keeps films with every one of `needles`; without needles it keeps all."""

    needles: tuple[str, ...] = ()

    @classmethod
    def of(cls, text: str) -> "WordFilter":
        """The filter for what the reader typed."""
        return cls(tuple(_plain(text).replace("not s", "not-s").split()))

    def keeps(self, item: WorklistItem, reading: FilmReading = NOT_READ) -> bool:
        """Whether every needle stands somewhere in name or patient, or at the beginning of a state or an answer.

        From the beginning, so that `suspected` leaves out what is not suspected.
        """
        if not self.needles:
            return True
        text = words.search_text(item)
        states = (
            words.state_words(item).casefold(),
            words.answer_words(item).casefold().replace(" ", "-"),
            reading.state,
            reading_words(reading).casefold(),
            *(("key", "image") if reading.is_key else ()),
        )
        return all(needle in text or any(state.startswith(needle) for state in states) for needle in self.needles)


def suspicion_key(item: WorklistItem) -> float:
    """Small for films to look at first.

    Suspected films lead, the most probable first. Then comes what the model gave no answer for (undetermined, refused,
    failed, not scored yet), since nobody may take these for unsuspicious, and last the films it does not suspect.
    """
    return 2 * _RANKS[words.answer_of(item)] + 1 - (words.probability_of(item) or 0.0)


def key_for(order: AnyOrder) -> Callable[[WorklistItem, FilmReading], SortKey]:
    """The function whose values sort films into `order`; arrival is the order of films without a value.

    Not for the order by study, in which a film's place depends on the other films.
    """
    if isinstance(order, ColumnOrder) and order.column in _READING_KEYS:
        by_reading = _READING_KEYS[order.column]
        return lambda _item, reading: by_reading(reading)
    by_item = _item_key(order)
    return lambda item, _reading: by_item(item)


def is_descending(order: AnyOrder) -> bool:
    """Whether the largest value comes first."""
    return isinstance(order, ColumnOrder) and order.descending


_RANKS: dict[Answer | None, int] = {
    Answer.SUSPECTED: 0,
    Answer.UNDETERMINED: 1,
    Answer.REFUSED: 2,
    Answer.FAILED: 3,
    None: 4,
    Answer.NOT_SUSPECTED: 5,
}


def _plain(text: str) -> str:
    """What was typed, in small letters and without the signs that part names in files and on the screen."""
    return text.casefold().replace(",", " ").replace("^", " ")


def _item_key(order: AnyOrder) -> Callable[[WorklistItem], SortKey]:
    if isinstance(order, ColumnOrder):
        return _COLUMN_KEYS[order.column]
    return suspicion_key if order is Order.SUSPICION else _no_value


def _identity(item: WorklistItem) -> Identity:
    return item.identity or Identity()


def _text_key(text: str) -> SortKey:
    return text.casefold() or None


def _no_value(_item: WorklistItem) -> SortKey:
    return None


_COLUMN_KEYS: dict[Column, Callable[[WorklistItem], SortKey]] = {
    Column.FILM: lambda item: _text_key(words.title(item)),
    Column.STATE: lambda item: _text_key(words.state_words(item)),
    Column.ANSWER: lambda item: _text_key(words.answer_of(item) or ""),
    Column.PROBABILITY: words.probability_of,
    Column.STUDY_DATE: lambda item: _text_key(words.date_words(_identity(item))),
    Column.VIEW: lambda item: _text_key(words.view_words(_identity(item))),
    Column.AGE: lambda item: _identity(item).age_years,
    Column.TO_SCORE: lambda item: item.seconds_to_score,
}
_READING_KEYS: dict[Column, Callable[[FilmReading], SortKey]] = {
    Column.READ: lambda reading: tuple(ReadState).index(reading.state),
    Column.READER: lambda reading: _text_key(reading_words(reading) if reading.answer else ""),
}
