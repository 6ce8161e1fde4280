import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF

from radassist.gui.film.orientation import Orientation
from radassist.gui.film.zoom_view import ZoomView

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def view(qtbot) -> ZoomView:
    view = ZoomView()
    qtbot.addWidget(view)
    view.resize(400, 300)
    with qtbot.waitExposed(view):
        view.show()
    view.set_content(QRectF(0, 0, 1000, 500))
    view.fit()
    return view


def on_screen(view: ZoomView) -> QRectF:
    """Where the content lies in the viewport."""
    return view.viewportTransform().mapRect(QRectF(0, 0, 1000, 500))


def view_size(view: ZoomView) -> tuple[int, int]:
    return view.viewport().width(), view.viewport().height()


def test_fit_shows_the_whole_content_in_the_middle(view: ZoomView) -> None:
    width, height = view_size(view)
    place = on_screen(view)
    assert place.width() == pytest.approx(width)
    assert place.left() == pytest.approx(0, abs=1)
    assert place.center().y() == pytest.approx(height / 2, abs=1)
    assert view.zoom == pytest.approx(width / 1000)


def test_a_fitted_view_stays_fitted_when_it_is_resized(view: ZoomView, qtbot) -> None:
    view.resize(200, 300)
    qtbot.waitUntil(lambda: view.zoom == pytest.approx(view_size(view)[0] / 1000))
    assert view.is_fitted


def test_a_zoomed_view_keeps_zoom_and_middle_when_it_is_resized(view: ZoomView, qtbot) -> None:
    view.zoom_by(6)
    view.pan_by(QPoint(-70, 40))
    before, zoom = view.scene_point(view.viewport().rect().center()), view.zoom
    width = view_size(view)[0]
    view.resize(600, 200)
    qtbot.waitUntil(lambda: view_size(view)[0] == width + 200)
    after = view.scene_point(view.viewport().rect().center())
    assert view.zoom == zoom
    assert (after - before).manhattanLength() < 2 / zoom


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
@pytest.mark.parametrize("anchor", [QPoint(200, 150), QPoint(120, 140), QPoint(333, 170)])
def test_zooming_keeps_the_point_under_the_cursor(view: ZoomView, anchor: QPoint, turns: int) -> None:
    view.set_orientation(Orientation(turns, mirrored=turns == 2))
    view.zoom_by(2.5)
    before = view.scene_point(anchor)
    for _ in range(5):
        view.zoom_by(1.25, anchor)
    assert (view.scene_point(anchor) - before).manhattanLength() <= 5 / view.zoom + 2


def test_one_to_one_is_one_unit_a_screen_pixel(view: ZoomView) -> None:
    view.actual_size()
    left, right = view.scene_point(QPoint(100, 50)), view.scene_point(QPoint(200, 50))
    assert view.zoom == 1
    assert right.x() - left.x() == pytest.approx(100 * view.devicePixelRatioF())


def test_zoom_has_limits_in_both_directions(view: ZoomView) -> None:
    fitted = view.zoom
    for _ in range(100):
        view.zoom_by(2)
    assert view.zoom == 64
    for _ in range(100):
        view.zoom_by(0.5)
    assert view.zoom == pytest.approx(fitted / 4)


@pytest.mark.parametrize("content", [QRectF(0, 0, 1, 1), QRectF(0, 0, 20_000, 20_000), QRectF(0, 0, 20_000, 1)])
def test_the_smallest_and_the_largest_contents_fit(view: ZoomView, content: QRectF) -> None:
    view.set_content(content)
    view.fit()
    shown = view.viewportTransform().mapRect(content)
    assert view.viewport().rect().toRectF().adjusted(-1, -1, 1, 1).contains(shown)
    view.zoom_by(1e9)
    assert view.zoom == 64
    middle = view.scene_point(view.viewport().rect().center())
    assert content.adjusted(-1, -1, 1, 1).contains(middle)


@pytest.mark.parametrize("turns", [0, 1])
def test_the_content_can_be_moved_until_its_edge_is_in_the_middle_and_no_further(view: ZoomView, turns: int) -> None:
    view.rotate(90 * turns)
    width, height = view_size(view)
    view.pan_by(QPoint(10_000, 10_000))
    corner = on_screen(view).topLeft()
    assert (corner.x(), corner.y()) == pytest.approx((width / 2, height / 2), abs=1.5)
    view.pan_by(QPoint(-20_000, -30_000))
    corner = on_screen(view).bottomRight()
    assert (corner.x(), corner.y()) == pytest.approx((width / 2, height / 2), abs=1.5)


