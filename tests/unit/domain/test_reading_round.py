"""What counts in a round: only what was said since it began, and first of all what was said blind."""

from datetime import timedelta

import pytest
from helpers.fakes import FINISHED_AT, make_analysis, make_answer, make_film
from sklearn.metrics import cohen_kappa_score

from radassist.domain.analysis import UNDETERMINED
from radassist.domain.reading import Opinion, ReaderAnswer
from radassist.domain.reading_round import ReadFilm, ReadingRound, summarise

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


def _film(number: int, probability: float, *history: ReaderAnswer) -> ReadFilm:
    prediction = make_analysis(make_film(str(number)), probability=probability).prediction
    return ReadFilm(number, f"{number}.dcm", prediction, history)


def test_the_summary_tells_agreement_before_and_after_and_who_changed() -> None:
    films = [
        _film(0, 0.9, _blind(1, "PNEUMONIA")),
        _film(1, 0.9, _blind(1, "NORMAL"), _said(2, opinion=Opinion.AGREE)),
        _film(2, 0.1, _blind(1, "NORMAL")),
        _film(3, 0.1, _blind(1, "NORMAL"), _said(2, opinion=Opinion.UNDETERMINED)),
        _film(4, 0.9, _said(1)),
        ReadFilm(5, "5.dcm", None, (_blind(1),)),
    ]
    found = summarise(ROUND, films)
    model, first = ["PNEUMONIA", "PNEUMONIA", "NORMAL", "NORMAL"], ["PNEUMONIA", "NORMAL", "NORMAL", "NORMAL"]
    last = ["PNEUMONIA", "PNEUMONIA", "NORMAL", UNDETERMINED]
    assert [film.number for film in found.films] == [0, 1, 2, 3]
    assert [film.first for film in found.films] == first and [film.last for film in found.films] == last
    assert (found.before.equal, found.after.equal) == (3, 3)
    assert found.before.kappa == pytest.approx(cohen_kappa_score(first, model))
    assert found.after.kappa == pytest.approx(cohen_kappa_score(last, model))
    assert [film.number for film in found.changed] == [1, 3] and found.changed_to_model == 1


def test_a_round_that_has_not_begun_sums_up_to_nothing() -> None:
    found = summarise(ROUND, [])
    assert found.films == () and found.before.share is None
