"""The window of the film in numbers and as a picture: histogram, centre and width, and the file's own list."""

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QDoubleSpinBox, QHBoxLayout, QLabel, QMenu, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from radassist.domain.radiograph import LookupTable, Radiograph, VoiFunction, Window
from radassist.gui.film.corner_texts import window_lines
from radassist.gui.film.histogram_plot import HistogramPlot
from radassist.gui.theme import Theme
from radassist.gui.widgets.form_rows import inset_number
from radassist.gui.widgets.labels import set_role
from radassist.gui.widgets.plain_text import one_line
from radassist.imaging.histogram import Histogram
from radassist.imaging.rendering import AnyWindow, linear_equivalent

_LARGEST = 1e9
_LONGEST_NAME = 32
_FINE_BELOW = 10.0


class WindowPanel(QWidget):
    """Shows the window of one film and lets it be dragged, typed or chosen.

    Typed numbers are LINEAR centre and width (PS3.3 C.11.2.1.2.1) in modality values; while a lookup table or another
    curve is in force they are those of the line nearest to it.

    Attributes:
        plot: The histogram.
        center, width_box: The typed numbers.
        choice: Opens the list of the file's windows.

    Signals:
        edited(object, bool): The Window wanted now, and whether it is settled rather than still moving.
    """

    edited = Signal(object, bool)

    def __init__(self, theme: Theme, choices: QMenu, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._film: Radiograph | None = None
        self.plot = HistogramPlot(theme)
        self.center, self.width_box = _number_box("Window centre", -_LARGEST), _number_box("Window width", 1.0)
        self.choice = QToolButton(popupMode=QToolButton.ToolButtonPopupMode.InstantPopup)
        self.choice.setMenu(choices)
        self.choice.setAccessibleName("Windows of this film")
        self.choice.setToolTip("Windows and lookup tables of this film")
        self.choice.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        set_role(self.choice, "choice")
        self._lay_out()
        self.plot.dragged.connect(self.edited)
        self.center.valueChanged.connect(self._on_typed)
        self.width_box.valueChanged.connect(self._on_typed)
        self.show_film(None, None)

    def show_film(self, film: Radiograph | None, picture: Histogram | None) -> None:
        """Show the values of a film, or that there is none."""
        self._film = film
        self.plot.show_film(film, picture)
        for widget in (self.center, self.width_box, self.choice):
            widget.setEnabled(film is not None)
        if film is None:
            self.choice.setText("No film")

    def show_window(self, window: AnyWindow | None, *, inverted: bool) -> None:
        """Show the window in force; sends no signal."""
        self.plot.show_window(window, inverted=inverted)
        if window is None or self._film is None:
            return
        linear = linear_equivalent(self._film, window)
        decimals = 3 if linear.width < _FINE_BELOW else 0
        for box, value in ((self.center, linear.center), (self.width_box, linear.width)):
            with QSignalBlocker(box):
                box.setDecimals(decimals)
                box.setSingleStep(max(10.0**-decimals, round(linear.width / 50, decimals)))
                box.setValue(value)
        self.choice.setText(_title(window))

    def _on_typed(self) -> None:
        if self._film is not None:
            window = Window(self.center.value(), self.width_box.value(), VoiFunction.LINEAR, "Manual")
            self.edited.emit(window, True)

    def _lay_out(self) -> None:
        numbers = QHBoxLayout()
        numbers.setSpacing(8)
        for name, box in (("C", self.center), ("W", self.width_box)):
            label = QLabel(name)
            set_role(label, "muted")
            label.setBuddy(box)
            numbers.addWidget(label)
            numbers.addWidget(box, stretch=1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 10, 10)
        layout.setSpacing(8)
        layout.addWidget(self.choice)
        layout.addWidget(self.plot, stretch=1)
        layout.addLayout(numbers)


def _number_box(name: str, lowest: float) -> QDoubleSpinBox:
    box = QDoubleSpinBox(minimum=lowest, maximum=_LARGEST)
    box.setKeyboardTracking(False)  # a number that is still being typed is not yet meant
    box.setAccessibleName(name)
    box.setMinimumWidth(64)
    inset_number(box)
    return box


def _title(window: AnyWindow) -> str:
    numbers, name = window_lines(window)
    shown = one_line(name, _LONGEST_NAME) or numbers
    return (f"{shown} (lookup table)" if isinstance(window, LookupTable) else shown).replace("&", "&&")
