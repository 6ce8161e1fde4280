"""The film twice, by one key: under two blocks or two models, linked, and gone by Esc."""

from dataclasses import replace

import pytest
from helpers.twins import TwinDesk
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from radassist.domain.radiograph import Window


def test_one_key_hangs_the_film_twice_under_two_blocks_and_escape_takes_it_away(twins: TwinDesk, qtbot: QtBot) -> None:
    twins.show_blocks()
    assert twins.second.radiograph is twins.at.window.film.radiograph
    assert twins.at.window.film.has_overlay and twins.second.has_overlay
    qtbot.keyClick(twins.at.window, Qt.Key.Key_Escape)
    assert not twins.at.window.film_area.is_two and twins.sides.right.isHidden()
    assert not twins.checked("two_blocks")


def test_zoom_and_window_are_those_of_one_film(twins: TwinDesk) -> None:
    twins.show_blocks()
    twins.at.window.film.zoom_by(3)
    assert twins.second.zoom == pytest.approx(twins.at.window.film.zoom, rel=0.02)  # the views differ by a pixel or two
    twins.second.set_window(Window(90, 70))
    assert twins.at.window.film.shown_window == Window(90, 70)


def test_keys_step_through_the_blocks_of_either_side(twins: TwinDesk) -> None:
    twins.show_blocks()
    twins.at.window.actions_by_id["next_right_block"].trigger()
    assert twins.second.overlay_words.startswith("block1")
    twins.at.window.actions_by_id["previous_right_block"].trigger()
    twins.at.window.actions_by_id["next_block"].trigger()
    assert twins.second.overlay_words.startswith("block2")
    assert twins.at.window.film.overlay_words.startswith("block2")


def test_one_key_hangs_another_model_beside_and_the_same_key_takes_it_away(twins: TwinDesk) -> None:
    twins.show_models()
    assert twins.checked("two_models") and not twins.checked("two_blocks")
    assert twins.at.window._docks[1].windowTitle() == "Findings and blocks · left: fake"
    assert twins.at.settings.text("beside/second_model", "") == "other"
    twins.at.window.actions_by_id["two_models"].trigger()
    assert not twins.at.window.film_area.is_two and twins.sides.opinion.model == ""


def test_the_right_side_follows_the_list(twins: TwinDesk) -> None:
    twins.show_models()
    twins.at.window.worklist.step(1)
    twins.wait(lambda: twins.strips()[1].title == "other · b.dcm" and "38" in twins.strips()[1].answer)
    assert twins.second.radiograph is twins.at.window.film.radiograph


def test_loading_is_shown_and_can_be_given_up(twins: TwinDesk) -> None:
    twins.may_load.clear()
    twins.at.window.actions_by_id["two_models"].trigger()
    twins.wait(twins.sides.right.busy.isVisible)
    assert twins.strips()[1].answer == "Loading …" and twins.sides.right.words == "Loading other …"
    twins.sides.right.busy.cancel.click()
    twins.may_load.set()
    assert twins.sides.opinion.model == "" and twins.strips()[1].title == "fake · a.dcm"
    assert not twins.sides.right.busy.isVisible() and twins.checked("two_blocks")


def test_a_model_that_cannot_be_loaded_says_why(twins: TwinDesk) -> None:
    twins.is_gone = True
    twins.at.window.actions_by_id["two_models"].trigger()
    twins.wait(lambda: "no model other" in twins.message())
    assert twins.sides.opinion.model == ""


def test_without_another_model_it_says_so(twins: TwinDesk) -> None:
    twins.sheets = twins.sheets[:1]
    twins.at.window.actions_by_id["two_models"].trigger()
    twins.wait(lambda: "no other model" in twins.at.window.statusBar().currentMessage())
    assert not twins.at.window.film_area.is_two


def test_another_film_beside_takes_the_place_of_the_second_model(twins: TwinDesk) -> None:
    twins.show_models()
    twins.at.window.actions_by_id["hold_beside"].trigger()
    assert twins.at.window.film_area.is_two and twins.sides.right.isHidden()
    assert twins.sides.opinion.model == "" and not twins.checked("two_models")


def test_emptying_the_list_closes_both(twins: TwinDesk) -> None:
    twins.show_blocks()
    twins.at.presenter.close_all()
    assert not twins.at.window.film_area.is_two


def test_the_findings_always_name_the_model_that_answers_now(twins: TwinDesk) -> None:
    twins.show_models()
    dock = twins.at.window._docks[1]
    for model, words in (("third", "left: third"), ("other", "left view")):
        twins.at.presenter.set_model(replace(twins.predictor.facts, model=model))
        twins.at.presenter.films.shown.emit()
        assert dock.windowTitle() == f"Findings and blocks · {words}"
    assert twins.sides.opinion.model == ""
