"""Another model answers: for every film, and nothing of the earlier one stays on the screen."""

import threading
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Event

import pytest
from helpers.explanations import FakeExplainer
from helpers.fakes import FACTS, FakePredictor, make_analysis, make_film
from helpers.windows import Desk, desk
from PySide6.QtWidgets import QLabel

from radassist.domain.errors import ModelUnavailable
from radassist.domain.model_sheet import ModelSheet
from radassist.domain.threshold_rule import Aim, ThresholdRule
from radassist.domain.worklist import ItemState
from radassist.gui.models.model_presenter import ModelPresenter
from radassist.gui.models.models_dialog import ModelsDialog
from radassist.gui.preferences.threshold_presenter import ThresholdPresenter

OTHER = replace(FACTS, model="other", title="Other model")


@pytest.fixture
def at(qtbot, tmp_path: Path):
    with desk(tmp_path, predictor=FakePredictor()) as made:
        qtbot.addWidget(made.window)
        yield made


def _open_two(at: Desk, qtbot, change_model) -> None:
    sheets = (ModelSheet("fake", "Fake model", ()), ModelSheet("other", "Other model", ()))
    begin = partial(partial, change_model)
    at.presenter.use(replace(at.backing(), sheets=lambda: sheets, change_model=begin))
    at.open("a.dcm", "b.dcm")
    qtbot.waitUntil(lambda: [item.state for item in at.items()] == [ItemState.SCORED] * 2 and at.is_settled())


def _choose_other(at: Desk, qtbot) -> None:
    at.window.actions_by_id["models"].trigger()
    qtbot.waitUntil(lambda: at.window.findChild(ModelsDialog) is not None)
    dialog = at.window.findChild(ModelsDialog)
    dialog.list.setCurrentRow(1)
    dialog.use_button.click()


def test_every_film_is_answered_anew_by_the_model_that_was_chosen(at: Desk, qtbot) -> None:
    def change(model: str, device: str):
        assert (model, device) == ("other", "auto")
        for name in ("a.dcm", "b.dcm"):
            film = make_film(name)
            at.predictor.answers = {**at.predictor.answers, film.facts.sha256: make_analysis(film, probability=0.875)}
        return OTHER

    _open_two(at, qtbot, change)
    _choose_other(at, qtbot)
    qtbot.waitUntil(lambda: at.presenter.facts is OTHER and at.is_settled())
    qtbot.waitUntil(lambda: all(item.state is ItemState.SCORED for item in at.items()))

    assert [item.analysis.prediction.probabilities[1] for item in at.items() if item.analysis] == [0.875, 0.875]
    assert at.presenter.films.current.analysis.prediction.probabilities[1] == 0.875
    assert at.settings.model == "other"


def test_work_is_seen_at_once_while_a_model_is_loaded_and_its_name_stands_by_its_answer(at: Desk, qtbot) -> None:
    gate = Event()
    _open_two(at, qtbot, lambda model, device: gate.wait(60) and OTHER)
    assert "Fake model" in _seen(at)
    _choose_other(at, qtbot)
    assert "Loading the model other …" in _seen(at)
    gate.set()
    qtbot.waitUntil(lambda: at.presenter.facts is OTHER and at.is_settled())
    qtbot.waitUntil(lambda: "Other model" in _seen(at))


def _seen(at: Desk) -> list[str]:
    labels = at.window.findings.findChildren(QLabel)
    return [label.text() for label in labels if label.isVisibleTo(at.window.findings)]


def test_a_model_that_cannot_be_loaded_leaves_the_earlier_one(at: Desk, qtbot) -> None:
    def change(model: str, device: str):
        raise ModelUnavailable("The weights of model other are not those of its card.")

    _open_two(at, qtbot, change)
    before = [item.analysis for item in at.items()]
    _choose_other(at, qtbot)
    qtbot.waitUntil(lambda: "weights" in at.window.message_bar.sentence)

    assert at.presenter.facts is FACTS and at.settings.model == ""
    assert [item.analysis for item in at.items()] == before
    assert "Fake model" in _seen(at)


def test_while_the_queue_runs_no_model_is_changed(at: Desk, qtbot) -> None:
    asked = []
    _open_two(at, qtbot, lambda model, device: asked.append(model) or OTHER)
    at.loader.held = frozenset({"c.dcm"})
    at.open("c.dcm")
    qtbot.waitUntil(lambda: at.presenter.queue.is_running)
    _choose_other(at, qtbot)

    assert asked == []
    dialog = at.window.findChild(ModelsDialog)
    assert "queue is running" in dialog.hint.text()
    at.loader.release("c.dcm")
    qtbot.waitUntil(at.is_settled)


