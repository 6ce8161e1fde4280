"""A round of blind-first reading as CSV: one row a film, no notes and no names but those of files."""

import csv
from pathlib import Path

from radassist.domain.reading_round import RoundSummary
from radassist.export.files import replacing
from radassist.export.safe_text import inert

COLUMNS = ("file", "blind_answer", "model_decision", "final_answer", "probability", "changed")


def write_round(summary: RoundSummary, target: Path) -> None:
    """Write one row a film of `summary` to `target`: whole or not at all.

    Raises:
        StoreError: If `target` cannot be written.
    """
    with replacing(target) as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for film in summary.films:
            answers = (film.first, film.model, film.last)
            changed = "yes" if film.is_changed else "no"
            writer.writerow([inert(film.name), *map(inert, answers), f"{film.probability:.6f}", changed])
