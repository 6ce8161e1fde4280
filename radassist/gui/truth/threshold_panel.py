"""The threshold and the prevalence to be chosen, and what they cost."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QSlider,
    QWidget,
)

from radassist.domain.roc import Tally
from radassist.gui.truth import truth_words as words
from radassist.gui.widgets.form_rows import inset_number, level_names
from radassist.gui.widgets.labels import text_label

_STEPS = 1000


class ThresholdPanel(QWidget):
    """Slider and number say the same; the threshold in force is kept in full, however it is rounded here.

    Attributes:
        threshold: On the probability of the positive label, in [0, 1].
        slider, number: Where it is chosen.
        own_button: Goes back to the one in force.
        percent: Where the prevalence is chosen, in percent.

    Signals:
        changed(): Threshold or prevalence are others.
    """

    changed = Signal()

    def __init__(self, labels: tuple[str, str], own: float, prevalence: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._labels, self._own, self.threshold = labels, own, own
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, _STEPS)
        self.slider.setAccessibleName("Threshold")
        self.number = _number(1.0, 4, 0.01, "Threshold in figures")
        self.own_button = QPushButton("In &force")
        self.own_button.setToolTip("Back to the threshold in force.")
        self.percent = _number(100.0, 1, 1.0, "Prevalence")
        self.percent.setSuffix(" %")
        self.percent.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.percent.setValue(100 * prevalence)
        self._misses, self._alarms, self._hits, self._quiet = (text_label() for _ in range(4))
        self._counts = text_label()
        self._lay_out()
        self._connect()
        self.set_threshold(own)

    @property
    def prevalence(self) -> float:
        """Share of films that are positive where the model shall be used, in [0, 1]."""
        return self.percent.value() / 100

    def set_threshold(self, threshold: float) -> None:
        """Choose `threshold`, in [0, 1]."""
        self.threshold = threshold
        with QSignalBlocker(self.slider), QSignalBlocker(self.number):
            self.slider.setValue(round(threshold * _STEPS))
            self.number.setValue(threshold)
        self.own_button.setEnabled(threshold != self._own)
        self.changed.emit()

    def show_tally(self, found: Tally) -> None:
        """Show what the films come to at the chosen threshold."""
        self._misses.setText(words.cost_words(found.misses_per_100(self.prevalence)))
        self._alarms.setText(words.cost_words(found.false_alarms_per_100(self.prevalence)))
        self._hits.setText(words.share_words(found.sensitivity))
        self._quiet.setText(words.share_words(found.specificity))
        self._counts.setText(words.counts_words(found, self._labels))

    def texts(self) -> tuple[str, ...]:
        """All that is said of the costs, from the top."""
        return tuple(label.text() for label in (self._misses, self._alarms, self._hits, self._quiet, self._counts))

    def _lay_out(self) -> None:
        figures = QHBoxLayout()
        figures.setSpacing(8)
        figures.addWidget(self.number)
        figures.addWidget(self.own_button)
        figures.addStretch(1)
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(_title("&Threshold", self.slider), self.slider)
        form.addRow("", figures)
        form.addRow(_title("&Prevalence", self.percent), self.percent)
        form.addRow("Missed, of 100 films", self._misses)
        form.addRow("False alarms, of 100 films", self._alarms)
        form.addRow("Sensitivity", self._hits)
        form.addRow("Specificity", self._quiet)
        form.addRow("Counts", self._counts)
        level_names(form)

    def _connect(self) -> None:
        self.slider.valueChanged.connect(lambda step: self.set_threshold(step / _STEPS))
        self.number.valueChanged.connect(self.set_threshold)
        self.own_button.clicked.connect(lambda: self.set_threshold(self._own))
        self.percent.valueChanged.connect(lambda _: self.changed.emit())


def _number(most: float, decimals: int, step: float, name: str) -> QDoubleSpinBox:
    box = QDoubleSpinBox(minimum=0.0, maximum=most, decimals=decimals, singleStep=step)
    box.setAccessibleName(name)
    inset_number(box)
    return box


def _title(text: str, buddy: QWidget) -> QLabel:
    title = QLabel(text)
    title.setBuddy(buddy)
    return title
