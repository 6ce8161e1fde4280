"""How far a film has been read, in words and by shape, never by colour alone."""

from helpers.fakes import make_answer

from radassist.domain.reading import Opinion
from radassist.gui.worklist.film_reading import (
    NOT_READ,
    FilmReading,
    ReadState,
    reading_icon,
    reading_in_full,
    reading_words,
)
from radassist.paths import resources_dir


def _read(opinion: Opinion, **changes: object) -> FilmReading:
    return FilmReading(make_answer(opinion=opinion, **changes))


READINGS = {
    "Unread": NOT_READ,
    "Opened": FilmReading(is_opened=True),
    "Agreed": _read(Opinion.AGREE),
    "Disagreed": _read(Opinion.DISAGREE),
    "Unsure": _read(Opinion.UNDETERMINED),
    "Reader: pneumonia": _read(Opinion.LABEL, label="PNEUMONIA"),
}


def test_every_state_and_answer_has_words_of_its_own() -> None:
    assert {words: reading_words(reading) for words, reading in READINGS.items()} == {
        words: words for words in READINGS
    }


def test_every_state_has_a_shape_that_is_there() -> None:
    icons = {reading_icon(reading) for reading in READINGS.values()}
    assert icons == {"unread", "opened", "reviewed", "disagreed"}
    assert all((resources_dir() / "icons" / f"{name}.svg").is_file() for name in icons)


def test_an_answer_makes_a_film_reviewed_whether_it_was_opened_or_not() -> None:
    assert READINGS["Agreed"].state is ReadState.REVIEWED


def test_in_full_the_note_is_told_on_one_line_and_that_it_was_read_blind() -> None:
    reading = _read(Opinion.LABEL, label="NORMAL", seen=None, note="two\nlines\x1b[0m")
    said = reading_in_full(reading)
    assert said.startswith("Reader: normal before the model's answer was seen. Note: two lines")
    assert "\n" not in said and "\x1b" not in said


def test_an_agreement_with_another_model_is_said_to_be_one() -> None:
    reading = FilmReading(make_answer(opinion=Opinion.AGREE), other_model="gap_cnn")
    assert reading_words(reading) == "Agreed with gap_cnn"
    assert reading_in_full(reading).startswith("Agreed with gap_cnn")
