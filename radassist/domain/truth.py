"""Films whose truth is known, beside what the model says of them."""

from dataclasses import dataclass

import numpy as np

from radassist.domain.roc import Scores, Truth


@dataclass(frozen=True, slots=True)
class LabelRow:
    """One row of a table of labels.

    Attributes:
        line: Number of the line in the file, from 1, the header included.
        film: Path or file name, as written.
        is_positive: Whether the film shows the finding; None where the cell is empty.
    """

    line: int
    film: str
    is_positive: bool | None


@dataclass(frozen=True, slots=True)
class TruthFilm:
    """A scored film with a label.

    Attributes:
        number: Of the film on the worklist.
        name: Of its file.
        path: Of its file, inside an archive behind `!/`.
        probability: Calibrated probability of the positive label, in [0, 1].
        is_positive: The truth.
    """

    number: int
    name: str
    path: str
    probability: float
    is_positive: bool

    def disagrees(self, threshold: float) -> bool:
        """Whether model and truth disagree at `threshold`."""
        return (self.probability >= threshold) != self.is_positive


@dataclass(frozen=True, slots=True)
class TruthAudit:
    """A list of films against a table of labels; all films were scored by one model.

    Attributes:
        table: Name of the table's file.
        model: Whose scores they are.
        labels: The model's negative and positive label.
        threshold: In force when the films were scored, on the probability of the positive label.
        films: Scored films with a label, in order of arrival.
        by_name: How many of them were found by their file name alone.
        unknown_rows: Rows that name no film on the list, or one of several of that name.
        unscored_rows: Rows whose film is on the list without a score.
        empty_rows: Rows without a label.
        unlabelled_films: Scored films of which no row tells.
    """

    table: str
    model: str
    labels: tuple[str, str]
    threshold: float
    films: tuple[TruthFilm, ...]
    by_name: int = 0
    unknown_rows: int = 0
    unscored_rows: int = 0
    empty_rows: int = 0
    unlabelled_films: int = 0

    def truth(self) -> Truth:
        """(N,) bool, in the order of `films`."""
        return np.fromiter((film.is_positive for film in self.films), dtype=np.bool_, count=len(self.films))

    def probabilities(self) -> Scores:
        """(N,) float64 in [0, 1], in the order of `films`."""
        return np.fromiter((film.probability for film in self.films), dtype=np.float64, count=len(self.films))

    def disagreements(self, threshold: float) -> tuple[TruthFilm, ...]:
        """Films on which model and truth disagree at `threshold`, the furthest from it first."""
        wrong = (film for film in self.films if film.disagrees(threshold))
        return tuple(sorted(wrong, key=lambda film: (-abs(film.probability - threshold), film.number)))
