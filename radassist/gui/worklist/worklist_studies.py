"""Where each film of a worklist stands when films are grouped Study > Series > Instance. No Qt, and no timing."""

from collections.abc import Sequence

from radassist.domain.study import Identity, Instance, Study, group_by_study, study_key
from radassist.domain.worklist import WorklistItem

StudyKey = tuple[str, str]
"""What `study_key` gives: the same for a study whenever it is grouped."""


class StudyGroups:
    """The grouping as it was last made; a film that came or was named since then has no place in it."""

    def __init__(self) -> None:
        self._identities: dict[int, Identity | None] = {}
        self._places: dict[int, int] = {}
        self._studies: dict[int, Study] = {}
        self._numbers: dict[int, list[int]] = {}
        self._keys: dict[int, StudyKey] = {}

    def regroup(self, items: Sequence[WorklistItem]) -> None:
        """Group `items` afresh: studies, series and films each in the order in which the first of them came."""
        self.clear()
        instances = [Instance(item.source, item.identity) for item in items]
        # By object and not by value, since the same file may be on the list twice.
        numbers = {id(instance): item.number for instance, item in zip(instances, items, strict=True)}
        for study in group_by_study(instances):
            first = study.series[0].instances[0]
            key = study_key(first.source, first.identity)
            for instance in (each for series in study.series for each in series.instances):
                number = numbers[id(instance)]
                self._identities[number] = instance.identity
                self._places[number] = len(self._places)
                self._studies[number] = study
                self._keys[number] = key
                self._numbers.setdefault(id(study), []).append(number)

    def place_of(self, item: WorklistItem) -> int | None:
        """Where the film stands among all, from 0; None if the grouping knows it not or under another identity."""
        place = self._places.get(item.number)
        if place is None:
            return None
        known = self._identities[item.number]
        is_known = known is item.identity or known == item.identity  # the same object nearly always, found faster
        return place if is_known else None

    def numbers_with(self, number: int) -> tuple[int, ...]:
        """Worklist numbers of all films of the study of film `number`; none if it was not on the list yet."""
        study = self._studies.get(number)
        return tuple(self._numbers[id(study)]) if study else ()

    def study_of(self, number: int) -> Study | None:
        """The study of film `number`, None if it was not on the list yet."""
        return self._studies.get(number)

    def key_of(self, number: int) -> StudyKey | None:
        """What the study of film `number` is known by, None if it was not on the list yet."""
        return self._keys.get(number)

    def size_with(self, number: int) -> int:
        """How many films the study of film `number` has; 0 if it was not on the list yet."""
        study = self._studies.get(number)
        return len(self._numbers[id(study)]) if study else 0

    def keys_of_several(self) -> set[StudyKey]:
        """The studies of more than one film."""
        return {self._keys[numbers[0]] for numbers in self._numbers.values() if len(numbers) > 1}

    def clear(self) -> None:
        """Forget every film."""
        for known in (self._identities, self._places, self._studies, self._numbers, self._keys):
            known.clear()
