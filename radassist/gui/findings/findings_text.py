"""An answer in words, never more than was found.

A film that is not flagged is never called normal, and no rounding may hide on which side of the threshold it lies.
"""

from enum import StrEnum

from radassist.domain.analysis import Analysis, ModelFacts, Prediction
from radassist.domain.radiograph import Notice
from radassist.domain.threshold_rule import BY_CARD, Aim, rule_of

_MOST_DECIMALS = 6
_NO_BREAK = "\N{NO-BREAK SPACE}"


_PLAIN_FACTS = frozenset(
    {
        "AGE_UNKNOWN",
        "PROJECTION",
        "COLOUR",
        "DEVICE",
        "EXTRA_DATA",
        "GRAPHICS",
        "LOSSY",
        "NOT_SQUARE",
        "PIXEL_SHAPE",
        "PIXEL_SIZE",
        "PREAMBLE",
        "SHUTTER",
        "TRANSPARENT",
    }
)
"""Codes of notices that do not touch the trust in a score; every other one, known or not, is a warning."""


class Suspicion(StrEnum):
    """What the model says of its positive label; each value names an icon."""

    SUSPECTED = "suspected"
    NOT_SUSPECTED = "not-suspected"
    UNDETERMINED = "undetermined"


def suspicion_of(prediction: Prediction) -> Suspicion:
    """The decision as suspicion of the positive label; where decision and threshold disagree, neither is an answer."""
    if prediction.decision != prediction.label:
        return Suspicion.UNDETERMINED
    if prediction.decision == prediction.positive_label:
        return Suspicion.SUSPECTED
    return Suspicion.NOT_SUSPECTED


def headline(prediction: Prediction) -> str:
    """The answer in a few words."""
    match suspicion_of(prediction):
        case Suspicion.SUSPECTED:
            return f"Suspected: {prediction.positive_label}"
        case Suspicion.NOT_SUSPECTED:
            return "Not suspected"
        case Suspicion.UNDETERMINED:
            return "Undetermined: read as usual"


def meaning(prediction: Prediction) -> str:
    """What the answer means, and what it does not."""
    match suspicion_of(prediction):
        case Suspicion.SUSPECTED:
            return f"{in_words(prediction.positive_label).capitalize()} suspected by the model."
        case Suspicion.NOT_SUSPECTED:
            finding = in_words(prediction.positive_label).capitalize()
            return f"{finding} not suspected by the model. That does not rule it out."
        case Suspicion.UNDETERMINED:
            return f"The model does not choose between {_listed(prediction.labels)} for this film."


def numbers(prediction: Prediction) -> str:
    """Probability, threshold and the share of every class, in sentences."""
    probability, threshold = probability_and_threshold(prediction)
    decimals = _decimals(prediction)
    shares = (
        f"{label}{_NO_BREAK}{percent(share, decimals)}"
        for label, share in zip(prediction.labels, prediction.probabilities, strict=True)
    )
    return (
        f"Probability of {in_words(prediction.positive_label)} {probability}, calibrated. "
        f"{_threshold_sentence(prediction, threshold)} Classes: {', '.join(shares)}."
    )


def set_by_words(set_by: str) -> str:
    """Who set a threshold: `card`, or `set here: sensitivity 98 %`."""
    rule = rule_of(set_by)
    if rule is None or rule.aim is Aim.YOUDEN:
        return set_by
    return f"set here: {rule.aim} {percent(rule.share, 0 if round(rule.share * 100, 6).is_integer() else 2)}"


def spoken(prediction: Prediction) -> str:
    """The confidence bar for who cannot see it."""
    probability, threshold = probability_and_threshold(prediction)
    return (
        f"{headline(prediction)}. Probability of {in_words(prediction.positive_label)} {probability}, "
        f"operating threshold {threshold}."
    )


def probability_and_threshold(prediction: Prediction) -> tuple[str, str]:
    """Probability of the positive label and operating threshold, with as many decimals as keep them apart."""
    decimals = _decimals(prediction)
    return percent(prediction.positive_probability, decimals), percent(prediction.threshold, decimals)


def percent(share: float, decimals: int = 0) -> str:
    """`share` in [0, 1] as `83 %`, with a space that does not break; only exactly 0 and 1 are written 0 % and 100 %."""
    text = f"{share * 100:.{decimals}f}"
    smallest = 10.0**-decimals
    if float(text) == 0 and share > 0:
        return f"<{smallest:.{decimals}f}{_NO_BREAK}%"
    if float(text) == 100 and share < 1:
        return f">{100 - smallest:.{decimals}f}{_NO_BREAK}%"
    return f"{text}{_NO_BREAK}%"


def in_words(label: str) -> str:
    """A label inside a sentence: `PNEUMONIA` becomes `pneumonia`."""
    return label.replace("_", " ").lower()


def is_warning(notice: Notice) -> bool:
    """Whether `notice` bears on how far the score can be trusted, rather than being a fact about the file."""
    return notice.code not in _PLAIN_FACTS


def details(analysis: Analysis, facts: ModelFacts | None) -> tuple[tuple[str, str], ...]:
    """The small print: under which conditions the score was made.

    Args:
        analysis: What was scored.
        facts: The loaded model; it adds words only where it is the model that scored.
    """
    made = analysis.provenance
    own = facts if facts and facts.sha256 == made.model_sha256 else None
    return (
        ("Model", f"{own.title} ({made.model})" if own else made.model),
        ("Weights", made.model_sha256[:12]),
        ("Threshold", f"{analysis.prediction.threshold:.4f}, {set_by_words(analysis.prediction.threshold_by)}"),
        *([("Trained on", own.population)] if own and own.population else []),
        ("Device", made.device),
        ("Input", made.preprocessing),
        ("Time", f"read {_milliseconds(made.decode_ms)}, scored {_milliseconds(made.predict_ms)}"),
        ("Finished", made.finished_at.astimezone().isoformat(sep=" ", timespec="seconds")),
    )


def model_name(analysis: Analysis, facts: ModelFacts | None) -> str:
    """The model that gave the answer: its title where it is the loaded one, else its id."""
    made = analysis.provenance
    return facts.title if facts and facts.sha256 == made.model_sha256 else made.model


def model_details(facts: ModelFacts | None) -> tuple[tuple[str, str], ...]:
    """The small print while no film is scored: which model will do it."""
    if facts is None:
        return ()
    return (
        ("Model", f"{facts.title} ({facts.model})"),
        ("Weights", facts.sha256[:12]),
        *([("Trained on", facts.population)] if facts.population else []),
        ("Device", facts.device),
    )


def _threshold_sentence(prediction: Prediction, threshold: str) -> str:
    is_own = prediction.threshold_by == BY_CARD
    said = threshold if is_own else f"{threshold} ({set_by_words(prediction.threshold_by)})"
    if suspicion_of(prediction) is Suspicion.UNDETERMINED:
        return f"Its operating threshold is {said}, but neither answer is certain enough to be given."
    return f"At or above {said} this model calls a film suspected."


def _decimals(prediction: Prediction) -> int:
    """The fewest decimals of a percentage at which probability and threshold, if they differ, differ in print."""
    pair = (prediction.positive_probability, prediction.threshold)
    for decimals in range(_MOST_DECIMALS):
        if pair[0] == pair[1] or percent(pair[0], decimals) != percent(pair[1], decimals):
            return decimals
    return _MOST_DECIMALS


def _listed(labels: tuple[str, ...]) -> str:
    return f"{', '.join(labels[:-1])} and {labels[-1]}"


def _milliseconds(value: float) -> str:
    return f"{value:.0f} ms" if value >= 10 else f"{value:.1f} ms"
