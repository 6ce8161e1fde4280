"""Three buttons that say and choose the order of the worklist."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QToolButton, QWidget

from radassist.gui.widgets.labels import set_role
from radassist.gui.worklist.worklist_model import COLUMN_TITLES, Column
from radassist.gui.worklist.worklist_order import AnyOrder, ColumnOrder, Order

_LARGEST_FIRST = frozenset({Column.PROBABILITY, Column.STUDY_DATE})
_TIPS = {
    Order.SUSPICION: "Suspected films first, then those without an answer, then those not suspected",
    Order.ARRIVAL: "The order in which the films came",
}


class OrderSwitch(QWidget):
    """Suspicion, arrival, or study or a column from a menu; choosing the same column again turns its direction.

    Signals:
        order_chosen(object): The `Order` or `ColumnOrder` the reader asked for.
        columns_wanted(): The reader wants to choose columns.
    """

    order_chosen = Signal(object)
    columns_wanted = Signal()

    def __init__(self, order: AnyOrder, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._order = order
        self._buttons = {each: self._make_button(each) for each in _TIPS}
        self._others = self._make_menu_button()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for button in (*self._buttons.values(), self._others):
            layout.addWidget(button)
        self.show_order(order)

    def show_order(self, order: AnyOrder) -> None:
        """Mark `order` as the one in force."""
        self._order = order
        for each, button in self._buttons.items():
            button.setChecked(order is each)
        self._others.setChecked(order not in self._buttons)
        self._others.setText("More" if order in self._buttons else _words(order))

    def _make_button(self, order: Order) -> QToolButton:
        button = _choice(order.value, f"Order by {order.value.lower()}", _TIPS[order])
        button.clicked.connect(lambda: self._choose(order))
        return button

    def _make_menu_button(self) -> QToolButton:
        button = _choice(
            "More", "Order by study or by a column", "Films of one study together, or the values of one column"
        )
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(button)
        menu.addAction(Order.STUDY.value, partial(self._choose, Order.STUDY))
        menu.addSeparator()
        for column, title in COLUMN_TITLES.items():
            menu.addAction(title, partial(self.choose_column, column))
        menu.addSeparator()
        menu.addAction("Columns…", self.columns_wanted.emit)
        menu.aboutToHide.connect(lambda: self.show_order(self._order))
        button.setMenu(menu)
        return button

    def choose_column(self, column: Column) -> None:
        """Order by `column`; chosen again, in the other direction."""
        known = self._order if isinstance(self._order, ColumnOrder) and self._order.column is column else None
        self._choose(ColumnOrder(column, descending=not known.descending if known else column in _LARGEST_FIRST))

    def _choose(self, order: AnyOrder) -> None:
        self.show_order(order)
        self.order_chosen.emit(order)


def _choice(text: str, name: str, tip: str) -> QToolButton:
    button = QToolButton()
    button.setText(text)
    button.setToolTip(tip)
    button.setCheckable(True)
    button.setAccessibleName(name)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    set_role(button, "choice")
    return button


def _words(order: AnyOrder) -> str:
    if isinstance(order, Order):
        return order.value
    return f"{COLUMN_TITLES[order.column]} {'↓' if order.descending else '↑'}"
