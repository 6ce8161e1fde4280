"""A round of blind-first reading in sentences."""

from radassist.domain.agreement import Agreement
from radassist.domain.analysis import UNDETERMINED
from radassist.domain.reading_round import RoundSummary
from radassist.gui.findings.findings_text import percent


def progress_words(summary: RoundSummary, listed: int) -> str:
    """How far the round has come."""
    return f"{len(summary.films)} of {listed} films were answered before the model's answer was seen."


def agreement_words(found: Agreement) -> str:
    """Share of equal answers with its interval, and kappa."""
    share, interval = found.share, found.share_interval
    if share is None or interval is None:
        return "no films"
    low, high = interval
    kappa = "not defined" if found.kappa is None else f"{found.kappa:.2f}"
    return (
        f"{found.equal} of {found.films}, {percent(share)} (95 % interval {percent(low)} to {percent(high)}),"
        f" Cohen's kappa {kappa}"
    )


def changed_words(summary: RoundSummary) -> str:
    """On how many films the reader changed their mind, and which way."""
    count = len(summary.changed)
    if not count:
        return "none"
    to_model = summary.changed_to_model
    return f"{count}: {to_model} to the model's answer, {count - to_model} otherwise"


def label_words(label: str, positive: str) -> str:
    """A label of an answer, for a cell; `positive` is the one that tells of the finding."""
    if label == UNDETERMINED:
        return "undetermined"
    if label == positive:
        return "suspected"
    return "not suspected" if label else "other"
