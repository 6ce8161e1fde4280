"""What counts in a round: only what was said since it began, and first of all what was said blind."""

from datetime import timedelta

from helpers.fakes import FINISHED_AT, make_answer

from radassist.domain.reading import Opinion, ReaderAnswer
from radassist.domain.reading_round import ReadingRound

ROUND = ReadingRound(FINISHED_AT)


def _said(minutes: int, **changes: object) -> ReaderAnswer:
    return make_answer(answered_at=FINISHED_AT + timedelta(minutes=minutes), **changes)


def _blind(minutes: int, label: str = "NORMAL") -> ReaderAnswer:
    return _said(minutes, opinion=Opinion.LABEL, label=label, seen=None)


def test_what_was_said_before_the_round_does_not_count() -> None:
    assert ROUND.answers([_said(-5)]) == ()
    assert ROUND.first([_blind(-5)]) is None and ROUND.last([_blind(-5)]) is None


def test_first_is_what_was_said_blind_and_last_what_is_said_now() -> None:
    history = (_said(-5), _blind(1), _said(2, opinion=Opinion.AGREE))
    assert ROUND.first(history) == history[1]
    assert ROUND.last(history) == history[2]


def test_a_film_that_was_first_answered_with_the_score_in_view_was_not_read_blind() -> None:
    assert ROUND.first((_said(1), _blind(2))) is None
