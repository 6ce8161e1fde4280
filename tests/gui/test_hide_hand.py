"""Regions drawn on the film with box, lasso and brush."""

import pytest
from helpers.fakes import make_film
from helpers.mouse import LEFT, drag, hover, move, press, release
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtWidgets import QApplication

from radassist.domain.whatif import Box, Brush, Lasso
from radassist.gui.explain.hide_hand import LARGEST, SMALLEST, HideHand
from radassist.gui.explain.hide_shape import HideShape
from radassist.gui.film.image_view import FilmView
from radassist.gui.theme import load_theme


@pytest.fixture
def view(qtbot) -> FilmView:
    made = FilmView(load_theme("dark"))
    qtbot.addWidget(made)
    made.resize(400, 400)
    made.set_radiograph(make_film(size=(96, 64)))
    made.show()
    return made


def _place(view: FilmView, row: float, column: float) -> QPoint:
    return view.film_transform.map(QPointF(column, row)).toPoint()


def _drawn(view: FilmView, shape: HideShape, *places: tuple[float, float]) -> list[object]:
    """What the hand tells when it goes through `places` (row, column) of the film."""
    hand, found = HideHand(view), []
    hand.drawn.connect(found.append)
    hand.take(shape)
    press(view, LEFT, _place(view, *places[0]))
    for place in places:
        move(view, _place(view, *place))
    release(view, LEFT, _place(view, *places[-1]))
    return found


def test_a_box_is_told_in_film_pixels_and_leaves_the_window_alone(view: FilmView) -> None:
    window = view.shown_window
    (box,) = _drawn(view, HideShape.BOX, (10, 5), (50, 40))

    assert isinstance(box, Box)
    assert (box.top, box.left, box.bottom, box.right) == pytest.approx((10, 5, 50, 40), abs=0.3)
    assert view.shown_window == window


@pytest.mark.parametrize("turned", ["rotate", "flip", "zoom"])
def test_a_stroke_lies_on_the_same_film_pixels_however_the_film_is_shown(view: FilmView, turned: str) -> None:
    if turned == "rotate":
        view.set_orientation(view.orientation.rotated(1))
    elif turned == "flip":
        view.set_orientation(view.orientation.flipped_horizontally())
    else:
        view.zoom_by(2.5)
    (stroke,) = _drawn(view, HideShape.BRUSH, (40, 25), (50, 30), (55, 38))

    assert isinstance(stroke, Brush)
    assert stroke.radius == pytest.approx(0.04 * 96)
    assert stroke.points[0] == pytest.approx((40, 25), abs=0.3)
    assert stroke.points[-1] == pytest.approx((55, 38), abs=0.3)


def test_a_lasso_goes_round_all_places_of_the_hand(view: FilmView) -> None:
    (lasso,) = _drawn(view, HideShape.LASSO, (10, 10), (60, 12), (40, 50))

    assert isinstance(lasso, Lasso)
    assert [pytest.approx(place, abs=0.3) for place in lasso.points] == [(10, 10), (60, 12), (40, 50)]


def test_a_click_is_a_dot_of_the_brush_and_nothing_for_the_other_shapes(view: FilmView) -> None:
    assert len(_drawn(view, HideShape.BRUSH, (40, 30))) == 1
    assert not _drawn(view, HideShape.BOX, (40, 30))
    assert not _drawn(view, HideShape.LASSO, (40, 30))


def test_the_brush_grows_and_shrinks_within_its_limits(view: FilmView, qtbot) -> None:
    hand = HideHand(view)
    with qtbot.waitSignal(hand.changed):
        hand.set_share(0.1)
    assert hand.radius == pytest.approx(9.6)
    hand.set_share(5)
    assert hand.share == LARGEST
    hand.set_share(0)
    assert hand.share == SMALLEST


def test_the_brush_is_its_own_pointer_and_other_shapes_have_a_cross(view: FilmView) -> None:
    hand = HideHand(view)
    hand.take(HideShape.BRUSH)
    hover(view, _place(view, 40, 30))
    assert view.viewport().cursor().shape() is Qt.CursorShape.BlankCursor
    assert hand.pointer == pytest.approx((40, 30), abs=0.3)
    hand.take(HideShape.BOX)
    assert view.viewport().cursor().shape() is Qt.CursorShape.CrossCursor
    QApplication.sendEvent(view.viewport(), QEvent(QEvent.Type.Leave))
    assert hand.pointer is None


def test_what_lies_under_the_pointer_is_told_while_a_shape_is_in_the_hand(view: FilmView) -> None:
    HideHand(view).take(HideShape.BRUSH)
    told = []
    view.pointer_moved.connect(told.append)
    hover(view, _place(view, 40, 30))

    assert (told[-1].row, told[-1].column) == pytest.approx((40, 30), abs=1)


def test_what_is_being_drawn_is_dropped_first_and_then_the_shape(view: FilmView) -> None:
    hand = HideHand(view)
    hand.take(HideShape.BOX)
    press(view, LEFT, _place(view, 10, 10))
    move(view, _place(view, 50, 40))
    assert hand.stroke is not None
    hand.put_down()
    assert hand.stroke is None and hand.shape is HideShape.BOX
    hand.put_down()
    assert hand.shape is None


def test_a_hand_that_is_put_down_leaves_the_mouse_to_the_view(view: FilmView) -> None:
    hand, window = HideHand(view), view.shown_window
    hand.take(HideShape.LASSO)
    hand.take(None)
    drag(view, LEFT, _place(view, 10, 5), _place(view, 50, 40))

    assert view.shown_window != window
