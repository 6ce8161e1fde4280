"""The films on which model and truth disagree, as a Qt table."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from radassist.domain.truth import TruthFilm
from radassist.gui.findings.findings_text import percent
from radassist.gui.widgets.plain_text import one_line

_TITLES = ("Film", "Truth", "Probability", "What went wrong")
_NOWHERE = QModelIndex()

AnyIndex = QModelIndex | QPersistentModelIndex


class DisagreementsModel(QAbstractTableModel):
    """One row a film, in the order given.

    Attributes:
        films: What is shown.
    """

    def __init__(self, labels: tuple[str, str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._labels = labels
        self.films: tuple[TruthFilm, ...] = ()

    def show_films(self, films: Sequence[TruthFilm]) -> None:
        """Show these and no others."""
        self.beginResetModel()
        self.films = tuple(films)
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:  # noqa: D102, N802 - Qt's
        return 0 if parent.isValid() else len(self.films)

    def columnCount(self, parent: AnyIndex = _NOWHERE) -> int:  # noqa: D102, N802 - Qt's
        return 0 if parent.isValid() else len(_TITLES)

    def headerData(  # noqa: D102, N802 - Qt's
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        is_title = orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return _TITLES[section] if is_title else None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:  # noqa: D102 - Qt's
        if not index.isValid() or role != Qt.ItemDataRole.DisplayRole:
            return None
        film = self.films[index.row()]
        wrong = "missed" if film.is_positive else "false alarm"
        return (one_line(film.name), self._labels[film.is_positive], percent(film.probability, 1), wrong)[
            index.column()
        ]
