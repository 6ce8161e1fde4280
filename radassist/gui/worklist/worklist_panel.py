"""The worklist beside the film: filter, order, count and rows. Owns which film is selected, nothing of its content."""

from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from radassist.domain.study import study_key
from radassist.gui.theme import Theme
from radassist.gui.widgets.drops import local_paths
from radassist.gui.widgets.labels import text_label
from radassist.gui.worklist.order_switch import OrderSwitch
from radassist.gui.worklist.worklist_columns import WorklistColumns
from radassist.gui.worklist.worklist_model import WorklistTableModel
from radassist.gui.worklist.worklist_order import AnyOrder
from radassist.gui.worklist.worklist_order_model import WorklistOrderModel
from radassist.gui.worklist.worklist_studies import Level
from radassist.gui.worklist.worklist_view import WorklistView
from radassist.gui.worklist.worklist_words import Answer

_EMPTY = "No films yet. Open a folder (Ctrl+Shift+O) or drop films here"
_NO_MATCH = "No film on the list has these words in its name, patient, state or answer"
_COUNTED = (Answer.SUSPECTED, Answer.UNDETERMINED, Answer.REFUSED, Answer.FAILED)
_TYPING_MS = 150


class WorklistPanel(QWidget):
    """Shows a `WorklistTableModel`.

    Signals:
        item_selected(int): Worklist number of the film the reader, or a call of this class, turned to.
        paths_dropped(list): Files and folders dropped on the panel.
        selection_changed(): Others are selected together, or others of them are listed.
        menu_requested(int, QPoint): A menu is wanted for the film of this number at this place of the screen.
    """

    item_selected = Signal(int)
    paths_dropped = Signal(list)
    selection_changed = Signal()
    menu_requested = Signal(int, QPoint)

    def __init__(self, theme: Theme, model: WorklistTableModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self._model = model
        self._number: int | None = None
        self._rows = WorklistOrderModel(model, self)
        self._view = WorklistView(theme, self._rows)
        self._filter = self._make_filter()
        self._switch = OrderSwitch(self._rows.order)
        self._count = text_label(role="muted")
        self._count.setAccessibleName("Films on the worklist")
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._lay_out()
        self._connect()
        self._show_count()

    @property
    def selected_number(self) -> int | None:
        """Worklist number of the selected film, even while the filter hides it; None before the first."""
        return self._number

    @property
    def selected_numbers(self) -> tuple[int, ...]:
        """Worklist numbers of all films that are selected and listed, in their order; acts on one film take none."""
        return self._view.selection.numbers

    @property
    def selected_count(self) -> int:
        """How many these are."""
        return self._view.selection.count

    @property
    def columns(self) -> WorklistColumns:
        """The columns beside the film's own."""
        return self._view.columns

    @property
    def order(self) -> AnyOrder:
        """The order in force."""
        return self._rows.order

    def set_order(self, order: AnyOrder) -> None:
        """Show the films in `order` from now on, from its beginning."""
        self._switch.show_order(order)
        self.columns.show_order(order)
        self._rows.set_order(order)
        self._view.scrollToTop()

    def select(self, number: int) -> None:
        """Select film `number` and bring it into view, out of its fold; nothing happens while the filter hides it."""
        if self._rows.position_of(number) is None:
            return
        self._rows.reveal(number)
        place = self._rows.place_of(number)
        if place is not None:
            self._view.setCurrentIndex(self._rows.index(place, 0))

    def set_folded(self, is_folded: bool, level: Level = Level.STUDY) -> None:
        """Fold or unfold the study, or the series, of the selected film; it stays selected, and on the screen."""
        if self._number is not None:
            self._rows.set_folded(self._number, is_folded, level)

    def set_all_folded(self, is_folded: bool) -> None:
        """Fold or unfold every study."""
        self._rows.set_all_folded(is_folded)

    def show_selected(self) -> None:
        """Bring the selected film into view, wherever the order has put it."""
        self._view.scrollTo(self._view.currentIndex())

    def step(self, delta: int) -> None:
        """Select the film `delta` further down, in a fold or not, at most the first or the last."""
        last = self._rows.listed_count - 1
        position = self._position()
        if last >= 0:
            self._select_at(0 if position is None else min(max(position + delta, 0), last))

    def step_group(self, delta: int, level: Level = Level.STUDY) -> None:
        """Select the first film of the next (1) or the previous (-1) study or series; nothing happens at the end."""
        position = self._position()
        if position is None:
            self.select_first()
            return
        other = self._end_of_group(position, delta, level) + delta
        if 0 <= other < self._rows.listed_count:
            self._select_at(other if delta > 0 else self._end_of_group(other, -1, level))

    def select_first(self) -> None:
        """Select the film at the top."""
        self._select_at(0)

    def select_last(self) -> None:
        """Select the film at the bottom."""
        self._select_at(self._rows.listed_count - 1)

    def neighbours(self) -> tuple[int, ...]:
        """Worklist numbers of the films below and above the selected one, in a fold or not."""
        position = self._position()
        if position is None:
            return ()
        around = (position + 1, position - 1)
        return tuple(self._rows.listed_at(each) for each in around if 0 <= each < self._rows.listed_count)

    @property
    def listed_numbers(self) -> tuple[int, ...]:
        """Worklist numbers of the films the filter lets through in their order, folded ones too."""
        return tuple(map(self._rows.listed_at, range(self._rows.listed_count)))

    def focus_filter(self) -> None:
        """Put the keyboard into the filter line."""
        self._filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._filter.selectAll()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: D102, N802 - Qt's
        if local_paths(event.mimeData()):
            event.acceptProposedAction()
            self._view.set_drop_target(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: D102, N802 - Qt's
        self._view.set_drop_target(False)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: D102, N802 - Qt's
        event.acceptProposedAction()
        self._view.set_drop_target(False)
        paths: list[Path] = local_paths(event.mimeData())
        self.paths_dropped.emit(paths)

    def _make_filter(self) -> QLineEdit:
        line = QLineEdit(placeholderText="Filter: name, patient, state, answer", clearButtonEnabled=True)
        line.setAccessibleName("Filter the worklist")
        line.setAcceptDrops(False)  # a dropped film would become text in it
        clear = QShortcut(QKeySequence(Qt.Key.Key_Escape), line)
        clear.setContext(Qt.ShortcutContext.WidgetShortcut)  # an argument of that name is not heard beside a member
        clear.activated.connect(line.clear)
        return line

    def _lay_out(self) -> None:
        top = QVBoxLayout()
        top.setContentsMargins(10, 8, 10, 6)
        top.setSpacing(8)
        top.addWidget(self._filter)
        top.addWidget(self._switch)
        top.addWidget(self._count)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(self._view, stretch=1)
        self.setFocusProxy(self._view)

    def _connect(self) -> None:
        self._filter.textChanged.connect(lambda: self._typing.start())
        self._filter.returnPressed.connect(self._apply_filter)
        self._typing.timeout.connect(self._apply_filter)
        self._switch.order_chosen.connect(self.set_order)
        self._switch.columns_wanted.connect(self.columns.popup)
        self.columns.chosen.connect(self._switch.choose_column)
        self._view.selectionModel().currentChanged.connect(self._on_current_changed)
        self._view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._view.customContextMenuRequested.connect(self._on_menu_requested)
        self._rows.modelReset.connect(self._on_rows_reset)
        self._view.selection.changed.connect(self._show_count)
        self._view.selection.changed.connect(self.selection_changed)
        self._rows.rowsInserted.connect(self._show_count)
        self._model.dataChanged.connect(self._show_count)

    def _place(self) -> int | None:
        return None if self._number is None else self._rows.place_of(self._number)

    def _position(self) -> int | None:
        return None if self._number is None else self._rows.position_of(self._number)

    def _end_of_group(self, position: int, delta: int, level: Level) -> int:
        """The last position, from `position` on in the direction of `delta`, with a film of the same group."""
        group, last = self._group_at(position, level), self._rows.listed_count - 1
        while 0 <= position + delta <= last and self._group_at(position + delta, level) == group:
            position += delta
        return position

    def _group_at(self, position: int, level: Level) -> tuple[str, ...]:
        item = self._model.item(self._rows.listed_at(position))
        study = study_key(item.source, item.identity)
        return study if level is Level.STUDY or item.identity is None else (*study, item.identity.series_uid)

    def _select_at(self, position: int) -> None:
        if 0 <= position < self._rows.listed_count:
            self.select(self._rows.listed_at(position))

    def _apply_filter(self) -> None:
        self._typing.stop()
        self._rows.set_filter(self._filter.text())
        self._view.scrollTo(self._view.currentIndex())

    def _on_current_changed(self, current: QModelIndex) -> None:
        if not current.isValid() or current.row() == self._place():
            return
        self._number = number = self._rows.number_at(current.row())
        self._rows.reveal(number)
        self.item_selected.emit(number)

    def _on_menu_requested(self, place: QPoint) -> None:
        index = self._view.indexAt(place)
        if index.isValid() and not self._rows.is_folded(index.row()):
            self.menu_requested.emit(self._rows.number_at(index.row()), self._view.viewport().mapToGlobal(place))

    def _on_rows_reset(self) -> None:
        """Mark the selected film again, since a reset makes views forget it; neither turn to another nor scroll."""
        if self._number is not None and self._number not in self._model:
            self._number = None
        place = self._place()
        if place is not None:
            self._view.setAutoScroll(False)
            no_update = QItemSelectionModel.SelectionFlag.NoUpdate
            self._view.selectionModel().setCurrentIndex(self._rows.index(place, 0), no_update)
            self._view.setAutoScroll(True)
        self._view.selection.restore()

    def _show_count(self) -> None:
        shown, listed = self._rows.listed_count, self._model.rowCount()
        self._view.invitation = _NO_MATCH if listed else _EMPTY
        several = self.selected_count
        selected = [f"{several:,} selected"] if several > 1 else []
        if shown < listed:
            self._count.setText(" · ".join((f"{shown:,} of {listed:,} shown", *selected)))
            return
        counts = self._model.counts
        parts = [f"{counts[answer]:,} {answer.lower()}" for answer in _COUNTED if counts[answer]]
        self._count.setText(" · ".join((*_films_and_studies(listed, self._model.study_count), *selected, *parts)))


def _films_and_studies(films: int, studies: int) -> list[str]:
    """How many there are; studies only where some have several films, else they would say the same again."""
    said = [f"{films:,} film{'' if films == 1 else 's'}"] if films else []
    return [*said, f"{studies:,} stud{'y' if studies == 1 else 'ies'}"] if studies < films else said
