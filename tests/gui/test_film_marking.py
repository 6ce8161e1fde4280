"""Two films side by side: each has its own marks, its own scale, and one mark is chosen at most."""

from dataclasses import replace
from pathlib import Path

import pytest
from helpers.fakes import make_film
from helpers.marks import click, on_screen
from helpers.mouse import LEFT, drag
from helpers.windows import Desk, desk
from PySide6.QtWidgets import QInputDialog

from radassist.domain.measurement import Mark, MarkKind, Point
from radassist.domain.radiograph import PixelSpacing, SpacingSource
from radassist.gui.measure.measure_presenter import MeasurePresenter

FIRST = make_film("one.dcm")
SECOND = replace(make_film("two.dcm"), spacing=PixelSpacing(0.5, 0.5, SpacingSource.AT_DETECTOR))
LINE = Mark(MarkKind.LENGTH, (Point(10, 20), Point(50, 50)))


@pytest.fixture
def at(qtbot, tmp_path: Path):
    with desk(tmp_path) as made:
        qtbot.addWidget(made.window)
        with qtbot.waitExposed(made.window):
            made.window.show()
        area = made.window.film_area
        area.set_two(True)
        area.first.set_radiograph(FIRST)
        area.second.set_radiograph(SECOND)
        yield made


@pytest.fixture
def measure(at: Desk) -> MeasurePresenter:
    (presenter,) = at.window.findChildren(MeasurePresenter)
    return presenter


def draw_on_second(at: Desk) -> None:
    view = at.window.film_area.second
    drag(view, LEFT, on_screen(view, 10, 20), on_screen(view, 50, 50))


def test_one_tool_draws_on_either_film_and_each_keeps_its_own(at: Desk, measure: MeasurePresenter) -> None:
    measure.first.add(LINE)
    measure.take("length")
    draw_on_second(at)
    (mark,) = measure.second.layer.marks
    assert measure.second.layer.lines(mark)[0].endswith("mm at detector")
    assert measure.first.layer.marks == (LINE,)
    assert measure.first.layer.lines(LINE) == ("50.0 pixels",)
    assert measure.first.hand.tool is None and measure.second.hand.tool is None


def test_each_view_says_its_own_scale(at: Desk, measure: MeasurePresenter) -> None:
    area = at.window.film_area
    assert (area.first.scale_words, area.second.scale_words) == ("Lengths in pixels", "0.5 mm/pixel at detector")


def test_choosing_a_mark_on_one_film_lets_go_of_the_other(at: Desk, measure: MeasurePresenter) -> None:
    for side in (measure.first, measure.second):
        side.add(LINE)
        click(side.view, on_screen(side.view, 30, 35))
    assert (measure.first.layer.chosen, measure.second.layer.chosen) == (None, 0)


def test_the_acts_work_on_the_film_touched_last(at: Desk, measure: MeasurePresenter) -> None:
    measure.first.add(LINE)
    measure.second.add(LINE)
    at.window.film_area._set_active(True)
    at.window.actions_by_id["delete_marks"].trigger()
    assert measure.first.layer.marks == (LINE,) and measure.second.layer.marks == ()


def test_words_for_a_film_that_is_gone_are_not_put_on_the_next(at: Desk, measure: MeasurePresenter) -> None:
    measure.take("text")
    click(measure.first.view, on_screen(measure.first.view, 30, 35))
    (dialog,) = at.window.findChildren(QInputDialog)
    measure.first.view.set_radiograph(SECOND)
    assert measure.first.layer.pending is None
    dialog.setTextValue("nodule")
    dialog.accept()
    assert measure.first.layer.marks == ()


def test_a_calibration_of_a_film_that_is_gone_is_not_put_on_the_next(at: Desk, measure: MeasurePresenter) -> None:
    measure.take("calibration")
    view = measure.first.view
    drag(view, LEFT, on_screen(view, 10, 20), on_screen(view, 50, 50))
    (dialog,) = at.window.findChildren(QInputDialog)
    view.set_radiograph(SECOND)
    dialog.setDoubleValue(33.0)
    dialog.accept()
    assert measure.first.layer.film_marks.by_hand is None