def test_the_receptive_field_of_a_layer_is_drawn_where_the_pointer_is(at: Desk, qtbot) -> None:
    sheets = (ModelSheet("fake", "Fake model", ()),)
    facts = FakeExplainer().network_facts()
    at.presenter.use(replace(at.backing(), sheets=lambda: sheets, read_network=lambda model: facts))
    at.open("a.dcm")
    qtbot.waitUntil(lambda: at.presenter.facts is not None and at.is_settled() and len(at.items()) == 1)
    at.window.actions_by_id["models"].trigger()
    qtbot.waitUntil(lambda: at.window.findChild(ModelsDialog) is not None)
    dialog = at.window.findChild(ModelsDialog)
    dialog.tabs.setCurrentWidget(dialog.network)
    qtbot.waitUntil(lambda: dialog.network.facts is facts)
    dialog.network.table.selectRow(0)
    dialog.network.field_button.click()
    assert at.window.actions_by_id["receptive_field"].isChecked()
    assert at.window.blocks.state().block == "block1"
    assert "block1" in at.window.statusBar().currentMessage()


def test_a_network_read_for_a_dialog_that_is_closed_goes_nowhere(at: Desk, qtbot) -> None:
    may_end = threading.Event()

    def read(model: str):
        may_end.wait(60)
        raise ModelUnavailable("Gone.")

    at.presenter.use(replace(at.backing(), sheets=lambda: (ModelSheet("fake", "F", ()),), read_network=read))
    at.window.actions_by_id["models"].trigger()
    qtbot.waitUntil(lambda: at.window.findChild(ModelsDialog) is not None)
    dialog = at.window.findChild(ModelsDialog)
    dialog.tabs.setCurrentWidget(dialog.network)
    dialog.reject()
    qtbot.waitUntil(lambda: at.window.findChild(ModelsDialog) is None)
    may_end.set()
    qtbot.waitUntil(at.is_idle)
    assert at.window.message_bar.sentence == ""


def test_nothing_else_is_chosen_of_a_model_while_another_one_is_loaded(at: Desk, qtbot) -> None:
    gate, wanted = Event(), []

    def change(model: str, device: str):
        wanted.append(model)
        gate.wait(60)
        return OTHER

    _open_two(at, qtbot, change)
    _choose_other(at, qtbot)
    at.window.findChild(ModelPresenter).change("fake", "auto")
    assert "Another model is being loaded" in at.window.message_bar.sentence
    at.window.findChild(ThresholdPresenter).use(ThresholdRule(Aim.VALUE, 0.7), FACTS)
    assert "its threshold" in at.window.message_bar.sentence
    gate.set()
    qtbot.waitUntil(lambda: at.presenter.facts is OTHER and at.is_settled() and not at.presenter.is_changing_model)
    assert wanted == ["other"] and at.window.findChild(ThresholdPresenter).hindrance == ""


def test_no_other_model_is_chosen_before_a_threshold_that_is_being_set_is_in_force(at: Desk, qtbot) -> None:
    gate, wanted = Event(), []
    _open_two(at, qtbot, lambda model, device: wanted.append(model) or OTHER)
    decide_by = at.predictor.decide_by  # the real one may wait behind a film that is being scored
    at.presenter.use(replace(at.presenter.backing, decide_by=lambda rule: gate.wait(60) and decide_by(rule)))
    qtbot.waitUntil(at.is_settled)
    thresholds = at.window.findChild(ThresholdPresenter)
    thresholds.use(ThresholdRule(Aim.VALUE, 0.7), FACTS)

    at.window.findChild(ModelPresenter).change("other", "auto")
    assert (wanted, "threshold is being set" in at.window.message_bar.sentence) == ([], True)
    thresholds.use(None, replace(FACTS, threshold_by="set here: threshold=0.3"))
    assert "choose again" in at.window.message_bar.sentence
    gate.set()
    qtbot.waitUntil(lambda: at.presenter.facts.threshold == 0.7 and not at.presenter.is_setting_threshold)
    at.window.findChild(ModelPresenter).change("other", "auto")
    qtbot.waitUntil(lambda: at.presenter.facts is OTHER and at.is_settled())
    assert wanted == ["other"]


def test_the_card_of_the_model_in_use_tells_of_another_threshold_in_force(at: Desk, qtbot) -> None:
    _open_two(at, qtbot, lambda model, device: OTHER)
    at.presenter.set_model(replace(FACTS, threshold=0.7, threshold_by="set here: threshold=0.7", card_threshold=0.5))
    at.window.actions_by_id["models"].trigger()
    qtbot.waitUntil(lambda: at.window.findChild(ModelsDialog) is not None)
    dialog = at.window.findChild(ModelsDialog)
    assert "The threshold in force is 70.00" in dialog.page.toPlainText()
    dialog.list.setCurrentRow(1)
    assert "in force" not in dialog.page.toPlainText()
