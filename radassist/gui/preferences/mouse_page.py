"""The page of the preferences on which each mouse button and the wheel get their act."""

from PySide6.QtWidgets import QComboBox, QFormLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from radassist.gui.film.mouse_choice import Hold, MouseAct, MouseChoice
from radassist.gui.widgets.form_rows import level_names
from radassist.gui.widgets.labels import text_label

_HINT = (
    "A button does one thing, so no two acts can clash. A measuring tool always draws with the left button, and a "
    "right click without a drag opens the menu of the film."
)


class MousePage(QWidget):
    """One list a button; `choice` is what they say now.

    Attributes:
        lists: The list of each hold.
        reset_button: Gives every button its usual act.
    """

    def __init__(self, choice: MouseChoice) -> None:
        super().__init__()
        self.lists = {hold: _list_of(hold) for hold in Hold}
        self.reset_button = QPushButton("Reset all")
        self.reset_button.setAutoDefault(False)
        self.reset_button.clicked.connect(lambda: self._show(MouseChoice()))
        self._sentence = text_label(role="warning")
        self._lay_out()
        for each in self.lists.values():
            each.currentIndexChanged.connect(self._warn)
        self._show(choice)

    @property
    def choice(self) -> MouseChoice:
        """What the lists say."""
        return MouseChoice({hold: MouseAct(each.currentText()) for hold, each in self.lists.items()})

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for hold, each in self.lists.items():
            form.addRow(hold.value, each)
        level_names(form)
        below = QHBoxLayout()
        below.addWidget(self._sentence, stretch=1)
        below.addWidget(self.reset_button)
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        layout.addWidget(text_label(_HINT, role="muted"))
        layout.addLayout(form)
        layout.addLayout(below)
        layout.addStretch()

    def _show(self, choice: MouseChoice) -> None:
        for hold, each in self.lists.items():
            each.setCurrentText(choice.acts[hold].value)
        self._warn()

    def _warn(self) -> None:
        self._sentence.setText(self.choice.missing)


def _list_of(hold: Hold) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(hold.value)
    made.addItems([act.value for act in hold.acts])
    return made
