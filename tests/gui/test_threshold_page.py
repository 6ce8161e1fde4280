"""The page on which the threshold in force is chosen."""

from dataclasses import replace

from helpers.fakes import FACTS, RECORD

from radassist.domain.threshold_rule import Aim, ThresholdRule
from radassist.gui.preferences.threshold_page import ThresholdPage

KNOWING = replace(FACTS, record=RECORD)


def words(page: ThresholdPage) -> str:
    return page.words.replace("\N{NO-BREAK SPACE}", " ")


def choose(page: ThresholdPage, aim: Aim | None, percent: float = 95.0) -> None:
    page.aim.setCurrentIndex(page.aim.findData(aim))
    page.number.setValue(percent)


def test_the_cards_own_threshold_is_what_there_is_at_first(qtbot) -> None:
    page = ThresholdPage(KNOWING)
    qtbot.addWidget(page)
    page.show()
    assert page.rule is None
    assert not page.number.isVisible()
    first, second = words(page).splitlines()
    assert first == "Films from 50.00 % upwards are suspected, unless the model leaves them undetermined."
    assert second.startswith("On the 8 films of its validation, as they are: sensitivity 75.0 %")


def test_a_target_is_told_as_the_threshold_and_what_it_comes_to(qtbot) -> None:
    page = ThresholdPage(KNOWING)
    qtbot.addWidget(page)
    choose(page, Aim.SENSITIVITY, 75)
    # Of 0.3, 0.6, 0.7 and 0.9 three are to be found: halfway between 0.4 and 0.6.
    assert page.rule == ThresholdRule(Aim.SENSITIVITY, 0.75)
    assert "Films from 50.00 % upwards" in words(page)
    assert "sensitivity 75.0 %" in words(page)
    choose(page, Aim.SPECIFICITY, 100)
    assert "Films from 67.50 % upwards" in words(page)
    assert "specificity 100.0 %" in words(page)


def test_without_a_past_a_threshold_can_be_typed_and_nothing_is_promised(qtbot) -> None:
    page = ThresholdPage(FACTS)
    qtbot.addWidget(page)
    assert [page.aim.itemData(row) for row in range(page.aim.count())] == [None, Aim.VALUE]
    choose(page, Aim.VALUE, 62.5)
    assert page.rule == ThresholdRule(Aim.VALUE, 0.625)
    assert words(page) == "Films from 62.50 % upwards are suspected, unless the model leaves them undetermined."


def test_the_rule_in_force_is_shown(qtbot) -> None:
    page = ThresholdPage(replace(KNOWING, threshold=0.3, threshold_by="set here: sensitivity=0.98", card_threshold=0.5))
    qtbot.addWidget(page)
    assert page.rule == ThresholdRule(Aim.SENSITIVITY, 0.98)
    choose(page, None)
    assert words(page).startswith("Films from 50.00 % upwards")


def test_nothing_can_be_chosen_without_a_model_or_while_something_hinders(qtbot) -> None:
    for page in (ThresholdPage(None), ThresholdPage(KNOWING, "The queue is running.")):
        qtbot.addWidget(page)
        assert not page.aim.isEnabled()
        assert page.rule is None
