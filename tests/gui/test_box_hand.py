"""A box drawn on the film."""

import pytest
from helpers.fakes import make_film
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from radassist.gui.explain.box_hand import BoxHand
from radassist.gui.film.image_view import FilmView
from radassist.gui.theme import load_theme

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def view(qtbot) -> FilmView:
    made = FilmView(load_theme("dark"))
    qtbot.addWidget(made)
    made.resize(400, 400)
    made.set_radiograph(make_film(size=(96, 64)))
    made.show()
    return made


def _drag(view: FilmView, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Between two places (row, column) of the film."""
    places = [view.film_transform.map(QPoint(column, row)) for row, column in (start, end)]
    QTest.mousePress(view.viewport(), LEFT, pos=places[0])
    QTest.mouseMove(view.viewport(), places[1])
    QTest.mouseRelease(view.viewport(), LEFT, pos=places[1])


def test_a_box_is_told_in_film_pixels_and_the_hand_is_put_down(view: FilmView) -> None:
    hand, window, boxes = BoxHand(view), view.shown_window, []
    hand.drawn.connect(boxes.append)
    hand.take(True)
    _drag(view, (10, 5), (50, 40))

    box = boxes[0]
    assert (box.top, box.left, box.bottom, box.right) == pytest.approx((10, 5, 50, 40), abs=1.1)
    assert view.shown_window == window
    _drag(view, (10, 5), (50, 40))
    assert len(boxes) == 1


def test_a_click_is_no_box(view: FilmView, qtbot) -> None:
    hand = BoxHand(view)
    hand.take(True)
    with qtbot.assertNotEmitted(hand.drawn):
        _drag(view, (10, 5), (10, 5))


def test_a_hand_that_is_put_down_leaves_the_mouse_to_the_view(view: FilmView, qtbot) -> None:
    hand, window = BoxHand(view), view.shown_window
    hand.take(True)
    with qtbot.waitSignal(hand.put_down):
        hand.take(False)
    _drag(view, (10, 5), (50, 40))

    assert view.shown_window != window
