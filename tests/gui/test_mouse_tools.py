"""Buttons and wheel do what was chosen for them."""

import pytest
from helpers.film_views import shown_view
from helpers.mouse import LEFT, RIGHT, drag, move, press, release, wheel
from helpers.pictures import smooth_film
from PySide6.QtCore import QPoint

from radassist.gui.film.image_view import FilmView
from radassist.gui.film.mouse_choice import Hold, MouseAct, MouseChoice

START = QPoint(200, 150)


@pytest.fixture
def view(qtbot) -> FilmView:
    return shown_view(qtbot, smooth_film(), size=(400, 300))


def test_buttons_can_be_given_other_tools(view: FilmView) -> None:
    view.mouse.choice = MouseChoice({Hold.LEFT: MouseAct.ZOOM, Hold.RIGHT: MouseAct.PAN})
    window, zoom = view.shown_window, view.zoom
    drag(view, LEFT, START, START - QPoint(0, 150))
    assert view.zoom == pytest.approx(2 * zoom)
    assert view.shown_window is window


def test_a_drag_steps_through_films_and_goes_on_when_the_next_one_comes(view: FilmView) -> None:
    view.mouse.choice = MouseChoice({Hold.RIGHT: MouseAct.FILMS})
    steps: list[int] = []
    view.step_requested.connect(steps.append)
    press(view, RIGHT, START)
    move(view, START + QPoint(0, 45))
    view.set_radiograph(smooth_film())
    move(view, START + QPoint(0, 85))
    move(view, START - QPoint(0, 45))
    release(view, RIGHT, START - QPoint(0, 45))
    assert steps == [1, 1, -3]


def test_a_drag_through_films_that_is_given_up_goes_back(view: FilmView) -> None:
    view.mouse.choice = MouseChoice({Hold.RIGHT: MouseAct.FILMS})
    steps: list[int] = []
    view.step_requested.connect(steps.append)
    press(view, RIGHT, START)
    move(view, START + QPoint(0, 85))
    view.mouse.cancel()
    assert sum(steps) == 0


def test_the_wheel_does_what_was_chosen_or_nothing(view: FilmView) -> None:
    steps: list[int] = []
    view.step_requested.connect(steps.append)
    view.several_open = True
    zoom = view.zoom
    view.mouse.choice = MouseChoice({Hold.WHEEL: MouseAct.NOTHING})
    wheel(view, -120, START)
    assert (steps, view.zoom) == ([], zoom)
    view.mouse.choice = MouseChoice({Hold.WHEEL: MouseAct.ZOOM})
    wheel(view, 120, START)
    assert steps == [] and view.zoom == pytest.approx(1.25 * zoom)
