"""What a reader says of a film, and which score was in view when it was said."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from radassist.domain.analysis import UNDETERMINED, Analysis


class Opinion(StrEnum):
    """How a reader answers: of the score in view, with a label of the reader's own, or by a mark that says neither."""

    AGREE = "agree"
    DISAGREE = "disagree"
    UNDETERMINED = "undetermined"
    LABEL = "label"
    REVIEWED = "reviewed"


@dataclass(frozen=True, slots=True)
class SeenScore:
    """The score in view when the reader answered.

    Attributes:
        model: Model id.
        model_sha256: Of the weights file, hex.
        probability: Calibrated probability of the positive label, in [0, 1].
        threshold: Operating threshold on `probability`.
        decision: A label, or `UNDETERMINED`.
    """

    model: str
    model_sha256: str
    probability: float
    threshold: float
    decision: str

    @classmethod
    def of(cls, analysis: Analysis) -> "SeenScore":
        """What the screen shows of `analysis`."""
        prediction, provenance = analysis.prediction, analysis.provenance
        return cls(
            model=provenance.model,
            model_sha256=provenance.model_sha256,
            probability=prediction.positive_probability,
            threshold=prediction.threshold,
            decision=prediction.decision,
        )


@dataclass(frozen=True, slots=True)
class ReaderAnswer:
    """A reader's answer for one film. It belongs to the film's content, whatever the file is called.

    Attributes:
        film_sha256: Hex digest of the whole file.
        opinion: Agreeing and disagreeing need a score in view.
        answered_at: When, with time zone.
        label: The reader's own, for `Opinion.LABEL` only; empty otherwise.
        note: Free text, of any content: it may name the patient.
        seen: The score in view; None where none was.
        study_uid: Of the film's header; empty where it has none.
        shown_before: Whether the reader had seen the model's answer to this film at an earlier time.

    Raises:
        ValueError: If the parts contradict each other: a bug.
    """

    film_sha256: str
    opinion: Opinion
    answered_at: datetime
    label: str = ""
    note: str = ""
    seen: SeenScore | None = None
    study_uid: str = ""
    shown_before: bool = False

    def __post_init__(self) -> None:
        if not self.film_sha256:
            raise ValueError("an answer belongs to a film")
        if self.answered_at.tzinfo is None:
            raise ValueError("the time of an answer has a zone")
        if bool(self.label) != (self.opinion is Opinion.LABEL):
            raise ValueError(f"{self.opinion} with the label {self.label!r}")
        if self.seen is None and self.opinion in (Opinion.AGREE, Opinion.DISAGREE):
            raise ValueError(f"{self.opinion} with a score that was not in view")

    @property
    def is_blind(self) -> bool:
        """Whether the film was read without a score in view, and without one that had been in view before."""
        return self.seen is None and not self.shown_before and self.opinion is not Opinion.REVIEWED

    def other_model(self, analysis: Analysis | None) -> str:
        """Whose answer this one agrees or disagrees with, where that is not the answer of `analysis`; else empty.

        An agreement speaks of the answer that was in view; beside one of another model, or of another threshold that
        decides otherwise, it must not look as if it were about that.
        """
        if self.seen is None or analysis is None or self.opinion not in (Opinion.AGREE, Opinion.DISAGREE):
            return ""
        if self.seen.model_sha256 != analysis.provenance.model_sha256:
            return self.seen.model
        is_same = self.seen.decision == analysis.prediction.decision
        return "" if is_same else f"{self.seen.model} at threshold {self.seen.threshold:.4g}"

    @property
    def is_override(self) -> bool:
        """Whether the answer contradicts a decision in view."""
        if self.seen is None or self.seen.decision == UNDETERMINED:
            return False
        return self.opinion is Opinion.DISAGREE or (self.opinion is Opinion.LABEL and self.label != self.seen.decision)
