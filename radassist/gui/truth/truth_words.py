"""An audit against known truth in sentences."""

from radassist.domain.roc import Estimate, Tally
from radassist.domain.truth import TruthAudit
from radassist.gui.findings.findings_text import percent
from radassist.gui.widgets.plain_text import one_line

NONE = "no such films"


def headline(audit: TruthAudit) -> str:
    """How many films are compared, and with whose scores."""
    positive = sum(film.is_positive for film in audit.films)
    counted = f"{_films(len(audit.films))} with label and score: {positive:,} {audit.labels[1]}"
    return f"{counted}, {len(audit.films) - positive:,} {audit.labels[0]}. Scored by {audit.model}."


def left_out(audit: TruthAudit) -> str:
    """What of table and list found no partner; one sentence in every case."""
    said = (
        (audit.by_name, "films found by file name alone"),
        (audit.unknown_rows, "rows that name no single film of the list"),
        (audit.unscored_rows, "rows whose film has no score"),
        (audit.empty_rows, "rows without a label"),
        (audit.unlabelled_films, "films with a score and no label"),
    )
    parts = [f"{words}: {count:,}" for count, words in said if count]
    table = one_line(audit.table, 60)
    return f"{table}. Left out or uncertain: {'; '.join(parts)}." if parts else f"{table}. Nothing was left out."


def area_words(area: Estimate | None) -> str:
    """The area under the curve with its interval, or why there is none."""
    if area is None:
        return "AUC: needs at least two films of each label"
    if area.low == area.high:
        return f"AUC {area.value:.3f}; no interval can be told, since no score lies among those of the other label"
    return f"AUC {area.value:.3f} (95 % interval {area.low:.3f} to {area.high:.3f})"


def share_words(share: Estimate | None) -> str:
    """A share with its interval."""
    if share is None:
        return NONE
    return f"{percent(share.value, 1)} (95 % interval {percent(share.low, 1)} to {percent(share.high, 1)})"


def cost_words(cost: Estimate | None) -> str:
    """Films among 100, with their interval."""
    if cost is None:
        return NONE
    return f"{cost.value:.1f} (95 % interval {cost.low:.1f} to {cost.high:.1f})"


def counts_words(found: Tally, labels: tuple[str, str]) -> str:
    """The four counts, a line for each truth; `labels` are the negative and the positive one."""
    alarms = f"{found.false_positive:,} false alarm{_s(found.false_positive)}"
    return (
        f"{labels[1]}: {found.true_positive:,} found, {found.false_negative:,} missed\n"
        f"{labels[0]}: {found.true_negative:,} left alone, {alarms}"
    )


def spoken_point(found: Tally) -> str:
    """The curve for those who do not see it."""
    hits, quiet = share_words(found.sensitivity), share_words(found.specificity)
    return f"ROC curve; at the threshold sensitivity {hits}, specificity {quiet}"


def disagreement_words(count: int, films: int) -> str:
    """Title of the list of films."""
    if not count:
        return f"No disagreement at this threshold among {_films(films)}"
    return f"Disagreements at this threshold: {count:,} of {films:,}, the furthest from the threshold first"


def exported_words(films: int, name: str) -> str:
    """What the status bar says of the table written to a file of this name."""
    return f"{_films(films)} with truth written to {one_line(name)}."


def _s(count: int) -> str:
    return "" if count == 1 else "s"


def _films(count: int) -> str:
    return f"{count:,} film{_s(count)}"
