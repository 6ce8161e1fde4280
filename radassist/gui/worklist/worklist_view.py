"""The list that shows the worklist: keeps the reader's place while rows move, and says so when there is nothing."""

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from radassist.gui.theme import Theme, tinted_icon
from radassist.gui.worklist.study_folds import StudyFold
from radassist.gui.worklist.worklist_columns import WorklistColumns
from radassist.gui.worklist.worklist_delegate import HEADING_HEIGHT, ROW_HEIGHT, WorklistDelegate
from radassist.gui.worklist.worklist_model import AnyIndex, Role
from radassist.gui.worklist.worklist_order_model import WorklistOrderModel
from radassist.gui.worklist.worklist_selection import WorklistSelection
from radassist.gui.worklist.worklist_studies import Level

_DRAWING = 40
_PRESSES = frozenset({QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick})
_LEVELS = (
    (Level.STUDY, Role.HEADING, Role.FOLD),
    (Level.SERIES, Role.SERIES_HEADING, Role.SERIES_FOLD),
)
_RANGE, _SINGLE = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
_HAND_EVENTS = frozenset({QEvent.Type.MouseMove, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel})


class WorklistView(QTableView):
    """Rows over a `WorklistOrderModel`, of equal height but for those that name a study and a series of it.

    A table with one wide column rather than a list: a QListView asks for every row whenever the order changes.

    Attributes:
        columns: Which there are beside the film's own.
        selection: Which films are selected together, by hand: Qt itself selects the one the list turns to.
        invitation: Shown in the middle while there are no rows.
    """

    def __init__(self, theme: Theme, rows: WorklistOrderModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._rows = theme, rows
        self._kept: tuple[int, int] | None = None
        self._is_target = False
        self._is_press_taken = False
        self._anchor: QModelIndex | None = None
        self._high_rows: list[int] = []
        self.invitation = ""
        self.setModel(rows)
        self.setItemDelegate(WorklistDelegate(theme, self))
        self._lay_out_rows()
        self.columns = WorklistColumns(self)
        self.selection = WorklistSelection(self, rows)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setAccessibleName("Worklist")
        for about_to_move, moved in (
            (rows.rearranging, rows.layoutChanged),
            (rows.modelAboutToBeReset, rows.modelReset),
            (rows.headings_changed, rows.headings_changed),
        ):
            about_to_move.connect(self._keep_place)
            moved.connect(self._restore_place)

    def set_drop_target(self, is_target: bool) -> None:
        """Show or hide that what is being dragged can be dropped here."""
        self._is_target = is_target
        self.viewport().update()

    def keyboardSearch(self, search: str) -> None:  # noqa: N802 - Qt's
        """Letters are the window's shortcuts, and Qt's search would walk the whole list for each."""

    def scrollTo(  # noqa: D102, N802 - Qt's
        self, index: AnyIndex, hint: QTableView.ScrollHint = QTableView.ScrollHint.EnsureVisible
    ) -> None:
        self.executeDelayedItemsLayout()  # else the scroll bar may still end at the rows there were before
        super().scrollTo(index, hint)

    def moveCursor(  # noqa: D102, N802 - Qt's
        self,
        cursorAction: QTableView.CursorAction,  # noqa: N803 - Qt's
        modifiers: Qt.KeyboardModifier,
    ) -> QModelIndex:
        ends = {QTableView.CursorAction.MoveHome: 0, QTableView.CursorAction.MoveEnd: self._rows.rowCount() - 1}
        if cursorAction in ends:
            return self._rows.index(ends[cursorAction], 0)
        return super().moveCursor(cursorAction, modifiers)

    def viewportEvent(self, event: QEvent) -> bool:  # noqa: D102, N802 - Qt's
        if event.type() in _HAND_EVENTS:
            self._rows.postpone()
        if isinstance(event, QMouseEvent) and self._takes(event):
            return True
        return super().viewportEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: D102, N802 - Qt's
        if event.matches(QKeySequence.StandardKey.SelectAll):
            self.selection.select_all()
        elif event.modifiers() & _RANGE and event.key() in (moves := self._moves()):
            self.selection.extend_by(moves[event.key()])
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102, N802 - Qt's
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        if self._rows.rowCount() == 0:
            self._paint_invitation(painter)
        if self._is_target:
            painter.setPen(QPen(QColor(self._theme.focus), 2))
            painter.drawRect(self.viewport().rect().adjusted(1, 1, -1, -1))
        painter.end()

    def _moves(self) -> dict[int, int]:
        """By how many rows each key moves the end of a range."""
        keys, page, every = Qt.Key, max(1, self.viewport().height() // ROW_HEIGHT), self._rows.rowCount()
        return {
            keys.Key_Up: -1,
            keys.Key_Down: 1,
            keys.Key_PageUp: -page,
            keys.Key_PageDown: page,
            keys.Key_Home: -every,
            keys.Key_End: every,
        }

    def _takes(self, event: QMouseEvent) -> bool:
        """Whether `event` belongs to a press that selects several rows, or folds, and to nothing else."""
        if event.type() in _PRESSES:
            self._is_press_taken = self._selects_at(event) or self._folds_at(event)
            return self._is_press_taken
        is_taken = self._is_press_taken
        self._is_press_taken = is_taken and event.type() is not QEvent.Type.MouseButtonRelease
        return is_taken

    def _selects_at(self, event: QMouseEvent) -> bool:
        """Select with Shift and Control, and by a right press what the menu is to act on, if it is not yet.

        That turns to no film: the menu hangs the pressed one beside that on the screen.
        """
        index = self.indexAt(event.position().toPoint())
        if not index.isValid():
            return False
        if event.button() is Qt.MouseButton.RightButton:
            if not self.selectionModel().isSelected(index):
                self.selection.take_alone(index.row())
            return True
        if event.button() is not Qt.MouseButton.LeftButton or not event.modifiers() & (_RANGE | _SINGLE):
            return False
        (self.selection.extend_to if event.modifiers() & _RANGE else self.selection.toggle)(index.row())
        return True

    def _folds_at(self, event: QMouseEvent) -> bool:
        """Fold or unfold what the pressed heading names; whether there is one."""
        pressed = self._heading_at(event.position().toPoint())
        if pressed is None or event.button() is not Qt.MouseButton.LeftButton:
            return False
        self._turn_fold(*pressed)
        return True

    def _turn_fold(self, row: QModelIndex, level: Level, is_folded: bool) -> None:
        self._anchor = row
        self._rows.set_folded(self._rows.number_at(row.row()), not is_folded, level)
        self._anchor = None

    def _heading_at(self, place: QPoint) -> tuple[QModelIndex, Level, bool] | None:
        """What a press at `place` folds or unfolds: a heading, or all below the heading of what is folded.

        Returns:
            The row, what its heading names, and whether that is folded; None where nothing is folded by a press.
        """
        index = self.indexAt(place)
        below = place.y() - self.visualRect(index).top()
        for level, heading, folding in _LEVELS:
            if index.isValid() and index.data(heading):
                fold: StudyFold | None = index.data(folding)
                if below < HEADING_HEIGHT or (fold and fold.is_folded):
                    return (index, level, fold.is_folded) if fold else None
                below -= HEADING_HEIGHT
        return None

    def _paint_invitation(self, painter: QPainter) -> None:
        area = self.viewport().rect().adjusted(24, 0, -24, 0)
        drawing = QRect(0, 0, _DRAWING, _DRAWING)
        drawing.moveCenter(area.center() - QPoint(0, _DRAWING))
        tinted_icon("film", self._theme.border).paint(painter, drawing)
        painter.setPen(QColor(self._theme.muted))
        area.setTop(drawing.bottom() + _DRAWING // 3)
        painter.drawText(area, Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap, self.invitation)

    def _lay_out_rows(self) -> None:
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(ROW_HEIGHT)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.setShowGrid(False)

    def _keep_place(self) -> None:
        """Remember the film that must not move on the screen: the selected one if it can be seen, else the topmost.

        The heading under a hand that folds goes before both. A list that stands at its very top stays there, so that
        the most suspicious film comes into view.
        """
        anchor = self._anchor or self.currentIndex()
        if not self._can_see(anchor):
            at_top = self.verticalScrollBar().value() == 0
            anchor = QModelIndex() if at_top else self.indexAt(QPoint(0, 0))
        self._kept = None
        if anchor.isValid():
            position = self.verticalHeader().sectionPosition(anchor.row())
            self._kept = self._rows.number_at(anchor.row()), position
        self._set_heights(ROW_HEIGHT)  # else the header carries them along with the films

    def _restore_place(self) -> None:
        self._raise_rows()
        if self._kept is None:
            return
        number, before = self._kept
        row = self._rows.place_of(number)
        after = before if row is None else self.verticalHeader().sectionPosition(row)
        if after != before:
            self.executeDelayedItemsLayout()
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + after - before)

    def _raise_rows(self) -> None:
        """Give rows that name a study and a series room for both."""
        self._high_rows = self._rows.rows_of_two_headings()
        self._set_heights(ROW_HEIGHT + HEADING_HEIGHT)

    def _set_heights(self, height: int) -> None:
        """Make all high rows so high."""
        if not self._high_rows:
            return
        header = self.verticalHeader()
        header.setUpdatesEnabled(False)  # else Qt looks for the place of each one on the screen
        for row in self._high_rows:
            header.resizeSection(row, height)
        header.setUpdatesEnabled(True)
        self.scheduleDelayedItemsLayout()

    def _can_see(self, index: QModelIndex) -> bool:
        return index.isValid() and self.viewport().rect().intersects(self.visualRect(index))
