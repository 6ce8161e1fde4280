"""How far a film has been read, in words and for the eye. What the model says of it is elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from radassist.domain.reading import Opinion, ReaderAnswer
from radassist.gui.findings.findings_text import in_words
from radassist.gui.widgets.plain_text import one_line

_LONGEST_LABEL = 40


class ReadState(StrEnum):
    """How far a reader has come with a film."""

    UNREAD = "unread"
    OPENED = "opened"
    REVIEWED = "reviewed"


@dataclass(frozen=True, slots=True)
class FilmReading:
    """What is known of the reader and one film.

    Attributes:
        answer: The one that stands; None without.
        is_opened: Whether the film stood on the screen since it was put on the list.
        is_key: Whether the reader called it a key image.
        other_model: The model the answer agrees or disagrees with, where it is not the one whose score is listed.
        hides_score: Whether all that the model says of the film is kept from the reader for now.
    """

    answer: ReaderAnswer | None = None
    is_opened: bool = False
    hides_score: bool = False
    other_model: str = ""
    is_key: bool = False

    @property
    def state(self) -> ReadState:
        """Reviewed once there is an answer."""
        if self.answer:
            return ReadState.REVIEWED
        return ReadState.OPENED if self.is_opened else ReadState.UNREAD


NOT_READ = FilmReading()
"""Nobody has seen the film."""

_SAID = {
    Opinion.AGREE: "Agreed",
    Opinion.DISAGREE: "Disagreed",
    Opinion.UNDETERMINED: "Unsure",
    Opinion.REVIEWED: "Reviewed",
}


def reading_icon(reading: FilmReading) -> str:
    """The drawing that says the same by its shape."""
    is_against = reading.answer is not None and reading.answer.opinion is Opinion.DISAGREE
    return "disagreed" if is_against else reading.state.value


def study_read_words(readings: Sequence[FilmReading]) -> str:
    """How many films of a study are reviewed; empty while none is."""
    reviewed = sum(reading.state is ReadState.REVIEWED for reading in readings)
    if not reviewed:
        return ""
    return "reviewed" if reviewed == len(readings) else f"{reviewed} of {len(readings)} reviewed"


def reading_words(reading: FilmReading) -> str:
    """The reader's answer, or how far the reading has come, in one or two words."""
    return answer_said(reading.answer, reading.other_model) if reading.answer else reading.state.capitalize()


def answer_said(answer: ReaderAnswer, other_model: str = "") -> str:
    """The answer in a few words, fit to be shown; with the model it speaks of where that is another one."""
    if answer.opinion is Opinion.LABEL:
        return f"Reader: {in_words(one_line(answer.label, _LONGEST_LABEL))}"
    return f"{_SAID[answer.opinion]} with {one_line(other_model)}" if other_model else _SAID[answer.opinion]


def reading_in_full(reading: FilmReading) -> str:
    """The same as one sentence, with the note, for tool tips and screen readers."""
    answer, key = reading.answer, " Key image." if reading.is_key else ""
    if answer is None:
        return f"{reading.state.capitalize()}.{key}"
    how = " before the model's answer was seen" if answer.is_blind else ""
    note = one_line(answer.note)
    return f"{answer_said(answer, reading.other_model)}{how}.{key}" + (f" Note: {note}" if note else "")
