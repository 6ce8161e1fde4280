"""What the left button does with a tool in the hand, on a mark, and everywhere else."""

import pytest
from helpers.film_views import shown_view
from helpers.marks import click, on_screen
from helpers.mouse import LEFT, MIDDLE, RIGHT, SHIFT, double_click, drag, move, press, release
from helpers.pictures import grab, smooth_film
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip

from radassist.domain.measurement import FilmMarks, Mark, MarkKind, Point
from radassist.domain.radiograph import PixelSpacing, SpacingSource
from radassist.gui.film.image_view import FilmView
from radassist.gui.measure.mark_book import MarkBook
from radassist.gui.measure.mark_hand import MarkHand
from radassist.gui.measure.mark_layer import MarkLayer
from radassist.gui.theme import load_theme

START, END = QPoint(150, 120), QPoint(250, 200)
LINE = Mark(MarkKind.LENGTH, (Point(100, 80), Point(220, 170)))


@pytest.fixture
def view(qtbot) -> FilmView:
    return shown_view(qtbot, smooth_film(spacing=PixelSpacing(0.2, 0.2, SpacingSource.AT_DETECTOR)))


@pytest.fixture
def layer(view: FilmView) -> MarkLayer:
    layer = MarkLayer(view, MarkBook(view), load_theme("dark"))
    view.layers.append(layer.paint)
    return layer


@pytest.fixture
def hand(view: FilmView, layer: MarkLayer) -> MarkHand:
    return MarkHand(view, layer)


def put(view: FilmView, layer: MarkLayer, mark: Mark = LINE) -> None:
    layer._book.put(layer.digest, FilmMarks((mark,)))
    grab(view)  # words have their place once they are painted


def test_without_a_tool_a_drag_sets_the_window(view: FilmView, hand: MarkHand) -> None:
    before = view.shown_window
    drag(view, LEFT, START, END)
    assert view.shown_window != before


def test_a_tool_draws_from_press_to_release_and_leaves_the_window_alone(
    view: FilmView, layer: MarkLayer, hand: MarkHand, qtbot
) -> None:
    before = view.shown_window
    hand.take(MarkKind.LENGTH)
    with qtbot.waitSignal(hand.drawn) as drawn:
        drag(view, LEFT, START, END)
    (mark,) = drawn.args
    assert [on_screen(view, point.x, point.y) for point in mark.points] == [START, END]
    assert view.shown_window == before and layer.draft is None


def test_two_clicks_draw_a_length_too(view: FilmView, hand: MarkHand, qtbot) -> None:
    hand.take(MarkKind.LENGTH)
    click(view, START)
    with qtbot.waitSignal(hand.drawn):
        click(view, END)


def test_a_double_click_ends_a_line_like_a_click(view: FilmView, hand: MarkHand, qtbot) -> None:
    hand.take(MarkKind.ANGLE)
    drag(view, LEFT, START, END)
    zoom = view.zoom
    with qtbot.waitSignal(hand.drawn):
        double_click(view, QPoint(150, 300))
    assert view.zoom == zoom


def test_the_other_buttons_work_while_a_tool_is_held(view: FilmView, hand: MarkHand) -> None:
    hand.take(MarkKind.LENGTH)
    zoom = view.zoom
    drag(view, RIGHT, START, START - QPoint(0, 60))
    assert view.zoom > zoom
    for button, held in ((MIDDLE, Qt.KeyboardModifier.NoModifier), (LEFT, SHIFT)):
        before = view.scene_point(START)
        drag(view, button, START, END, held)
        assert view.scene_point(START) != before
    assert hand.tool is MarkKind.LENGTH


def test_a_mark_is_dragged_as_a_whole_by_its_line(view: FilmView, layer: MarkLayer, hand: MarkHand, qtbot) -> None:
    put(view, layer)
    middle = on_screen(view, 160, 125)
    with qtbot.waitSignal(hand.moved) as moved:
        drag(view, LEFT, middle, middle + QPoint(20, 30))
    index, mark = moved.args
    shift = [(after.x - before.x, after.y - before.y) for before, after in zip(LINE.points, mark.points, strict=True)]
    assert index == 0 and layer.chosen == 0
    assert shift[0] == pytest.approx((20 / view.zoom, 30 / view.zoom)) == shift[1]


def test_a_grip_moves_its_own_end_only(view: FilmView, layer: MarkLayer, hand: MarkHand, qtbot) -> None:
    put(view, layer)
    end = on_screen(view, 220, 170)
    with qtbot.waitSignal(hand.moved) as moved:
        drag(view, LEFT, end, end + QPoint(10, -20))
    _, mark = moved.args
    assert mark.points[0] == LINE.points[0]
    assert mark.points[1].x == pytest.approx(220 + 10 / view.zoom)
    assert mark.points[1].y == pytest.approx(170 - 20 / view.zoom)


