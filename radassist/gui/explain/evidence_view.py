"""Where on the body the evidence of a map lies."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from radassist.domain.lungs import SURE, EvidenceLedger
from radassist.gui.explain.verdict import Verdict
from radassist.gui.explain.zone_bars import ZoneBars
from radassist.gui.theme import Theme
from radassist.gui.widgets.labels import text_label

_ROUGH = "The lung fields are a rough guess on this film."


class EvidenceView(QWidget):
    """A sentence, a bar a zone, and a reservation where the lung fields are a guess."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Where on the body the evidence lies")
        self.verdict, self.bars = Verdict(theme), ZoneBars(theme)
        self.reservation = text_label(_ROUGH, role="muted", scale=0.9)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for widget in (text_label("Inside the lungs?", bold=True), self.verdict, self.bars, self.reservation):
            layout.addWidget(widget)
        self.show_ledger(None)

    def show_ledger(self, ledger: EvidenceLedger | None) -> None:
        """Show `ledger`; None where there is no map."""
        self.bars.show_ledger(ledger)
        self.reservation.setVisible(bool(ledger and ledger.shares and ledger.confidence < SURE))
        if ledger:
            self.verdict.say(ledger.sentence, warns=ledger.warns)
        self.setVisible(ledger is not None)

    def show_problem(self, sentence: str) -> None:
        """There is no ledger: say why."""
        self.show_ledger(None)
        self.verdict.say(sentence)
        self.show()
