"""Folds and unfolds the studies and series of the worklist by menu and keys."""

from functools import partial

from PySide6.QtCore import QObject

from radassist.gui.main_window import MainWindow
from radassist.gui.worklist.worklist_order import Order
from radassist.gui.worklist.worklist_studies import Level


class FoldsPresenter(QObject):
    """Connects the acts that fold and unfold: `fold_` and `unfold_`, each of `study`, `series` and `all`."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._worklist = worklist = window.worklist
        window.actions_by_id.connect(
            {
                "fold_study": partial(self._fold, Level.STUDY),
                "unfold_study": lambda: worklist.set_folded(False),
                "fold_series": partial(self._fold, Level.SERIES),
                "unfold_series": lambda: worklist.set_folded(False, Level.SERIES),
                "fold_all": self._fold_all,
                "unfold_all": lambda: worklist.set_all_folded(False),
            }
        )

    def _fold(self, level: Level) -> None:
        self._order_by_study()
        self._worklist.set_folded(True, level)
        self._worklist.show_selected()

    def _fold_all(self) -> None:
        self._order_by_study()
        self._worklist.set_all_folded(True)
        self._worklist.show_selected()

    def _order_by_study(self) -> None:
        """Only in this order studies stand together; where it is in force already, nothing scrolls."""
        if self._worklist.order is not Order.STUDY:
            self._worklist.set_order(Order.STUDY)
