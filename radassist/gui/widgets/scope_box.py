"""Groups of choices in dialogs, and the one of them that asks for which films something is done."""

from collections.abc import Mapping
from enum import StrEnum

from PySide6.QtWidgets import QGroupBox, QRadioButton, QVBoxLayout, QWidget


class Scope(StrEnum):
    """Of which films."""

    FILM = "film"
    SELECTED = "selected"
    LISTED = "listed"


def group_box(title: str, *widgets: QWidget) -> QGroupBox:
    """`widgets` below each other under a title."""
    box = QGroupBox(title)
    _lay_below_each_other(box, widgets)
    return box


class ScopeBox(QGroupBox):
    """The film on the screen, those selected in the list, or every film that the list shows."""

    def __init__(self, films: Mapping[Scope, int], chosen: Scope, *, listed: str) -> None:
        """A scope without films cannot be chosen.

        Args:
            films: How many there are in each scope, none where it is left out; at least one scope has some.
            chosen: The scope to begin with, if it has films.
            listed: What the list is said to show, with a mnemonic: "Every film the &list shows".
        """
        super().__init__("Films")
        self.buttons = {
            Scope.FILM: QRadioButton("The &film on the screen"),
            Scope.SELECTED: QRadioButton(f"The films s&elected in the list ({films.get(Scope.SELECTED, 0)})"),
            Scope.LISTED: QRadioButton(f"{listed} ({films[Scope.LISTED]})"),
        }
        _lay_below_each_other(self, tuple(self.buttons.values()))
        for scope, button in self.buttons.items():
            button.setEnabled(films.get(scope, 0) > 0)
        first = next(scope for scope in Scope if films.get(scope))
        self.buttons[chosen if films.get(chosen) else first].setChecked(True)

    @property
    def scope(self) -> Scope:
        """The one that is ticked now."""
        return next(scope for scope, button in self.buttons.items() if button.isChecked())


def _lay_below_each_other(box: QGroupBox, widgets: tuple[QWidget, ...]) -> None:
    layout = QVBoxLayout(box)
    layout.setSpacing(8)
    for widget in widgets:
        layout.addWidget(widget)
