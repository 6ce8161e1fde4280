"""From the key to the answer, and back to the key."""

from datetime import UTC, datetime

import pytest
from helpers.fakes import FACTS, make_analysis, make_answer, make_film

from radassist.domain.errors import UserError
from radassist.domain.reading import Opinion, SeenScore
from radassist.domain.study import Identity
from radassist.gui.reading.answers import OnScreen, Said, answer_of, said_by

NOW = datetime(2024, 5, 17, 11, tzinfo=UTC)
FILM = make_film(identity=Identity(study_uid="1.2.3"))
SEEN = OnScreen(FILM, make_analysis(FILM), FACTS.labels)
HIDDEN = OnScreen(FILM, None, FACTS.labels)


@pytest.mark.parametrize("said", list(Said))
def test_every_key_gives_an_answer_that_names_the_film_and_the_score_in_view(said: Said) -> None:
    answer = answer_of(said, SEEN, "a note", NOW)
    assert (answer.film_sha256, answer.study_uid, answer.note) == (FILM.facts.sha256, "1.2.3", "a note")
    assert answer.seen == SeenScore.of(SEEN.analysis)
    assert said_by(answer, FACTS.labels) is said


@pytest.mark.parametrize("said", [Said.AGREE, Said.DISAGREE])
def test_nobody_agrees_with_what_is_not_shown(said: Said) -> None:
    with pytest.raises(UserError, match="S, X or U"):
        answer_of(said, HIDDEN, "", NOW)


@pytest.mark.parametrize("said", [Said.POSITIVE, Said.NEGATIVE, Said.UNDETERMINED])
def test_an_answer_without_a_score_in_view_is_blind(said: Said) -> None:
    assert answer_of(said, HIDDEN, "", NOW).is_blind


def test_a_finding_without_a_name_cannot_be_answered() -> None:
    with pytest.raises(UserError, match="no model"):
        answer_of(Said.POSITIVE, OnScreen(FILM, None, ()), "", NOW)


def test_a_label_of_another_model_has_no_key() -> None:
    assert said_by(make_answer(opinion=Opinion.LABEL, label="EFFUSION"), FACTS.labels) is None