def test_while_it_is_dragged_the_mark_is_seen_where_the_hand_has_it(
    view: FilmView, layer: MarkLayer, hand: MarkHand
) -> None:
    put(view, layer)
    middle = on_screen(view, 160, 125)
    press(view, LEFT, middle)
    move(view, middle + QPoint(30, 0))
    assert layer.marks[0].points[0].x > LINE.points[0].x
    hand.put_down()
    assert layer.marks == (LINE,)
    release(view, LEFT, middle + QPoint(30, 0))
    assert layer.marks == (LINE,)


def test_a_click_chooses_a_mark_and_a_click_elsewhere_lets_go(view: FilmView, layer: MarkLayer, hand: MarkHand) -> None:
    put(view, layer)
    click(view, on_screen(view, 160, 125))
    assert layer.chosen == 0 and hand.is_busy
    click(view, on_screen(view, 30, 250))
    assert layer.chosen is None and not hand.is_busy


def test_a_right_click_chooses_the_mark_its_menu_is_about(
    view: FilmView, layer: MarkLayer, hand: MarkHand, qtbot
) -> None:
    put(view, layer)
    place = on_screen(view, 160, 125)
    press(view, RIGHT, place)
    with qtbot.waitSignal(view.menu_requested):
        release(view, RIGHT, place)
    assert layer.chosen == 0


def test_putting_down_drops_the_drawing_then_the_tool_then_the_choice(
    view: FilmView, layer: MarkLayer, hand: MarkHand
) -> None:
    put(view, layer)
    hand.choose(0)
    hand.put_down()
    assert layer.chosen is None
    hand.take(MarkKind.ANGLE)
    drag(view, LEFT, START, END)
    hand.put_down()
    assert layer.draft is None and hand.tool is MarkKind.ANGLE
    hand.put_down()
    assert hand.tool is None


def test_what_was_begun_on_one_film_never_ends_on_another(
    view: FilmView, layer: MarkLayer, hand: MarkHand, qtbot
) -> None:
    hand.take(MarkKind.LENGTH)
    click(view, START)
    film = smooth_film()
    object.__setattr__(film.facts, "sha256", "another")
    view.set_radiograph(film)
    with qtbot.assertNotEmitted(hand.drawn):
        click(view, END)
    assert len(layer.draft.points) == 2 and layer.draft.mark.points[0] == layer.film_point(END.toPointF())


def test_a_double_click_on_a_text_asks_for_its_words(view: FilmView, layer: MarkLayer, hand: MarkHand, qtbot) -> None:
    put(view, layer, Mark(MarkKind.TEXT, (Point(160, 125),), "here"))
    zoom = view.zoom
    with qtbot.waitSignal(hand.words_wanted):
        double_click(view, on_screen(view, 160, 125))
    assert view.zoom == zoom


def test_on_a_turned_film_the_lines_of_a_ratio_are_level_on_the_screen(view: FilmView, hand: MarkHand, qtbot) -> None:
    view.rotate(90)
    hand.take(MarkKind.RATIO)
    with qtbot.waitSignal(hand.drawn) as drawn:
        drag(view, LEFT, START, END)
        drag(view, LEFT, START + QPoint(0, 60), END + QPoint(20, 40))
    places = [on_screen(view, point.x, point.y) for point in drawn.args[0].points]
    assert places[0].y() == places[1].y() and places[2].y() == places[3].y()


def test_the_pointer_shows_what_a_press_would_do(view: FilmView, layer: MarkLayer, hand: MarkHand) -> None:
    put(view, layer)
    shapes = []
    for place in (on_screen(view, 220, 170), on_screen(view, 160, 125), on_screen(view, 30, 250)):
        move(view, place)
        shapes.append(view.viewport().cursor().shape())
    shape = Qt.CursorShape
    assert shapes == [shape.PointingHandCursor, shape.SizeAllCursor, shape.ArrowCursor]
    hand.take(MarkKind.LENGTH)
    assert view.viewport().cursor().shape() == shape.CrossCursor


def test_a_mark_explains_where_its_millimetres_come_from(
    view: FilmView, layer: MarkLayer, hand: MarkHand, qtbot
) -> None:
    put(view, layer)
    place = on_screen(view, 160, 125)
    help_event = QHelpEvent(QHelpEvent.Type.ToolTip, place, view.viewport().mapToGlobal(place))
    QApplication.sendEvent(view.viewport(), help_event)
    assert "Imager Pixel Spacing (0018,1164)" in QToolTip.text()
    QToolTip.hideText()


def test_without_a_film_the_hand_does_nothing(view: FilmView, hand: MarkHand) -> None:
    hand.take(MarkKind.LENGTH)
    view.clear()
    drag(view, LEFT, START, END)
    assert hand.tool is MarkKind.LENGTH
