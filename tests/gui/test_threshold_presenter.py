"""Another threshold in force: nothing is scored again, and no decision of the earlier one stays."""

from dataclasses import replace
from pathlib import Path

import pytest
from helpers.fakes import FACTS, OTHER_FACTS, FakePredictor, make_analysis, make_film
from helpers.windows import Desk, desk

from radassist.domain.errors import UserError
from radassist.domain.threshold_rule import Aim, ThresholdRule
from radassist.domain.worklist import ItemState
from radassist.gui.preferences.preferences_dialog import PreferencesDialog
from radassist.gui.settings import WindowSettings

STRICT = ThresholdRule(Aim.VALUE, 0.7)


@pytest.fixture
def at(qtbot, tmp_path: Path):
    films = {
        make_film(name).facts.sha256: (name, share) for name, share in (("a.dcm", 0.6), ("b.dcm", 0.8), ("c.dcm", 0.1))
    }
    answers = {
        digest: make_analysis(make_film(name), probability=share, with_blocks=True)
        for digest, (name, share) in films.items()
    }
    with desk(tmp_path, predictor=FakePredictor(answers=answers)) as made:
        qtbot.addWidget(made.window)
        made.presenter.use(made.backing())
        made.open("a.dcm", "b.dcm", "c.dcm")
        qtbot.waitUntil(lambda: all(item.state is ItemState.SCORED for item in made.items()) and made.is_settled())
        yield made


def choose(at: Desk, rule: ThresholdRule | None) -> None:
    at.window.actions_by_id["preferences"].trigger()
    dialog = at.window.findChildren(PreferencesDialog)[-1]
    page = dialog.threshold
    page.aim.setCurrentIndex(page.aim.findData(rule.aim if rule else None))
    if rule:
        page.number.setValue(100 * rule.share)
    dialog._on_accepted()


def decisions(at: Desk) -> list[str]:
    return [item.analysis.prediction.decision for item in at.items() if item.analysis]


def test_films_that_are_scored_are_decided_anew_and_none_is_scored_again(at: Desk, qtbot) -> None:
    before = [item.analysis.prediction.probabilities for item in at.items() if item.analysis]
    assert decisions(at) == ["PNEUMONIA", "PNEUMONIA", "NORMAL"]
    listed = sum(at.predictor.calls)
    choose(at, STRICT)
    qtbot.waitUntil(lambda: at.presenter.facts.threshold == 0.7 and at.is_settled())

    assert decisions(at) == ["NORMAL", "PNEUMONIA", "NORMAL"]
    assert [item.analysis.prediction.probabilities for item in at.items() if item.analysis] == before
    assert {item.analysis.prediction.threshold_by for item in at.items() if item.analysis} == {
        "set here: threshold=0.7"
    }
    assert sum(at.predictor.calls) - listed <= 3  # the film on the screen and its neighbours get their maps again
    assert at.presenter.films.current.analysis.prediction.decision == "NORMAL"
    assert "set here" in at.window.statusBar().currentMessage()

    choose(at, None)
    qtbot.waitUntil(lambda: at.presenter.facts.point == FACTS.point and at.is_settled())
    assert decisions(at) == ["PNEUMONIA", "PNEUMONIA", "NORMAL"]


def test_the_choice_is_remembered_for_this_model(at: Desk, qtbot) -> None:
    choose(at, STRICT)
    qtbot.waitUntil(lambda: at.presenter.facts.threshold == 0.7)
    assert WindowSettings(at.settings.path).threshold_rule(FACTS) == STRICT


def test_a_late_score_of_the_earlier_threshold_is_decided_at_the_one_in_force(at: Desk, qtbot) -> None:
    choose(at, STRICT)
    qtbot.waitUntil(lambda: at.presenter.facts.threshold == 0.7 and at.is_settled())
    late = make_analysis(make_film("a.dcm"), probability=0.6)
    at.window.worklist_model.replace(replace(at.item(0), analysis=late))
    assert decisions(at)[0] == "NORMAL"


def test_while_the_queue_runs_the_threshold_stays(at: Desk, qtbot) -> None:
    at.loader.held = frozenset({"d.dcm"})
    at.open("d.dcm")
    qtbot.waitUntil(lambda: at.presenter.queue.is_running)
    at.window.actions_by_id["preferences"].trigger()
    assert not at.window.findChild(PreferencesDialog).threshold.aim.isEnabled()
    at.loader.release("d.dcm")
    qtbot.waitUntil(at.is_settled)
    assert at.presenter.facts.point == FACTS.point


def test_a_rule_looked_at_with_one_model_never_meets_another_one(at: Desk, qtbot) -> None:
    at.window.actions_by_id["preferences"].trigger()
    dialog = at.window.findChild(PreferencesDialog)
    dialog.threshold.aim.setCurrentIndex(dialog.threshold.aim.findData(Aim.VALUE))
    at.presenter.set_model(OTHER_FACTS)
    dialog._on_accepted()
    assert "not changed" in at.window.message_bar.sentence
    assert (at.predictor.point, at.presenter.facts) == (FACTS.point, OTHER_FACTS)


def test_preferences_left_as_they_are_leave_the_rule_of_a_model_that_came_meanwhile(at: Desk, qtbot) -> None:
    at.window.actions_by_id["preferences"].trigger()
    at.presenter.set_model(replace(FACTS, threshold=0.7, threshold_by="set here: threshold=0.7"))
    at.window.findChild(PreferencesDialog)._on_accepted()
    qtbot.waitUntil(at.is_settled)
    assert at.presenter.facts.threshold == 0.7


def test_a_rule_the_model_cannot_follow_leaves_the_threshold(at: Desk, qtbot) -> None:
    def refuse(rule):
        raise UserError("This model does not tell.")

    at.presenter.use(replace(at.backing(), decide_by=refuse))
    qtbot.waitUntil(lambda: at.presenter.facts is not None)
    choose(at, STRICT)
    qtbot.waitUntil(lambda: "does not tell" in at.window.message_bar.sentence)
    assert decisions(at) == ["PNEUMONIA", "PNEUMONIA", "NORMAL"]
    assert at.settings.threshold_rule(FACTS) is None
