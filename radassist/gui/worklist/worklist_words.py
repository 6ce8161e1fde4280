"""What a worklist row says of its film, in words safe to paint and to search. Decides no order and paints nothing."""

from enum import StrEnum

from radassist.domain.analysis import Prediction
from radassist.domain.study import Identity, Series, Study
from radassist.domain.worklist import ItemState, WorklistItem
from radassist.gui.findings import findings_text
from radassist.gui.findings.findings_text import Suspicion, is_warning, probability_and_threshold, suspicion_of
from radassist.gui.widgets.plain_text import as_markup, one_line, person_name
from radassist.gui.worklist.film_reading import NOT_READ, FilmReading, reading_in_full, reading_words

_ADULT_YEARS = 2
_MINUTE = 60
_TENTHS_BELOW = 10
_SEARCHED = 200
"""Characters of each text that the filter looks at; longer ones are never shown either."""


class Answer(StrEnum):
    """The end of a film in the reader's words. A film that is not suspected is never called normal."""

    SUSPECTED = "Suspected"
    NOT_SUSPECTED = "Not suspected"
    UNDETERMINED = "Undetermined"
    REFUSED = "Refused"
    FAILED = "Failed"


_ANSWERS = {
    Suspicion.SUSPECTED: Answer.SUSPECTED,
    Suspicion.NOT_SUSPECTED: Answer.NOT_SUSPECTED,
    Suspicion.UNDETERMINED: Answer.UNDETERMINED,
}
_STATE_WORDS = {
    ItemState.WAITING: "Waiting",
    ItemState.RUNNING: "Scoring",
    ItemState.SCORED: "Scored",
    ItemState.REFUSED: "Refused",
    ItemState.FAILED: "Failed",
}


def answer_of(item: WorklistItem) -> Answer | None:
    """The answer for `item`, None as long as it waits or runs."""
    if item.state is ItemState.REFUSED:
        return Answer.REFUSED
    if item.state is ItemState.FAILED:
        return Answer.FAILED
    return answer_for(item.analysis.prediction) if item.analysis else None


def answer_for(prediction: Prediction) -> Answer:
    """The answer a prediction gives, the one the findings show."""
    return _ANSWERS[suspicion_of(prediction)]


def state_words(item: WorklistItem) -> str:
    """Where the film stands, in one word."""
    return _STATE_WORDS[item.state]


def answer_words(item: WorklistItem) -> str:
    """The answer, or where the film stands while there is none."""
    return answer_of(item) or state_words(item)


def probability_of(item: WorklistItem) -> float | None:
    """Calibrated probability of the positive label in [0, 1]; None without a score."""
    return item.analysis.prediction.positive_probability if item.analysis else None


def probability_words(prediction: Prediction) -> str:
    """The same in percent, with the decimals the findings show it with."""
    return probability_and_threshold(prediction)[0]


def title(item: WorklistItem) -> str:
    """The patient's name, else the name of the file, else the order of arrival counted from 1."""
    name = person_name(item.identity.patient_name) if item.identity else ""
    return name or one_line(item.source.name) or f"Film {item.number + 1}"


def study_heading(study: Study, read: str = "") -> str:
    """Patient, date, size and description of a study, or the file's name where no header tells whose it is.

    Args:
        study: What is named.
        read: How far it has been read, in a few words; before all that may be left out where room is short.
    """
    films = [film for series in study.series for film in series.instances]
    identity = films[0].identity or Identity()
    who = person_name(identity.patient_name) or one_line(identity.patient_id)
    description = one_line(identity.study_description)
    name = "" if who or description else one_line(films[0].source.name)
    count = f"{len(films):,} films" if len(films) > 1 else ""
    series = f"{len(study.series):,} series" if len(study.series) > 1 else ""
    return " · ".join(part for part in (who or name, read, date_words(identity), count, series, description) if part)


def series_heading(series: Series) -> str:
    """Description, number, modality and size of a series, the first before all that may be left out."""
    identity = series.instances[0].identity or Identity()
    description, number = one_line(series.description), one_line(identity.series_number)
    numbered = f"series {number}" if number else ""
    name = description or numbered.capitalize() or "Series without a name"
    count = f"{len(series.instances):,} film{'' if len(series.instances) == 1 else 's'}"
    parts = (name, numbered if description else "", one_line(identity.modality), count)
    return " · ".join(part for part in parts if part)


def details(item: WorklistItem, reading: FilmReading = NOT_READ) -> str:
    """What stands beside the answer: the reader's, why there is no score, else warnings, view, age and study date."""
    said = (reading_words(reading) if reading.answer else "", "key image" if reading.is_key else "")
    reader = " · ".join(part for part in said if part)
    if item.reason:
        return " · ".join(part for part in (reader, one_line(item.reason)) if part)
    identity = item.identity or Identity()
    parts = (reader, warning_words(item), view_words(identity), age_words(identity), date_words(identity))
    return " · ".join(part for part in parts if part)


def warning_words(item: WorklistItem) -> str:
    """How many notices bear on the trust in the score, empty for none."""
    count = sum(map(is_warning, item.notices))
    return f"{count} warning{'s' if count > 1 else ''}" if count else ""


def view_words(identity: Identity) -> str:
    """The view position as the file gives it."""
    return one_line(identity.view)


def age_words(identity: Identity) -> str:
    """Age at the study: years, and months below two years."""
    age = identity.age_years
    if age is None:
        return ""
    return f"{age:.0f} y" if age >= _ADULT_YEARS else f"{age * 12:.0f} months"


def to_score_words(item: WorklistItem) -> str:
    """How long the film waited for its score since it came on the list; empty without one, or where it was known."""
    seconds = item.seconds_to_score
    if seconds is None:
        return ""
    if seconds < _MINUTE:
        return f"{seconds:.1f} s" if seconds < _TENTHS_BELOW else f"{seconds:.0f} s"
    minutes, rest = divmod(round(seconds), _MINUTE)
    return f"{minutes} min {rest} s" if minutes < _MINUTE else f"{minutes // _MINUTE} h {minutes % _MINUTE} min"


def date_words(identity: Identity) -> str:
    """`YYYYMMDD` with dashes; whatever else the file holds as it is."""
    date = one_line(identity.study_date)
    return f"{date[:4]}-{date[4:6]}-{date[6:]}" if len(date) == 8 and date.isdecimal() else date


def spoken(item: WorklistItem, reading: FilmReading = NOT_READ) -> str:
    """The whole row as a screen reader says it."""
    parts = (f"{title(item)}.", _answer_in_full(item), reading_in_full(reading), details(item))
    return " ".join(part for part in parts if part)


def tool_tip(item: WorklistItem, reading: FilmReading = NOT_READ) -> str:
    """Everything the row had to cut short, as markup in which every text of the file is escaped."""
    lines = (
        title(item),
        one_line(item.source.name),
        _answer_in_full(item),
        reading_in_full(reading),
        details(item),
        *(one_line(notice.sentence) for notice in item.notices),
    )
    return as_markup("\n".join(line for line in dict.fromkeys(lines) if line))


def search_text(item: WorklistItem) -> str:
    """What the filter looks through: names and patient id, in small letters."""
    identity = item.identity or Identity()
    texts = (item.source.name, identity.patient_name, identity.patient_id)
    return " ".join(text[:_SEARCHED] for text in texts).replace("^", " ").casefold()


def _answer_in_full(item: WorklistItem) -> str:
    return findings_text.spoken(item.analysis.prediction) if item.analysis else f"{answer_words(item)}."
