"""From a key the reader pressed to the answer that is kept. No Qt, no store."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from radassist.domain.analysis import Analysis
from radassist.domain.errors import UserError
from radassist.domain.radiograph import Radiograph
from radassist.domain.reading import Opinion, ReaderAnswer, SeenScore


class Said(StrEnum):
    """What a reader can say with one key; each value is the id of its act."""

    AGREE = "agree"
    DISAGREE = "disagree"
    UNDETERMINED = "say_undetermined"
    POSITIVE = "say_positive"
    NEGATIVE = "say_negative"


@dataclass(frozen=True, slots=True)
class OnScreen:
    """What the reader had in view.

    Attributes:
        analysis: None where no answer of the model was shown.
        labels: The model's, the positive one at index 1; empty while no model is known.
        shown_before: Whether the model's answer to this film was shown at an earlier time.
    """

    film: Radiograph
    analysis: Analysis | None
    labels: tuple[str, ...]
    shown_before: bool = False


_OPINIONS = {
    Said.AGREE: Opinion.AGREE,
    Said.DISAGREE: Opinion.DISAGREE,
    Said.UNDETERMINED: Opinion.UNDETERMINED,
    Said.POSITIVE: Opinion.LABEL,
    Said.NEGATIVE: Opinion.LABEL,
}


def answer_of(said: Said, view: OnScreen, note: str, now: datetime) -> ReaderAnswer:
    """The answer to keep.

    Args:
        said: Which key.
        view: What was on the screen.
        note: The reader's words.
        now: With time zone.

    Raises:
        UserError: If there is nothing to agree with, or no label to name.
    """
    if view.analysis is None and said in (Said.AGREE, Said.DISAGREE):
        raise UserError("No answer of the model is shown: say what you see with S, X or U.")
    return ReaderAnswer(
        film_sha256=view.film.facts.sha256,
        opinion=_OPINIONS[said],
        answered_at=now,
        label=_label(said, view.labels),
        note=note,
        seen=SeenScore.of(view.analysis) if view.analysis else None,
        study_uid=view.film.identity.study_uid,
        shown_before=view.shown_before,
    )


def said_by(answer: ReaderAnswer, labels: tuple[str, ...]) -> Said | None:
    """Which key gives `answer`; None for a label that is none of the model's, and for the mark of a whole study."""
    if answer.opinion is not Opinion.LABEL:
        return next((said for said, opinion in _OPINIONS.items() if opinion is answer.opinion), None)
    if answer.label not in labels:
        return None
    return Said.POSITIVE if answer.label == labels[1] else Said.NEGATIVE


def _label(said: Said, labels: tuple[str, ...]) -> str:
    if said not in (Said.POSITIVE, Said.NEGATIVE):
        return ""
    if not labels:
        raise UserError("There is no model yet, and so no name for the finding: wait until it is loaded.")
    return labels[1] if said is Said.POSITIVE else labels[0]
