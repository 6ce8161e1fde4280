"""Where each film of a worklist stands when films are grouped Study > Series > Instance. No Qt, and no timing."""

from collections.abc import Iterable, Sequence
from enum import StrEnum

from radassist.domain.study import Identity, Instance, Series, Study, group_by_study, study_key
from radassist.domain.worklist import WorklistItem

GroupKey = tuple[str, ...]
"""What `study_key` gives, for a series with its UID behind: the same for a group whenever films are grouped."""


class Level(StrEnum):
    """What films are grouped by; a series is a group of its own only beside another one of its study."""

    STUDY = "study"
    SERIES = "series"


class StudyGroups:
    """The grouping as it was last made; a film that came or was named since then has no place in it."""

    def __init__(self) -> None:
        self._identities: dict[int, Identity | None] = {}
        self._places: dict[int, int] = {}
        self._studies: dict[int, Study] = {}
        self._series: dict[int, Series] = {}
        self._keys: dict[Level, dict[int, GroupKey]] = {level: {} for level in Level}
        self._numbers: dict[Level, dict[GroupKey, list[int]]] = {level: {} for level in Level}

    def regroup(self, items: Sequence[WorklistItem]) -> None:
        """Group `items` afresh: studies, series and films each in the order in which the first of them came."""
        self.clear()
        instances = [Instance(item.source, item.identity) for item in items]
        # By object and not by value, since the same file may be on the list twice.
        numbers = {id(instance): item.number for instance, item in zip(instances, items, strict=True)}
        for study in group_by_study(instances):
            first = study.series[0].instances[0]
            key = study_key(first.source, first.identity)
            for series in study.series:
                self._place(study, key, series, numbers)

    def place_of(self, item: WorklistItem) -> int | None:
        """Where the film stands among all, from 0; None if the grouping knows it not or under another identity."""
        place = self._places.get(item.number)
        if place is None:
            return None
        known = self._identities[item.number]
        is_known = known is item.identity or known == item.identity  # the same object nearly always, found faster
        return place if is_known else None

    def numbers_with(self, number: int, level: Level = Level.STUDY) -> tuple[int, ...]:
        """Worklist numbers of all films of the group of film `number`; none if it was in no group yet."""
        key = self._keys[level].get(number)
        return tuple(self._numbers[level][key]) if key else ()

    def study_of(self, number: int) -> Study | None:
        """The study of film `number`, None if it was not on the list yet."""
        return self._studies.get(number)

    def series_of(self, number: int) -> Series | None:
        """The series of film `number`, None where its study has one only, and as for `study_of`."""
        return self._series.get(number)

    def key_of(self, number: int, level: Level = Level.STUDY) -> GroupKey | None:
        """What the group of film `number` is known by, None if it is in none."""
        return self._keys[level].get(number)

    def size_with(self, number: int, level: Level = Level.STUDY) -> int:
        """How many films the group of film `number` has; 0 if it is in none."""
        key = self._keys[level].get(number)
        return len(self._numbers[level][key]) if key else 0

    def keys_of_several(self) -> set[GroupKey]:
        """The studies of more than one film."""
        return {key for key, numbers in self._numbers[Level.STUDY].items() if len(numbers) > 1}

    def parted(self) -> Iterable[Sequence[int]]:
        """The films of each study of more than one series, in their order."""
        return (numbers for numbers in self._numbers[Level.STUDY].values() if numbers[0] in self._series)

    def clear(self) -> None:
        """Forget every film."""
        for known in (self._identities, self._places, self._studies, self._series):
            known.clear()
        for level in Level:
            self._keys[level].clear()
            self._numbers[level].clear()

    def _place(self, study: Study, key: GroupKey, series: Series, numbers: dict[int, int]) -> None:
        """Give the films of one series the next places."""
        placed = [numbers[id(instance)] for instance in series.instances]
        for number, instance in zip(placed, series.instances, strict=True):
            self._identities[number] = instance.identity
            self._places[number] = len(self._places)
            self._studies[number] = study
        self._join(Level.STUDY, key, placed)
        if len(study.series) > 1:
            self._series.update(dict.fromkeys(placed, series))
            self._join(Level.SERIES, (*key, series.uid), placed)

    def _join(self, level: Level, key: GroupKey, placed: list[int]) -> None:
        self._keys[level].update(dict.fromkeys(placed, key))
        self._numbers[level].setdefault(key, []).extend(placed)
