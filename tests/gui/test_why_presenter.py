"""Maps of evidence in the window: of the film on the screen, made when looked at, never of another film or model."""

from dataclasses import replace
from pathlib import Path

import pytest
from helpers.explanations import FakeExplainer
from helpers.windows import Desk, desk

from radassist.gui.explain.why_panel import NO_SCORE, WhyPanel
from radassist.workflow.explain import SharedExplainer
from radassist.workflow.inference_thread import InferenceThread


class WhyDesk:
    """A desk whose model can be asked why."""

    def __init__(self, at: Desk) -> None:
        self.at, self.fake = at, FakeExplainer()
        self.thread = InferenceThread(lambda: at.predictor)
        explainer = SharedExplainer(self.thread, lambda predictor: self.fake)
        at.presenter.use(replace(at.backing(), explainer=explainer))
        self.panel = at.window.findChild(WhyPanel)

    def look(self) -> None:
        self.at.window.review_tabs.setCurrentWidget(self.panel)

    def overlay(self):
        return self.at.window.overlays._overlays.get(self.panel)


@pytest.fixture
def why(qtbot, tmp_path: Path):
    with desk(tmp_path) as at:
        qtbot.addWidget(at.window)
        made = WhyDesk(at)
        at.open("a.dcm", "b.dcm")
        qtbot.waitUntil(lambda: len(at.items()) == 2 and at.is_settled())
        yield made
        made.thread.close()


def test_nothing_is_asked_before_the_panel_is_looked_at(why: WhyDesk) -> None:
    assert why.fake.asked == []
    assert why.overlay() is None


def test_a_look_makes_the_map_of_the_film_on_the_screen(why: WhyDesk, qtbot) -> None:
    why.look()
    qtbot.waitUntil(lambda: why.overlay() is not None)

    assert "evidence for PNEUMONIA" in why.panel.words.text()
    assert not why.panel.busy.isVisible()


def test_another_film_has_a_map_of_its_own(why: WhyDesk, qtbot) -> None:
    why.look()
    qtbot.waitUntil(lambda: why.overlay() is not None)
    first = why.overlay()
    why.at.window.worklist.step(1)
    assert why.overlay() is not first  # gone at once, or already that of the new film
    qtbot.waitUntil(lambda: why.at.is_settled() and why.overlay() is not None)

    assert len(why.fake.asked) == 2


def test_a_map_does_not_wait_behind_another_panel_for_the_next_film(why: WhyDesk, qtbot) -> None:
    why.look()
    qtbot.waitUntil(lambda: why.overlay() is not None)
    why.at.window.review_tabs.setCurrentIndex(0)
    why.at.window.worklist.step(1)
    qtbot.waitUntil(why.at.is_settled)

    assert why.overlay() is None
    assert len(why.fake.asked) == 1


def test_closing_all_films_takes_the_map_away(why: WhyDesk, qtbot) -> None:
    why.look()
    qtbot.waitUntil(lambda: why.overlay() is not None)
    why.at.presenter.close_all()

    assert why.overlay() is None
    assert why.panel.words.text() == NO_SCORE


def test_films_closed_meanwhile_do_not_leave_the_panel_without_choices(why: WhyDesk, qtbot) -> None:
    why.look()
    why.at.presenter.close_all()  # before the model could say what it can tell
    why.at.open("a.dcm")
    qtbot.waitUntil(lambda: why.overlay() is not None)

    assert why.panel.method.count() > 0


def test_a_method_is_asked_anew_when_it_is_chosen(why: WhyDesk, qtbot) -> None:
    why.look()
    qtbot.waitUntil(lambda: why.overlay() is not None)
    other = (why.panel.method.currentIndex() + 1) % why.panel.method.count()
    why.panel.method.setCurrentIndex(other)
    why.panel.method.activated.emit(other)
    qtbot.waitUntil(lambda: len(why.fake.asked) == 2)
