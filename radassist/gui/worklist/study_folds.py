"""Which studies and series of the worklist are folded, which rows that leaves, what a folded one tells. No Qt."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from radassist.domain.worklist import WorklistItem
from radassist.gui.worklist import worklist_words as words
from radassist.gui.worklist.worklist_studies import GroupKey, Level, StudyGroups
from radassist.gui.worklist.worklist_words import Answer

_FIRST_TOLD = (Answer.SUSPECTED, Answer.UNDETERMINED, Answer.REFUSED, Answer.FAILED)


@dataclass(frozen=True, slots=True)
class AnswerCount:
    """How many films of a study or series have an answer, or where they stand while they have none.

    Attributes:
        answer: None for films that wait, are being scored, or whose score is kept from the reader.
        said: The answer, or where the films stand, as their own rows say it.
    """

    answer: Answer | None
    said: str
    count: int

    @property
    def words(self) -> str:
        """`3 suspected`."""
        return f"{self.count:,} {self.said.lower()}"


@dataclass(frozen=True, slots=True)
class StudyFold:
    """What the first row of a study or series of several films tells of folding.

    Attributes:
        films: How many belong to it.
        counts: All of them by what is known of each, what must be looked at first; empty while it is unfolded.
    """

    is_folded: bool
    films: int
    counts: tuple[AnswerCount, ...] = ()

    @property
    def film_words(self) -> str:
        """`3 films`."""
        return f"{self.films:,} film{'' if self.films == 1 else 's'}"

    @property
    def spoken(self) -> str:
        """All of it as a sentence, for tool tips and screen readers."""
        return f"Folded: {', '.join((self.film_words, *(count.words for count in self.counts)))}."


def count_answers(items: Sequence[WorklistItem]) -> tuple[AnswerCount, ...]:
    """Suspected films first, then all without a score, last those not suspected: none is left out."""
    found = Counter((words.answer_of(item), words.answer_words(item)) for item in items)
    counts = [AnswerCount(answer, said, count) for (answer, said), count in found.items()]
    return tuple(sorted(counts, key=_rank))


@dataclass(slots=True)
class RowLayout:
    """Where the films of a table stand; films are named by their rows in it.

    Attributes:
        listed: Every film the filter lets through, in order, folded or not.
        shown: Those with a row of their own: of a folded study or series only the first.
        positions: For every film its place among `listed`, -1 where the filter hides it.
        places: For every film its place among `shown`, in a fold that of the first; -1 as above.
    """

    listed: list[int]
    shown: list[int]
    positions: list[int]
    places: list[int]

    def append(self, films: Sequence[int]) -> None:
        """Give `films`, known to `positions` and `places` as hidden, rows of their own at the end."""
        for film in films:
            self.positions[film], self.places[film] = len(self.listed), len(self.shown)
            self.listed.append(film)
            self.shown.append(film)


def lay_out(listed: list[int], total: int, fold_of: Callable[[int], GroupKey | None] | None = None) -> RowLayout:
    """Place films in rows.

    Args:
        listed: Those the filter lets through, in order.
        total: How many there are.
        fold_of: The folded group a film belongs to, None for a film that has its own row; without it all have.
    """
    positions = [-1] * total
    for position, film in enumerate(listed):
        positions[film] = position
    if fold_of is None:
        return RowLayout(listed, list(listed), positions, list(positions))
    shown: list[int] = []
    places, before = [-1] * total, None
    for film in listed:
        fold = fold_of(film)
        if fold is None or fold != before:
            shown.append(film)
        places[film], before = len(shown) - 1, fold
    return RowLayout(listed, shown, positions, places)


class StudyFolds:
    """The folded ones of some groups, known by their keys, so that grouping films afresh unfolds nothing."""

    def __init__(self, groups: StudyGroups) -> None:
        self._groups = groups
        self._folded: set[GroupKey] = set()

    def __bool__(self) -> bool:
        return bool(self._folded)

    def fold_of(self, number: int) -> GroupKey | None:
        """The key of the study of film `number` if it is folded, else that of its series if that is."""
        study = self._groups.key_of(number)
        if study in self._folded:
            return study
        series = self._groups.key_of(number, Level.SERIES)
        return series if series in self._folded else None

    def is_folded(self, number: int, level: Level = Level.STUDY) -> bool:
        """Whether the group of film `number` is folded."""
        return self._groups.key_of(number, level) in self._folded

    def can_fold(self, number: int, level: Level = Level.STUDY) -> bool:
        """Whether there is a row to be saved: a group of one film has none."""
        return self.is_folded(number, level) or self._groups.size_with(number, level) > 1

    def set_folded(self, number: int, is_folded: bool, level: Level = Level.STUDY) -> bool:
        """Fold or unfold the group of film `number`; whether that changed anything."""
        key = self._groups.key_of(number, level)
        if key is None or (key in self._folded) is is_folded or not self.can_fold(number, level):
            return False
        (self._folded.add if is_folded else self._folded.discard)(key)
        return True

    def set_all_folded(self, is_folded: bool) -> None:
        """Fold every study of several films, or unfold all, and every series in them."""
        self._folded = self._groups.keys_of_several() if is_folded else set()


def _rank(count: AnswerCount) -> tuple[int, str]:
    if count.answer is Answer.NOT_SUSPECTED:
        return len(_FIRST_TOLD) + 1, ""
    return _FIRST_TOLD.index(count.answer) if count.answer else len(_FIRST_TOLD), count.said
