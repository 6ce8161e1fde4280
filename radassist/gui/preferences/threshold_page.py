"""Where the threshold in force is chosen for the model that is loaded, with what it comes to on validation films."""

from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QFormLayout, QVBoxLayout, QWidget

from radassist.domain.analysis import ModelFacts
from radassist.domain.errors import UserError
from radassist.domain.roc import Estimate
from radassist.domain.threshold_rule import Aim, OperatingPoint, ThresholdRule, rule_of
from radassist.domain.track_record import TrackRecord, operating_point
from radassist.gui.findings.findings_text import percent
from radassist.gui.widgets.form_rows import inset_number, level_names
from radassist.gui.widgets.labels import text_label

_HINT = (
    "Films that are scored are decided anew and keep their probabilities. Every row, report and record says which "
    "threshold it was and who set it. The choice holds for these weights of this model alone."
)
_AIMS = (
    (None, "The model's card"),
    (Aim.SENSITIVITY, "Sensitivity of at least"),
    (Aim.SPECIFICITY, "Specificity of at least"),
    (Aim.YOUDEN, "Largest sum of both"),
    (Aim.VALUE, "A threshold of my own"),
)
_USUAL = 95.0


class ThresholdPage(QWidget):
    """What is chosen is `rule`; it is changed by whoever asks for it.

    Attributes:
        aim, number: What the threshold is to reach, and how much of it in percent; or the threshold itself in percent.
    """

    def __init__(self, facts: ModelFacts | None, hindrance: str = "", parent: QWidget | None = None) -> None:
        """Show the rule in force of the model of `facts`; `hindrance` says why it cannot be changed now."""
        super().__init__(parent)
        self._facts = facts
        self.aim, self.number = QComboBox(), _percent_box()
        self.aim.setAccessibleName("Who sets the threshold")
        for aim, words in _AIMS:
            if aim in (None, Aim.VALUE) or (facts and facts.record):
                self.aim.addItem(words, aim)
        self._comes_to = text_label()
        self._comes_to.setAccessibleName("What the threshold comes to")
        self._lay_out(hindrance)
        self._show_rule(rule_of(facts.threshold_by) if facts else None)
        self.aim.currentIndexChanged.connect(self._show_what_it_comes_to)
        self.number.valueChanged.connect(self._show_what_it_comes_to)
        self._show_what_it_comes_to()

    @property
    def _aim(self) -> Aim | None:
        """What is marked; Qt keeps a text of it."""
        marked = self.aim.currentData()
        return Aim(marked) if marked else None

    @property
    def rule(self) -> ThresholdRule | None:
        """What is chosen; None for the card's own threshold."""
        aim = self._aim
        if aim is None:
            return None
        return ThresholdRule(aim) if aim is Aim.YOUDEN else ThresholdRule(aim, round(self.number.value() / 100, 6))

    @property
    def words(self) -> str:
        """What the chosen threshold comes to, as shown."""
        return self._comes_to.text()

    def _lay_out(self, hindrance: str) -> None:
        form = QFormLayout()
        form.setVerticalSpacing(10)
        form.addRow("Set by", self.aim)
        form.addRow("", self.number)
        level_names(form)
        layout = QVBoxLayout(self)
        layout.addLayout(form)
        layout.addWidget(self._comes_to)
        layout.addWidget(text_label(hindrance or _HINT, role="warning" if hindrance else "muted"))
        layout.addStretch()
        for widget in (self.aim, self.number):
            widget.setEnabled(self._facts is not None and not hindrance)

    def _show_rule(self, rule: ThresholdRule | None) -> None:
        self.aim.setCurrentIndex(max(0, self.aim.findData(rule.aim if rule else None)))
        self.number.setValue(100 * rule.share if rule and rule.share else _USUAL)

    def _show_what_it_comes_to(self) -> None:
        self.number.setVisible(self._aim not in (None, Aim.YOUDEN))
        self._comes_to.setText(_what_it_comes_to(self.rule, self._facts) if self._facts else "No model is loaded.")


def _what_it_comes_to(rule: ThresholdRule | None, facts: ModelFacts) -> str:
    try:
        point = operating_point(rule, facts.record) if rule else OperatingPoint(facts.own_threshold)
    except UserError as error:
        return str(error)
    line = f"Films from {percent(point.threshold, 2)} upwards are suspected, unless the model leaves them undetermined."
    return f"{line}\n{_on_validation(point, facts.record)}" if facts.record else line


def _on_validation(point: OperatingPoint, record: TrackRecord) -> str:
    found = record.tally(point.threshold)
    shares = ((found.sensitivity, "sensitivity"), (found.specificity, "specificity"))
    told = ", ".join(f"{name} {_share_words(share)}" for share, name in shares if share)
    return f"On the {record.films} films of its validation, as they are: {told}. Elsewhere it is usually less."


def _share_words(share: Estimate) -> str:
    return f"{percent(share.value, 1)} (95 % interval {percent(share.low, 1)} to {percent(share.high, 1)})"


def _percent_box() -> QDoubleSpinBox:
    box = QDoubleSpinBox(minimum=0.01, maximum=100.0, decimals=2, singleStep=0.5)
    box.setSuffix("\N{NO-BREAK SPACE}%")
    box.setAccessibleName("In percent")
    inset_number(box)
    return box
