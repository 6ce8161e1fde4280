"""Which film of a worklist is the prior of another: the same patient's latest from an earlier day."""

from collections.abc import Iterable

from radassist.domain.study import Identity
from radassist.domain.worklist import WorklistItem


def find_prior(film: WorklistItem, others: Iterable[WorklistItem]) -> WorklistItem | None:
    """The latest film of the same patient from a day before that of `film`; of several, one of the same view first.

    Films without a patient's ID or a study date have no prior, and are none: a guess would put another patient's film
    beside this one.
    """
    known = film.identity
    if known is None or not known.patient_id or not known.study_date:
        return None
    priors = [
        (identity.study_date, identity.view == known.view, item)
        for item in others
        if (identity := item.identity) is not None and _is_prior(identity, known)
    ]
    return max(priors, key=lambda entry: entry[:2])[2] if priors else None


def _is_prior(other: Identity, known: Identity) -> bool:
    """Names must agree where both are known: files made anonymous carelessly share one ID among many patients."""
    if other.patient_id != known.patient_id or not other.study_date or other.study_date >= known.study_date:
        return False
    names = {_folded(other.patient_name), _folded(known.patient_name)} - {""}
    return len(names) < 2


def _folded(name: str) -> str:
    """A person name without what differs from one modality to the next: case, and empty parts at its end."""
    return name.split("=")[0].rstrip("^ ").casefold()
