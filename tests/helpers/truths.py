"""Audits of made-up films, for tests of what is shown of them."""

from radassist.domain.truth import TruthAudit, TruthFilm

LABELS = ("NORMAL", "PNEUMONIA")


def audit_of(*films: tuple[float, bool], **counts: int) -> TruthAudit:
    """Films with these probabilities and truths, numbered from 0; `counts` as in `TruthAudit`."""
    made = tuple(
        TruthFilm(number, f"film{number}.png", f"films/film{number}.png", *film) for number, film in enumerate(films)
    )
    return TruthAudit("labels.csv", "model-a", LABELS, 0.48123456789, made, **counts)


MIXED = ((0.9, True), (0.8, False), (0.3, True), (0.1, False), (0.6, True))
"""At 0.5 film 1 is a false alarm, and film 2 is missed."""
