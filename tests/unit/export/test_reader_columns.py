"""The reader's part of a table: there only where films were read, and without free text unless asked for."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from helpers.fakes import FACTS, make_analysis, make_answer, make_film

from radassist.domain.reading import Opinion, ReaderAnswer, SeenScore
from radassist.domain.threshold_rule import OperatingPoint
from radassist.export.reader_columns import NO_READER, ReaderColumns

FILM = "ab" * 32


def said(*, identified: bool = False, **parts: object) -> dict[str, object]:
    columns = ReaderColumns({FILM: make_answer(FILM, **parts)}, is_identified=identified)
    return dict(zip(columns.names, columns.values(FILM, FACTS.labels), strict=True))


def test_where_nobody_has_read_there_are_no_columns():
    assert NO_READER.names == NO_READER.values(FILM, FACTS.labels) == ()


def test_a_film_nobody_has_read_has_empty_cells():
    columns = ReaderColumns({FILM: make_answer(FILM)})

    assert columns.values("other film", FACTS.labels) == columns.values("", FACTS.labels) == (None, None)


@pytest.mark.parametrize(
    ("parts", "answer", "blind"),
    [
        ({"opinion": Opinion.AGREE}, "agree", "no"),
        ({"opinion": Opinion.UNDETERMINED, "seen": None}, "undetermined", "yes"),
        ({"opinion": Opinion.LABEL, "label": "NORMAL", "seen": None}, "NORMAL", "yes"),
    ],
)
def test_an_answer_is_one_word_and_whether_the_score_was_hidden(parts, answer, blind):
    assert said(**parts) == {"reader_answer": answer, "reader_blind": blind}


def test_the_readers_own_words_stand_in_identified_tables_only():
    words = {"opinion": Opinion.LABEL, "label": "Doe, Jane", "note": "Call Jane Doe."}

    assert said(**words) == {"reader_answer": "other", "reader_blind": "no"}
    assert said(**words, identified=True) == {
        "reader_answer": "Doe, Jane",
        "reader_blind": "no",
        "reader_note": "Call Jane Doe.",
    }


def test_an_agreement_with_another_model_names_it() -> None:
    film = make_film("a")
    shown = make_analysis(film)
    seen = SeenScore.of(replace(shown, provenance=replace(shown.provenance, model="other", model_sha256="cd" * 32)))
    answer = ReaderAnswer(film.facts.sha256, Opinion.AGREE, datetime(2024, 5, 17, tzinfo=UTC), seen=seen)
    columns = ReaderColumns({film.facts.sha256: answer})
    assert columns.values(film.facts.sha256, ("NORMAL", "PNEUMONIA"), shown)[0] == "agree with other"
    assert columns.values(film.facts.sha256, ("NORMAL", "PNEUMONIA"))[0] == "agree"


def test_an_agreement_with_what_another_threshold_decided_names_that_threshold() -> None:
    film = make_film("a")
    seen = make_analysis(film, probability=0.6)
    answer = ReaderAnswer(film.facts.sha256, Opinion.AGREE, datetime(2024, 5, 17, tzinfo=UTC), seen=SeenScore.of(seen))
    columns = ReaderColumns({film.facts.sha256: answer})
    for threshold, said in ((0.55, "agree"), (0.7, "agree with fake at threshold 0.5")):
        moved = seen.at(OperatingPoint(threshold, "set here: threshold=0.7"))
        assert columns.values(film.facts.sha256, ("NORMAL", "PNEUMONIA"), moved)[0] == said
