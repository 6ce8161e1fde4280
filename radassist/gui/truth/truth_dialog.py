"""Shows a list against its truth: curve, threshold with what it costs, and the films that are called wrong."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QHeaderView, QTableView, QVBoxLayout, QWidget

from radassist.domain.roc import roc_area, roc_curve, tally
from radassist.domain.truth import TruthAudit
from radassist.gui.theme import Theme
from radassist.gui.truth import truth_words as words
from radassist.gui.truth.disagreements_model import DisagreementsModel
from radassist.gui.truth.roc_plot import RocPlot
from radassist.gui.truth.threshold_panel import ThresholdPanel
from radassist.gui.widgets.labels import text_label

_CAVEAT = (
    "The threshold alone decides here: films the model leaves undetermined are called too. A threshold chosen on these"
    " films looks better on them than it will on others. Research use only."
)


class TruthDialog(QDialog):
    """Stays open beside the window, so that each film of its list can be looked at. It tells of the films as they were.

    Signals:
        film_chosen(int): Worklist number of a film the reader wants to see.
        export_requested(): The reader wants the films as CSV, at the threshold that is chosen.
    """

    film_chosen = Signal(int)
    export_requested = Signal()

    def __init__(self, audit: TruthAudit, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Audit against the truth")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.audit = audit
        self._truth, self._scores = audit.truth(), audit.probabilities()
        self.plot = RocPlot(theme, roc_curve(self._truth, self._scores))
        self.panel = ThresholdPanel(audit.labels, audit.threshold, float(self._truth.mean()))
        self.model = DisagreementsModel(audit.labels, self)
        self.table = self._make_table()
        self._title = text_label(bold=True)
        self._lay_out()
        self.panel.changed.connect(self._show_costs)
        self._show_costs()

    def _show_costs(self) -> None:
        found = tally(self._truth, self._scores, self.panel.threshold)
        self.plot.show_tally(found)
        self.panel.show_tally(found)
        self.model.show_films(self.audit.disagreements(self.panel.threshold))
        self._title.setText(words.disagreement_words(len(self.model.films), len(self.audit.films)))

    def _make_table(self) -> QTableView:
        table = QTableView()
        table.setModel(self.model)
        table.setAccessibleName("Disagreements")
        table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.horizontalHeader().setHighlightSections(False)
        table.verticalHeader().hide()
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column, width in ((1, 120), (2, 100), (3, 140)):
            table.setColumnWidth(column, width)
        table.selectionModel().currentRowChanged.connect(self._choose)
        return table

    def _choose(self, row: QModelIndex) -> None:
        if row.isValid():
            self.film_chosen.emit(self.model.films[row.row()].number)

    def _lay_out(self) -> None:
        area = text_label(words.area_words(roc_area(self._truth, self._scores)), bold=True)
        right = QVBoxLayout()
        right.setSpacing(12)
        right.addWidget(area)
        right.addWidget(self.panel)
        right.addStretch(1)
        upper = QHBoxLayout()
        upper.setSpacing(20)
        upper.addWidget(self.plot, stretch=2)
        upper.addLayout(right, stretch=3)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 12)
        layout.setSpacing(12)
        layout.addWidget(text_label(words.headline(self.audit), bold=True))
        layout.addWidget(text_label(words.left_out(self.audit), role="muted"))
        layout.addLayout(upper)
        layout.addWidget(self._title)
        layout.addWidget(self.table, stretch=1)
        layout.addWidget(text_label(_CAVEAT, role="muted"))
        layout.addWidget(self._make_buttons())
        self.resize(860, 760)

    def _make_buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        export = buttons.addButton("&Export CSV…", QDialogButtonBox.ButtonRole.ActionRole)
        export.setAutoDefault(False)
        export.clicked.connect(self.export_requested)
        buttons.rejected.connect(self.reject)
        return buttons
