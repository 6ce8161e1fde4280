"""What the loaded network is made of, asked once a model and only when somebody needs it."""

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import QObject, Signal

from radassist.domain.cancellation import CancelToken
from radassist.domain.network_facts import NetworkFacts
from radassist.gui.jobs import Lane
from radassist.gui.presenter import Presenter
from radassist.workflow.explain import SharedExplainer


class NetworkDesk(QObject):
    """Shared by all that draw kernels and receptive fields.

    Signals:
        known(): `facts` has an answer now that it had not before.
    """

    known = Signal()

    def __init__(self, presenter: Presenter, parent: QObject) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._facts: NetworkFacts | None = None
        self._asked = ""

    def facts(self) -> NetworkFacts | None:
        """Of the loaded model; None until it has answered, or where it cannot be asked."""
        model, backing = self._presenter.facts, self._presenter.backing
        if model is None or backing is None or backing.explainer is None:
            return None
        if self._facts is not None and self._facts.model_sha256 == model.sha256:
            return self._facts
        if self._asked != model.sha256:
            self._asked = model.sha256
            job = self._presenter.runner.start(partial(_facts, backing.explainer), lane=Lane.EXPLAIN)
            job.stepped.connect(self._on_facts)
        return None

    @property
    def is_asked(self) -> bool:
        """Whether the answer for the loaded model is there or on its way."""
        model = self._presenter.facts
        return model is not None and self._asked == model.sha256

    def _on_facts(self, facts: NetworkFacts) -> None:
        self._facts = facts
        self.known.emit()


def _facts(explainer: SharedExplainer, cancel: CancelToken) -> Iterator[NetworkFacts]:
    yield explainer.network_facts(cancel)