def test_panning_moves_the_content_with_the_hand(view: ZoomView) -> None:
    view.actual_size()
    before = on_screen(view).topLeft()
    view.pan_by(QPoint(30, -20))
    assert on_screen(view).topLeft() - before == QPointF(30, -20)
    assert not view.is_fitted


def test_a_quarter_turn_fits_anew(view: ZoomView) -> None:
    width, height = view_size(view)
    view.rotate(90)
    assert view.zoom == pytest.approx(min(height / 1000, width / 500))
    view.rotate(-90)
    assert view.zoom == pytest.approx(width / 1000)


def test_turning_keeps_what_is_in_the_middle(view: ZoomView) -> None:
    view.zoom_by(8)
    view.pan_by(QPoint(60, 45))
    before = view.scene_point(view.viewport().rect().center())
    for change in (lambda: view.rotate(90), view.flip_horizontally, view.flip_vertically, lambda: view.rotate(-180)):
        change()
        after = view.scene_point(view.viewport().rect().center())
        assert (after - before).manhattanLength() <= 2 / view.zoom


def test_an_odd_angle_is_refused(view: ZoomView) -> None:
    with pytest.raises(ValueError, match="90"):
        view.rotate(45)


def test_zoom_changes_are_told_and_only_changes(view: ZoomView, qtbot) -> None:
    with qtbot.waitSignal(view.zoom_changed, check_params_cb=lambda zoom: zoom == view.zoom):
        view.zoom_by(2)
    with qtbot.assertNotEmitted(view.zoom_changed):
        view.flip_horizontally()


def test_an_empty_view_can_be_zoomed_and_moved_without_effect(view: ZoomView) -> None:
    view.set_content(QRectF())
    view.zoom_by(3)
    view.pan_by(QPoint(5, 5))
    view.rotate(90)
    view.set_orientation(Orientation())
    view.set_content(QRectF(0, 0, 1000, 500))
    view.fit()
    assert view.zoom == pytest.approx(view_size(view)[0] / 1000)


def test_a_view_without_any_room_survives(view: ZoomView) -> None:
    view.resize(0, 0)
    view.fit()
    view.rotate(90)
    view.zoom_by(2)
    view.resize(400, 300)
    view.fit()
    assert on_screen(view).height() == pytest.approx(view_size(view)[1])


DENSE_SCREEN = """
import sys
sys.path.insert(0, "tests")
import numpy as np
from PySide6.QtWidgets import QApplication
from helpers.pictures import film_of, grab
from radassist.gui.film.image_view import FilmView
from radassist.gui.theme import load_theme
from radassist.imaging import rendering
app = QApplication([])
film = film_of(np.random.default_rng(5).integers(0, 256, (500, 700), dtype=np.uint8))
view = FilmView(load_theme("dark"))
view.resize(500, 400)
view.show()
view.set_radiograph(film)
view.set_corner_texts_visible(False)
view.actual_size()
app.processEvents()
shown = grab(view)
assert view.devicePixelRatioF() == 2 and shown.shape == (800, 1000, 3), shown.shape
grey = rendering.to_grey8(film)
assert (shown[200:600, 200:800, 0] == grey[50:450, 50:650]).all()
view.fit()
assert view.zoom == 1000 / 700
"""


def test_on_a_dense_screen_one_to_one_is_one_film_pixel_a_device_pixel() -> None:
    environment = {"QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": "2", "PATH": "/usr/bin:/bin"}
    run = subprocess.run(
        [sys.executable, "-c", DENSE_SCREEN], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60
    )
    assert run.returncode == 0, run.stderr


def test_a_place_is_taken_over_by_a_view_of_another_rectangle(view: ZoomView, qtbot) -> None:
    other = ZoomView()
    qtbot.addWidget(other)
    other.resize(400, 300)
    with qtbot.waitExposed(other):
        other.show()
    other.set_content(QRectF(0, 0, 3000, 1500))
    view.rotate(90)
    view.zoom_by(5)
    view.pan_by(QPoint(40, -30))
    other.take_place(view.place)
    assert other.orientation == view.orientation and not other.is_fitted
    assert other.zoom == pytest.approx(view.zoom / 3)
    middle = view.viewport().rect().center()
    mine, theirs = view.scene_point(middle), other.scene_point(middle)
    assert (theirs.x() / 3, theirs.y() / 3) == pytest.approx((mine.x(), mine.y()), abs=1)
    view.fit()
    other.take_place(view.place)
    assert other.is_fitted


def test_a_view_of_nothing_has_no_place_and_takes_none(view: ZoomView) -> None:
    place = view.place
    view.set_content(QRectF())
    assert view.place is None
    view.take_place(place)
    assert view.place is None
