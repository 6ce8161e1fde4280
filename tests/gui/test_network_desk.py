from dataclasses import replace
from pathlib import Path

from helpers.explanations import FakeExplainer
from helpers.fakes import FACTS
from helpers.windows import desk

from radassist.gui.inside.network_desk import NetworkDesk
from radassist.workflow.explain import SharedExplainer
from radassist.workflow.inference_thread import InferenceThread


def test_the_network_is_asked_once_a_model(qtbot, tmp_path: Path) -> None:
    with desk(tmp_path) as at:
        qtbot.addWidget(at.window)
        network = NetworkDesk(at.presenter, at.window)
        assert network.facts() is None and not network.is_asked
        thread, asked = InferenceThread(lambda: at.predictor), []
        explainer = SharedExplainer(thread, lambda predictor: asked.append(1) or FakeExplainer())
        at.presenter.use(replace(at.backing(), explainer=explainer))
        qtbot.waitUntil(lambda: at.presenter.facts is not None)
        with qtbot.waitSignal(network.known):
            assert network.facts() is None and network.is_asked
        facts = network.facts()
        assert facts is not None and facts.model_sha256 == FACTS.sha256
        assert asked == [1]
        thread.close()
