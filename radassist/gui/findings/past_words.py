"""What scores like this one were worth on the films of validation, in sentences that say how few films they rest on."""

from radassist.domain.analysis import Analysis, ModelFacts, Prediction
from radassist.domain.roc import Estimate
from radassist.domain.track_record import TrackRecord, missed_share, predictive_value
from radassist.gui.findings.findings_text import Suspicion, in_words, percent, suspicion_of

_UNLIKE = "UNLIKE_TRAINING"
_NO_BREAK = "\N{NO-BREAK SPACE}"
_FEW = 0.1


def past_words(analysis: Analysis, facts: ModelFacts | None, prevalence: float | None) -> str:
    """What became of validation films with such a score, and what the call is worth; empty where the model tells not.

    Args:
        analysis: Of the film.
        facts: Of the loaded model; only its own scores have its past.
        prevalence: Share of films with the finding where the model is used, in [0, 1]; None for that of validation.
    """
    if facts is None or facts.record is None or facts.sha256 != analysis.provenance.model_sha256:
        return ""
    if any(notice.code == _UNLIKE for notice in analysis.notices):
        return "The validation films say nothing of this score, since the film is unlike them."
    prediction = analysis.prediction
    lines = (_score_words(prediction, facts.record), _call_words(prediction, facts.record, prevalence))
    return "\n".join(line for line in lines if line)


def _score_words(prediction: Prediction, record: TrackRecord) -> str:
    found = record.bin_of(prediction.positive_probability)
    scored = f"scored {found.low * 100:.0f}–{percent(found.high)}"
    if found.share is None:
        return f"No validation film {scored}."
    had = f"{found.positive} had {in_words(prediction.positive_label)}"
    films = f"{found.films} validation film{'' if found.films == 1 else 's'}"
    if not found.is_telling:
        return f"Only {films} {scored}, {had}: too few to tell."
    share = f"{percent(found.share.value)}, 95{_NO_BREAK}% interval {_ends(found.share)}"
    return f"Of {films} {scored}, {had} ({share}); of all {record.films}, {percent(record.prevalence)} had it."


def _call_words(prediction: Prediction, record: TrackRecord, prevalence: float | None) -> str:
    """The predictive value of the call, as an interval: no false alarm among a hundred films is no promise of none."""
    suspicion = suspicion_of(prediction)
    if suspicion is Suspicion.UNDETERMINED:
        return ""
    is_call = suspicion is Suspicion.SUSPECTED
    counts = record.tally(prediction.threshold)
    share = (predictive_value if is_call else missed_share)(counts, _used(record, prevalence))
    if share is None:
        return ""
    place = "at or above" if is_call else "below"
    films = f"Of 100 films {place} the threshold, {_of_100(share.low)} to {_of_100(share.high)} would have"
    return f"{films} {in_words(prediction.positive_label)} {_where(record, prevalence)}."


def _used(record: TrackRecord, prevalence: float | None) -> float:
    return record.prevalence if prevalence is None else prevalence


def _where(record: TrackRecord, prevalence: float | None) -> str:
    if prevalence is None:
        return f"where {percent(record.prevalence)} of all films have it, as in validation"
    return f"where {percent(prevalence, 1)} of all films have it, as you set"


def _ends(share: Estimate) -> str:
    return f"{share.low * 100:.0f} to {share.high * 100:.0f}{_NO_BREAK}%"


def _of_100(share: float) -> str:
    """Films among 100, with a decimal where there are but a few."""
    return f"{share * 100:.0f}" if round(share, 3) >= _FEW else f"{share * 100:.1f}"
