"""The receptive field at the pointer: by key, of the chosen block, gone with the pointer."""

from dataclasses import replace
from pathlib import Path

import pytest
from helpers.explanations import FakeExplainer
from helpers.marks import on_screen
from helpers.mouse import hover
from helpers.windows import desk
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from radassist.domain.whatif import Box
from radassist.gui.inside.field_presenter import FieldPresenter
from radassist.workflow.explain import SharedExplainer
from radassist.workflow.inference_thread import InferenceThread


@pytest.fixture
def at(qtbot, tmp_path: Path):
    with desk(tmp_path) as made:
        qtbot.addWidget(made.window)
        with qtbot.waitExposed(made.window):
            made.window.show()
        thread = InferenceThread(lambda: made.predictor)
        made.presenter.use(
            replace(made.backing(), explainer=SharedExplainer(thread, lambda predictor: FakeExplainer()))
        )
        made.open("a.dcm")
        qtbot.waitUntil(lambda: len(made.items()) == 1 and made.is_settled())
        yield made
        thread.close()


def test_the_field_of_the_chosen_block_follows_the_pointer(at, qtbot) -> None:
    (presenter,) = at.window.findChildren(FieldPresenter)
    hover(at.window.film, on_screen(at.window.film, 22, 51))
    assert presenter.layer.field is None
    at.window.actions_by_id["receptive_field"].trigger()
    qtbot.waitUntil(lambda: presenter.layer.field is not None)
    # Fake block1: side 3, step 2, start -1 in an input of 32 x 32, over a film of 96 x 64: cell 8 down, 5 across.
    assert presenter.layer.field == Box(15 * 3, 9 * 2, 18 * 3, 12 * 2)
    assert presenter.layer.cell == Box(48, 20, 54, 24)
    assert presenter.layer.words == "block1 sees 3×3 input pixels"
    QApplication.sendEvent(at.window.film, QEvent(QEvent.Type.Leave))
    assert presenter.layer.field is None


def test_a_block_whose_field_is_not_known_draws_none(at, qtbot) -> None:
    (presenter,) = at.window.findChildren(FieldPresenter)
    at.window.actions_by_id["receptive_field"].trigger()
    hover(at.window.film, on_screen(at.window.film, 20, 50))
    qtbot.waitUntil(lambda: presenter.layer.field is not None)
    at.window.blocks.select_next_block(-1)
    assert presenter.layer.field is None
    assert at.settings.text("blocks/receptive_field", "") == "true"


def test_while_the_network_is_asked_the_window_says_so(at, qtbot) -> None:
    at.window.actions_by_id["receptive_field"].trigger()
    assert "Asking the network" in at.window.status.currentMessage()
    qtbot.waitUntil(lambda: at.window.status.currentMessage() == "")
    at.window.actions_by_id["receptive_field"].trigger()
    at.window.actions_by_id["receptive_field"].trigger()
    assert at.window.status.currentMessage() == ""  # it is known by now
