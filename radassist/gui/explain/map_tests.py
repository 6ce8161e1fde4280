"""What is asked of the map on the screen: where on the body it lies, and whether it can be believed."""

from functools import partial

from PySide6.QtCore import QObject

from radassist.domain.explanation import Subject
from radassist.domain.lungs import EvidenceLedger
from radassist.domain.trust import Belief, TrustMark
from radassist.gui.errors import sentence_for
from radassist.gui.explain import trust_words
from radassist.gui.explain.ask_view import AskView
from radassist.gui.explain.asking import Asking
from radassist.gui.explain.curves_plot import CurvesPlot
from radassist.gui.explain.evidence_view import EvidenceView
from radassist.gui.explain.why_presenter import FoundMap, WhyPresenter
from radassist.gui.jobs import Job, JobRunner, Lane, one_step
from radassist.gui.theme import Theme

_TIP = "Shuffle the network's weights, change the film a little, blur what the map points at: an honest map passes"


class MapTests(QObject):
    """The ledger follows each map by itself; the tests of the map wait to be asked for. Both go with the map."""

    def __init__(self, theme: Theme, why: WhyPresenter, runner: JobRunner) -> None:
        super().__init__(why)
        self._runner = runner
        self._job: Job | None = None
        self.evidence = EvidenceView(theme)
        self.trust = AskView(theme, "Can it be believed?", _TIP)
        self._subject: Subject | None = None
        self.curves = CurvesPlot(theme)
        self.trust.body.insertWidget(self.trust.body.indexOf(self.trust.numbers), self.curves)
        self.trust.started_anew.connect(partial(self.curves.show_mark, None))
        self._asking = Asking(self.trust, runner, self._show_mark)
        why.panel.add_part(self.evidence)
        why.panel.add_part(self.trust)
        why.found.connect(self._on_found)
        why.dropped.connect(self._on_dropped)

    def _on_found(self, found: FoundMap) -> None:
        self._on_dropped()
        ledger = partial(found.explainer.evidence, found.film, found.saliency)
        self._job = job = self._runner.start(one_step(ledger), lane=Lane.EXPLAIN)
        job.succeeded.connect(partial(self._on_ledger, job))
        job.failed.connect(partial(self._on_no_ledger, job))
        self._subject = found.saliency.subject
        if not found.saliency.is_empty:
            about = (self._subject, found.wish)
            self._asking.set_question(about, partial(found.explainer.trust, found.film, found.wish))

    def _on_dropped(self) -> None:
        if self._job:
            self._job.cancel()
        self._job = None
        self.evidence.show_ledger(None)
        self._asking.set_question(None, None)

    def _on_ledger(self, job: Job, ledger: EvidenceLedger) -> None:
        if job is self._job:
            self.evidence.show_ledger(ledger)

    def _on_no_ledger(self, job: Job, error: BaseException) -> None:
        if job is self._job:
            self.evidence.show_problem(sentence_for(error))

    def _show_mark(self, mark: TrustMark) -> None:
        if mark.subject != self._subject:
            return  # another model took over meanwhile
        doubtful = mark.belief is Belief.DOUBTFUL
        self.curves.show_mark(mark)
        self.trust.say(trust_words.answer(mark), trust_words.numbers(mark), warns=doubtful)
