"""The zones of the ledger on the film, when they are wanted."""

from dataclasses import replace
from pathlib import Path

import pytest
from helpers.explanations import FakeExplainer
from helpers.windows import Desk, desk

from radassist.gui.explain.zones_presenter import ZonesPresenter
from radassist.workflow.explain import SharedExplainer
from radassist.workflow.inference_thread import InferenceThread


@pytest.fixture
def at(qtbot, tmp_path: Path):
    with desk(tmp_path) as made:
        qtbot.addWidget(made.window)
        thread = InferenceThread(lambda: made.predictor)
        shared = SharedExplainer(thread, lambda predictor: FakeExplainer())
        made.presenter.use(replace(made.backing(), explainer=shared))
        made.open("a.dcm", "b.dcm")
        qtbot.waitUntil(lambda: len(made.items()) == 2 and made.is_settled())
        yield made
        thread.close()


def _layer(at: Desk):
    return at.window.findChild(ZonesPresenter).layer


def test_zones_are_drawn_while_they_are_wanted_and_follow_the_film(at: Desk, qtbot) -> None:
    assert _layer(at).zones is None
    at.window.actions_by_id["zones"].trigger()
    qtbot.waitUntil(lambda: _layer(at).zones is not None)
    first = _layer(at).zones
    at.window.worklist.step(1)
    qtbot.waitUntil(lambda: at.is_settled() and _layer(at).zones not in (None, first))
    at.window.actions_by_id["zones"].trigger()

    assert _layer(at).zones is None


def test_what_is_drawn_is_said_and_the_choice_remembered(at: Desk, qtbot) -> None:
    at.window.actions_by_id["zones"].trigger()
    qtbot.waitUntil(lambda: "lungs were not found" in at.window.statusBar().currentMessage())  # the film is noise

    assert at.settings.text("blocks/zones", "") == "true"


def test_zones_go_with_the_film(at: Desk, qtbot) -> None:
    at.window.actions_by_id["zones"].trigger()
    qtbot.waitUntil(lambda: _layer(at).zones is not None)
    at.presenter.close_all()

    assert _layer(at).zones is None


def test_while_the_zones_are_looked_for_the_window_says_so(at: Desk, qtbot) -> None:
    at.window.actions_by_id["zones"].trigger()
    assert "Looking for the zones" in at.window.status.currentMessage()
    at.window.actions_by_id["zones"].trigger()
    assert at.window.status.currentMessage() == ""
