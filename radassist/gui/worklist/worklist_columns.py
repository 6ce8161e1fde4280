"""The columns beside the film's own in the worklist: which, in what order and how wide; chosen by the header's menu."""

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QHeaderView, QMenu, QTableView

from radassist.gui.worklist.worklist_model import COLUMN_TITLES, Column
from radassist.gui.worklist.worklist_order import AnyOrder, ColumnOrder

_FILM_WIDTH = 240
_WIDTHS = {Column.READER: 130, Column.ANSWER: 120, Column.STUDY_DATE: 100, Column.TO_SCORE: 110}
_USUAL_WIDTH = 90
_LEAST, _MOST = 48, 1000


class WorklistColumns(QObject):
    """The columns of one view. The film's own is always there; without others it fills the view and has no header.

    Signals:
        changed(): Other columns, another order of them, or other widths.
        chosen(object): The `Column` whose header was clicked.
    """

    changed = Signal()
    chosen = Signal(object)

    def __init__(self, view: QTableView) -> None:
        super().__init__(view)
        self._view, self._header = view, view.horizontalHeader()
        self._is_restoring = False
        self._header.setMinimumSectionSize(_LEAST)
        self._header.setSectionsMovable(True)
        self._header.setSectionsClickable(True)
        self._header.setHighlightSections(False)
        self._header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._header.customContextMenuRequested.connect(lambda place: self.popup(self._header.mapToGlobal(place)))
        self._header.sectionClicked.connect(lambda section: self.chosen.emit(Column(section)))
        self._header.sectionMoved.connect(self._tell)
        self._header.sectionResized.connect(self._tell)
        self.reset()

    @property
    def shown(self) -> tuple[Column, ...]:
        """The columns there are, from the left."""
        by_place = (Column(self._header.logicalIndex(place)) for place in range(self._header.count()))
        return tuple(column for column in by_place if not self._header.isSectionHidden(column))

    def set_shown(self, column: Column, is_shown: bool) -> None:
        """Show or hide a column other than the film's own."""
        if column is Column.FILM:
            return
        self._header.setSectionHidden(column, not is_shown)
        self._fit()
        self._tell()

    def reset(self) -> None:
        """Only the film's own column, and for all others their first places and widths."""
        self._apply(())

    def to_text(self) -> str:
        """What `restore` takes: `film:240 age:60`, from the left."""
        return " ".join(f"{column.name.lower()}:{self._header.sectionSize(column)}" for column in self.shown)

    def restore(self, text: str) -> None:
        """Show what `to_text` told of; what cannot be read is left out."""
        self._apply(tuple(filter(None, map(_read, text.split()))))

    def show_order(self, order: AnyOrder) -> None:
        """Mark the column the list is ordered by."""
        is_column = isinstance(order, ColumnOrder)
        self._header.setSortIndicatorShown(is_column)
        if isinstance(order, ColumnOrder):
            direction = Qt.SortOrder.DescendingOrder if order.descending else Qt.SortOrder.AscendingOrder
            self._header.setSortIndicator(order.column, direction)

    def menu(self) -> QMenu:
        """A check for each column, and a way back."""
        menu = QMenu(self._view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for column, title in COLUMN_TITLES.items():
            if column is not Column.FILM:
                act = menu.addAction(title)
                act.setCheckable(True)
                act.setChecked(column in self.shown)
                act.toggled.connect(lambda is_shown, column=column: self.set_shown(column, is_shown))
        menu.addSeparator()
        menu.addAction("Reset columns", self.reset)
        return menu

    def popup(self, place: QPoint | None = None) -> None:
        """Show the menu at `place` of the screen, else at the head of the list."""
        menu = self.menu()
        menu.popup(place or self._view.mapToGlobal(QPoint(0, 0)))
        menu.setActiveAction(menu.actions()[0])

    def _apply(self, wanted: tuple[tuple[Column, int], ...]) -> None:
        self._is_restoring = True
        widths = dict(wanted)
        for column in Column:
            self._header.setSectionHidden(column, column is not Column.FILM and column not in widths)
            self._header.moveSection(self._header.visualIndex(column), column)
        for place, column in enumerate(widths):
            self._header.moveSection(self._header.visualIndex(column), place)
        self._fit()
        for column in Column:
            usual = _FILM_WIDTH if column is Column.FILM else _WIDTHS.get(column, _USUAL_WIDTH)
            self._header.resizeSection(column, widths.get(column, usual))
        self._is_restoring = False
        self._tell()

    def _fit(self) -> None:
        is_alone = self.shown == (Column.FILM,)
        modes = QHeaderView.ResizeMode
        self._header.setVisible(not is_alone)
        self._header.setSectionResizeMode(Column.FILM, modes.Stretch if is_alone else modes.Interactive)
        if not is_alone and self._header.sectionSize(Column.FILM) < _FILM_WIDTH:
            self._header.resizeSection(Column.FILM, _FILM_WIDTH)
        policy = Qt.ScrollBarPolicy
        self._view.setHorizontalScrollBarPolicy(policy.ScrollBarAlwaysOff if is_alone else policy.ScrollBarAsNeeded)

    def _tell(self) -> None:
        if not self._is_restoring:
            self.changed.emit()


def _read(part: str) -> tuple[Column, int] | None:
    name, _, width = part.partition(":")
    try:
        return Column[name.upper()], min(max(int(width), _LEAST), _MOST)
    except (KeyError, ValueError):
        return None
