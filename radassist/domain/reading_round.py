"""A round of blind-first reading: readers answer before they see the model's answer, and may then change their mind."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from radassist.domain.agreement import Agreement, agreement, said
from radassist.domain.analysis import Prediction
from radassist.domain.reading import Opinion, ReaderAnswer


@dataclass(frozen=True, slots=True)
class ReadingRound:
    """What counts is what was answered since the round began.

    Attributes:
        since: When it began, with time zone.
    """

    since: datetime

    def answers(self, history: Sequence[ReaderAnswer]) -> tuple[ReaderAnswer, ...]:
        """Those of a film's answers, oldest first, that belong to the round; a mark that says nothing does not."""
        given = (answer for answer in history if answer.opinion is not Opinion.REVIEWED)
        return tuple(answer for answer in given if answer.answered_at >= self.since)

    def first(self, history: Sequence[ReaderAnswer]) -> ReaderAnswer | None:
        """What the reader said of the film before the model's answer was seen; None if nothing was."""
        given = self.answers(history)
        return given[0] if given and given[0].is_blind else None

    def last(self, history: Sequence[ReaderAnswer]) -> ReaderAnswer | None:
        """What the reader says now; None if the film was not answered in this round."""
        given = self.answers(history)
        return given[-1] if given else None


@dataclass(frozen=True, slots=True)
class RoundFilm:
    """A film that was read blind.

    Attributes:
        number: Of the film on the worklist.
        name: Of its file.
        first: What the reader said before the model's answer was seen: a label, or `UNDETERMINED`.
        model: What the model says: a label, or `UNDETERMINED`.
        last: What the reader says now, the same; empty where that comes to no label.
        positive: The label that tells of the finding.
        probability: Calibrated probability of `positive`, in [0, 1].
    """

    number: int
    name: str
    first: str
    model: str
    last: str
    positive: str
    probability: float

    @property
    def is_changed(self) -> bool:
        """Whether the reader changed their mind once the model's answer was seen."""
        return self.first != self.last


@dataclass(frozen=True, slots=True)
class RoundSummary:
    """A round as far as it has come.

    Attributes:
        films: Those that were read blind and scored.
    """

    films: tuple[RoundFilm, ...]

    @property
    def before(self) -> Agreement:
        """Reader and model, by what the reader said blind."""
        return agreement((film.first, film.model) for film in self.films)

    @property
    def after(self) -> Agreement:
        """Reader and model, by what the reader says now; films without a label are left out."""
        return agreement((film.last, film.model) for film in self.films if film.last)

    @property
    def changed(self) -> tuple[RoundFilm, ...]:
        """Films on which the reader changed their mind."""
        return tuple(film for film in self.films if film.is_changed)

    @property
    def changed_to_model(self) -> int:
        """How many of them went over to the model's answer."""
        return sum(film.last == film.model for film in self.changed)


@dataclass(frozen=True, slots=True)
class ReadFilm:
    """A film on the worklist, with all that was said of it.

    Attributes:
        prediction: The model's; None while there is none.
        history: The reader's answers, oldest first.
    """

    number: int
    name: str
    prediction: Prediction | None
    history: tuple[ReaderAnswer, ...]


def summarise(blind: ReadingRound, films: Iterable[ReadFilm]) -> RoundSummary:
    """What the round has brought so far; films that were not read blind in it or have no score are left out."""
    read = (_round_film(blind, film) for film in films)
    return RoundSummary(tuple(film for film in read if film))


def _round_film(blind: ReadingRound, film: ReadFilm) -> RoundFilm | None:
    first, last = blind.first(film.history), blind.last(film.history)
    if first is None or last is None or film.prediction is None:
        return None
    labels = film.prediction.labels
    return RoundFilm(
        number=film.number,
        name=film.name,
        first=said(first, labels),
        model=film.prediction.decision,
        last=said(last, labels),
        positive=film.prediction.positive_label,
        probability=film.prediction.positive_probability,
    )
