"""A list of films against their truth as CSV: one row a film, with what the model says of it at one threshold."""

import csv
from pathlib import Path

from radassist.domain.truth import TruthAudit
from radassist.export.files import replacing
from radassist.export.safe_text import inert

COLUMNS = ("path", "truth", "called", "probability", "threshold", "disagrees")


def write_truth(audit: TruthAudit, threshold: float, target: Path) -> None:
    """Write one row a film of `audit` to `target`: whole or not at all.

    Args:
        audit: Its films keep their order.
        threshold: On the probability of the positive label; written in full, so that every call can be made again.
        target: Replaced if it exists.

    Raises:
        StoreError: If `target` cannot be written.
    """
    negative, positive = map(inert, audit.labels)
    with replacing(target) as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for film in audit.films:
            truth = positive if film.is_positive else negative
            called = positive if film.probability >= threshold else negative
            disagrees = "yes" if film.disagrees(threshold) else "no"
            numbers = (repr(film.probability), repr(threshold))
            writer.writerow([inert(film.path), truth, called, *numbers, disagrees])
