"""A round of blind-first reading: readers answer before they see the model's answer, and may then change their mind."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from radassist.domain.reading import ReaderAnswer


@dataclass(frozen=True, slots=True)
class ReadingRound:
    """What counts is what was answered since the round began.

    Attributes:
        since: When it began, with time zone.
    """

    since: datetime

    def answers(self, history: Sequence[ReaderAnswer]) -> tuple[ReaderAnswer, ...]:
        """Those of a film's answers, oldest first, that belong to the round."""
        return tuple(answer for answer in history if answer.answered_at >= self.since)

    def first(self, history: Sequence[ReaderAnswer]) -> ReaderAnswer | None:
        """What the reader said of the film before the model's answer was seen; None if nothing was."""
        given = self.answers(history)
        return given[0] if given and given[0].is_blind else None

    def last(self, history: Sequence[ReaderAnswer]) -> ReaderAnswer | None:
        """What the reader says now; None if the film was not answered in this round."""
        given = self.answers(history)
        return given[-1] if given else None
