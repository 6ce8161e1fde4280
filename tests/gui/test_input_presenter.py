"""The network's input in the window: asked when looked at, outlined on the film, never of another film."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from helpers.explanations import FakeExplainer
from helpers.pictures import grab
from helpers.windows import Desk, desk

from radassist.gui.inside.input_presenter import InputPresenter
from radassist.workflow.explain import SharedExplainer
from radassist.workflow.inference_thread import InferenceThread


@pytest.fixture
def at(qtbot, tmp_path: Path):
    with desk(tmp_path) as made:
        qtbot.addWidget(made.window)
        thread = InferenceThread(lambda: made.predictor)
        made.presenter.use(
            replace(made.backing(), explainer=SharedExplainer(thread, lambda predictor: FakeExplainer()))
        )
        made.window.show()
        made.open("a.dcm", "b.dcm")
        qtbot.waitUntil(lambda: len(made.items()) == 2 and made.is_settled())
        yield made
        thread.close()


def presenter(at: Desk) -> InputPresenter:
    (made,) = at.window.findChildren(InputPresenter)
    return made


def test_the_input_is_shown_when_it_is_looked_at_and_outlined_on_the_film(at: Desk, qtbot) -> None:
    assert presenter(at).seen is None
    at.window.review_tabs.setCurrentWidget(presenter(at).panel)
    qtbot.waitUntil(lambda: presenter(at).seen is not None)
    assert presenter(at).panel.title.text() == "4×4 pixels went into the network"
    with_outline = grab(at.window.film.viewport())
    at.window.review_tabs.setCurrentIndex(0)
    assert not np.array_equal(grab(at.window.film.viewport()), with_outline)


def test_another_film_has_an_input_of_its_own(at: Desk, qtbot) -> None:
    at.window.review_tabs.setCurrentWidget(presenter(at).panel)
    qtbot.waitUntil(lambda: presenter(at).seen is not None)
    first = presenter(at).seen
    at.window.worklist.step(1)
    assert presenter(at).seen is not first
    qtbot.waitUntil(lambda: at.is_settled() and presenter(at).seen is not None)
    assert presenter(at).seen.subject.film_sha256 != first.subject.film_sha256


def test_without_films_nothing_is_shown(at: Desk, qtbot) -> None:
    at.window.review_tabs.setCurrentWidget(presenter(at).panel)
    qtbot.waitUntil(lambda: presenter(at).seen is not None)
    at.presenter.close_all()
    assert presenter(at).seen is None
    assert presenter(at).panel.words.text() == "What the network gets of a film is shown when its score is."
