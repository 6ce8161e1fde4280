"""Blocks weighted for a label: asked of the model when they are wanted, for the film on the screen alone."""

from dataclasses import replace
from pathlib import Path

import pytest
from helpers.explanations import FakeExplainer
from helpers.windows import Desk, desk

from radassist.domain.analysis import Reduction
from radassist.gui.blocks.blocks_state import BlocksState
from radassist.workflow.explain import SharedExplainer
from radassist.workflow.inference_thread import InferenceThread

WEIGHTED = BlocksState("block2", Reduction.CLASS, visible=True)


@pytest.fixture
def at(qtbot, tmp_path: Path):
    with desk(tmp_path) as made:
        qtbot.addWidget(made.window)
        yield made


@pytest.fixture
def fake(at: Desk, qtbot):
    asked = FakeExplainer()
    thread = InferenceThread(lambda: at.predictor)
    at.presenter.use(replace(at.backing(), explainer=SharedExplainer(thread, lambda predictor: asked)))
    at.open("a.dcm", "b.dcm")
    qtbot.waitUntil(lambda: len(at.items()) == 2 and at.is_settled())
    yield asked
    thread.close()


def words(at: Desk) -> str:
    return at.window.film.overlay_words


def test_nothing_is_asked_while_no_weights_are_wanted(at: Desk, fake: FakeExplainer) -> None:
    at.window.blocks.restore(BlocksState("block2", visible=True))
    assert fake.asked == []


def test_wanted_weights_are_asked_for_every_block_and_shown(at: Desk, fake: FakeExplainer, qtbot) -> None:
    at.window.blocks.restore(WEIGHTED)
    qtbot.waitUntil(lambda: "weighted for PNEUMONIA" in words(at))
    qtbot.waitUntil(lambda: [wish.block for wish in fake.asked] == ["block2", "block1"])


def test_another_film_is_asked_about_anew(at: Desk, fake: FakeExplainer, qtbot) -> None:
    at.window.blocks.restore(WEIGHTED)
    qtbot.waitUntil(lambda: words(at) != "")
    at.window.worklist.step(1)
    qtbot.waitUntil(lambda: at.is_settled() and len(fake.asked) == 4 and words(at) != "")


def test_a_model_that_cannot_be_asked_is_said(at: Desk, qtbot) -> None:
    at.presenter.use(at.backing())
    at.open("a.dcm")
    qtbot.waitUntil(lambda: len(at.items()) == 1 and at.is_settled())
    at.window.blocks.restore(WEIGHTED)
    assert words(at) == ""
    assert "cannot be asked" in at.window.blocks._caption.text()
