"""How far two readers of the same films agree: what each said, the share of equal answers, and Cohen's kappa."""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

from radassist.domain.analysis import UNDETERMINED
from radassist.domain.intervals import wilson_interval
from radassist.domain.reading import Opinion, ReaderAnswer


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two readers' answers, film by film.

    Attributes:
        films: How many both answered.
        equal: On how many of them they said the same.
        kappa: Cohen's kappa (Educational and Psychological Measurement 20, 1960), in [-1, 1]: agreement beyond what
            chance alone would bring; None where chance brings all of it, or without films.
    """

    films: int
    equal: int
    kappa: float | None

    @property
    def share(self) -> float | None:
        """Share of the films on which they said the same, in [0, 1]; None without films."""
        return self.equal / self.films if self.films else None

    @property
    def share_interval(self) -> tuple[float, float] | None:
        """95 % interval of `share` by Wilson (1927); None without films."""
        return wilson_interval(self.equal, self.films)


def agreement(pairs: Iterable[tuple[Hashable, Hashable]]) -> Agreement:
    """Compare answers given in pairs, one pair a film; equal values are equal answers."""
    counts = Counter(pairs)
    films = counts.total()
    equal = sum(count for (one, other), count in counts.items() if one == other)
    by_one: Counter[Hashable] = Counter()
    by_other: Counter[Hashable] = Counter()
    for (one, other), count in counts.items():
        by_one[one] += count
        by_other[other] += count
    chance = sum(by_one[label] * by_other[label] for label in by_one)  # in units of 1 / films²
    rest = films * films - chance
    return Agreement(films, equal, (films * equal - chance) / rest if rest else None)


def said(answer: ReaderAnswer, labels: Sequence[str]) -> str:
    """The label that an answer comes to, or `UNDETERMINED`; empty where it comes to none.

    Args:
        answer: Disagreeing with one of two labels is the other one; with an undecided model it is no label.
        labels: The model's.
    """
    match answer.opinion:
        case Opinion.LABEL:
            return answer.label
        case Opinion.UNDETERMINED:
            return UNDETERMINED
        case Opinion.REVIEWED:
            return ""
    decision = answer.seen.decision if answer.seen else ""
    if answer.opinion is Opinion.AGREE:
        return decision
    others = [label for label in labels if label != decision]
    return others[0] if len(labels) == 2 and len(others) == 1 else ""
