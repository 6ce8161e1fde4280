"""Sets the scored films of a list against a table of labels. Whatever finds no partner is counted, never guessed."""

import os.path
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath

from radassist.domain.analysis import Prediction
from radassist.domain.errors import UserError
from radassist.domain.truth import LabelRow, TruthAudit, TruthFilm
from radassist.domain.worklist import WorklistItem
from radassist.export.truth_labels import read_labels

_ADDED_APOSTROPHE = re.compile("(^|;)'")


def audit_films(items: Sequence[WorklistItem], table: Path) -> TruthAudit:
    """Set the films of a list against the table of labels at `table`.

    A row's film is the one at its path, as written or from the table's folder; else the only one of that file name, if
    no other row has that name too.

    Raises:
        UserError: If the table cannot be used, contradicts itself, or knows none of the films; or if the films have no
            scores, or those of different models.
    """
    model, prediction = _the_model(items)
    rows = read_labels(table, prediction.labels)
    finder = _Finder(items, table.absolute().parent, rows)
    found = _Found({}, set())
    for row in rows:
        found.take(row, finder.item(row.film), is_by_name=finder.place(row.film) is None, table=table.name)
    films = tuple(_film(item, found.labels[item.number]) for item in items if item.number in found.labels)
    if not films:
        raise UserError(f"{table.name} labels none of the scored films on the list.")
    return TruthAudit(
        table=table.name,
        model=model,
        labels=(prediction.labels[0], prediction.labels[1]),
        threshold=prediction.threshold,
        films=films,
        by_name=len(found.by_name),
        unknown_rows=found.unknown,
        unscored_rows=found.unscored,
        empty_rows=found.empty,
        unlabelled_films=sum(item.analysis is not None for item in items) - len(films),
    )


def _the_model(items: Sequence[WorklistItem]) -> tuple[str, Prediction]:
    """Name of the one model that scored the films, and one of its answers."""
    analyses = [item.analysis for item in items if item.analysis]
    if not analyses:
        raise UserError("No film on the list has a score yet: score them first.")
    if len({(each.provenance.model_sha256, each.prediction.threshold) for each in analyses}) > 1:
        raise UserError("The films on the list were scored by different models: score them all with one.")
    return analyses[0].provenance.model, analyses[0].prediction


@dataclass(slots=True)
class _Found:
    """What the rows read so far have come to; `labels` and `by_name` go by the films' numbers."""

    labels: dict[int, bool]
    by_name: set[int]
    unknown: int = 0
    unscored: int = 0
    empty: int = 0

    def take(self, row: LabelRow, item: WorklistItem | None, *, is_by_name: bool, table: str) -> None:
        """Count `row`, whose film is `item`."""
        if row.is_positive is None:
            self.empty += 1
        elif item is None:
            self.unknown += 1
        elif item.analysis is None:
            self.unscored += 1
        elif self.labels.setdefault(item.number, row.is_positive) != row.is_positive:
            raise UserError(f"Line {row.line} of {table} contradicts an earlier line on the same film.")
        elif is_by_name:
            self.by_name.add(item.number)


class _Finder:
    """Finds the film a row means."""

    def __init__(self, items: Sequence[WorklistItem], folder: Path, rows: Sequence[LabelRow]) -> None:
        self._folder = str(folder)
        self._by_path = {os.path.abspath(str(item.source)): item for item in items}  # noqa: PTH100 - no file is asked
        self._by_name: defaultdict[str, list[WorklistItem]] = defaultdict(list)
        for item in items:
            self._by_name[item.source.name].append(item)
        self._written = Counter(_name(film) for film in {row.film for row in rows})

    def item(self, film: str) -> WorklistItem | None:
        """The film, None where there is none or where there are several."""
        place = self.place(film)
        if place is not None:
            return place
        named = self._by_name.get(_name(film), [])
        return named[0] if len(named) == 1 and self._written[_name(film)] == 1 else None

    def place(self, film: str) -> WorklistItem | None:
        """The film at that path."""
        for written in (film, _ADDED_APOSTROPHE.sub(r"\1", film)):
            for path in (written, os.path.join(self._folder, written)):  # noqa: PTH118 - `!/` is no part of a Path
                if written and (item := self._by_path.get(os.path.abspath(path))):  # noqa: PTH100
                    return item
        return None


def _name(film: str) -> str:
    """The last part of a path from any system, as it was before it was made inert."""
    return PureWindowsPath(_ADDED_APOSTROPHE.sub(r"\1", film)).name


def _film(item: WorklistItem, is_positive: bool) -> TruthFilm:
    if item.analysis is None:
        raise ValueError("a film without a score has no place in an audit")
    return TruthFilm(
        item.number,
        item.source.name,
        str(item.source),
        item.analysis.prediction.positive_probability,
        is_positive,
    )
