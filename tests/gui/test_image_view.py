from itertools import product
from math import floor
from pathlib import Path

import numpy as np
import pytest
from helpers.film_views import shown_view
from helpers.mouse import CTRL, RIGHT, double_click, drag, hover, move, wheel
from helpers.pictures import film_of, grab, smooth_film
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, QRect, Qt, QUrl
from PySide6.QtGui import QContextMenuEvent, QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QApplication

from radassist.domain.radiograph import ModalityTransform, Window
from radassist.domain.study import Identity
from radassist.gui.film.image_view import FilmView, PointerInfo
from radassist.gui.film.overlay import Overlay
from radassist.gui.theme import load_theme
from radassist.imaging import rendering

CENTER = QPoint(200, 150)


@pytest.fixture
def view(qtbot) -> FilmView:
    return shown_view(qtbot, size=(400, 300))


@pytest.fixture
def film_view(view: FilmView) -> FilmView:
    view.set_radiograph(smooth_film())
    return view


def pixel_under(view: FilmView, x: float, y: float) -> QPoint:
    """Viewport pixel that shows a scene point."""
    point = view.viewportTransform().map(QPointF(x, y))
    return QPoint(floor(point.x()), floor(point.y()))


def hot_cell(shape: tuple[int, int], cell: tuple[int, int], *, smooth: bool, film) -> Overlay:
    """A map without a colour but for one red cell."""
    rgba = np.zeros((*shape, 4), np.uint8)
    rgba[cell] = (255, 0, 0, 255)
    return Overlay(rgba, (film.height / shape[0], film.width / shape[1]), smooth=smooth)


def red_centre(view: FilmView) -> QPointF:
    """Film pixel (x, y) under the centre of what is red on the screen."""
    picture = grab(view).astype(float)
    red = np.clip(picture[..., 0] - picture[..., 1], 0, None)
    red[red < 60] = 0  # the warning plates are yellow
    y, x = np.mgrid[0 : red.shape[0], 0 : red.shape[1]] + 0.5
    inverse, _ = view.viewportTransform().inverted()
    point = inverse.map(QPointF((x * red).sum() / red.sum(), (y * red).sum() / red.sum()))
    return QPointF(point.x(), point.y() / view.radiograph.aspect)


LAYS = {
    "upright": lambda view: None,
    "flipped": FilmView.flip_horizontally,
    "upside down": FilmView.flip_vertically,
    "right": lambda view: view.rotate(90),
    "flipped and left": lambda view: (view.flip_horizontally(), view.rotate(-90)),
}


@pytest.mark.parametrize(("zoom", "lay", "smooth"), list(product((None, 0.7, 1.9), LAYS, (True, False))))
@pytest.mark.parametrize(("size", "aspect"), [((700, 900), 1.0), ((501, 333), 1.0), ((300, 620), 1.7)])
def test_a_hot_cell_lies_over_the_film_pixels_it_was_computed_from(
    view: FilmView, zoom: float | None, lay: str, smooth: bool, size: tuple[int, int], aspect: float
) -> None:
    film = film_of(np.zeros(size, np.uint8), aspect=aspect)
    view.set_radiograph(film)
    view.set_corner_texts_visible(False)
    shape, cell = (14, 14), (6, 7)
    view.set_overlay(hot_cell(shape, cell, smooth=smooth, film=film))
    view.set_overlay_opacity(1.0)
    LAYS[lay](view)
    expected = QPointF((cell[1] + 0.5) * size[1] / 14, (cell[0] + 0.5) * size[0] / 14)
    if zoom is not None:
        under = view.viewportTransform().map(QPointF(expected.x(), expected.y() * aspect)).toPoint()
        view.zoom_by(zoom / view.zoom, under)
    tolerance = 1.0 / view.zoom
    found = red_centre(view)
    assert found.x() == pytest.approx(expected.x(), abs=tolerance)
    assert found.y() == pytest.approx(expected.y(), abs=tolerance / aspect)


@pytest.mark.parametrize("smooth", [True, False])
def test_a_hot_cell_in_the_corner_stays_in_that_corner(view: FilmView, smooth: bool) -> None:
    film = film_of(np.zeros((700, 700), np.uint8))
    view.set_radiograph(film)
    view.set_corner_texts_visible(False)
    view.set_overlay(hot_cell((7, 7), (0, 0), smooth=smooth, film=film))
    view.set_overlay_opacity(1.0)
    picture = grab(view).astype(int)
    red = picture[..., 0] - picture[..., 2] > 100
    corner = view.viewportTransform().map(QPointF(0, 0)).toPoint()
    assert red[corner.y() + 1, corner.x() + 1]
    assert not red[:, : corner.x()].any()
    assert not red[red.shape[0] // 2 :].any()


def test_opacity_is_the_share_of_the_map_in_the_picture(view: FilmView) -> None:
    film = film_of(np.full((300, 400), 100, np.uint8))
    view.set_radiograph(film)
    view.set_overlay_opacity(0.25)
    view.set_overlay(Overlay(np.full((2, 2, 4), 255, np.uint8), (150, 200)))
    assert grab(view)[150, 200].tolist() == pytest.approx([0.75 * 100 + 0.25 * 255] * 3, abs=2)
    view.set_overlay_opacity(0.0)
    assert grab(view)[150, 200].tolist() == [100] * 3


def test_taking_the_map_away_leaves_the_film(film_view: FilmView) -> None:
    before = grab(film_view)
    film_view.set_overlay(hot_cell((7, 7), (3, 3), smooth=True, film=film_view.radiograph))
    assert (grab(film_view) != before).any()
    film_view.set_overlay(None)
    np.testing.assert_array_equal(grab(film_view), before)


def test_another_film_takes_nothing_over_from_the_one_before(film_view: FilmView) -> None:
    film_view.set_overlay(hot_cell((7, 7), (3, 3), smooth=False, film=film_view.radiograph))
    film_view.toggle_invert()
    film_view.flip_horizontally()
    film_view.rotate(90)
    film_view.zoom_by(5)
    film_view.set_window(Window(10, 20))
    following = smooth_film(200, 260, np.uint8)
    film_view.set_radiograph(following)
    shown = grab(film_view)

    film_view.clear()
    film_view.set_radiograph(following)
    np.testing.assert_array_equal(shown, grab(film_view))
    assert film_view.shown_window is following.windows[0]
    assert not film_view.is_inverted
    assert film_view.is_fitted


def test_a_map_that_comes_when_the_film_has_gone_is_not_shown(film_view: FilmView) -> None:
    overlay = hot_cell((7, 7), (3, 3), smooth=True, film=film_view.radiograph)
    film_view.clear()
    film_view.set_overlay(overlay)
    film = film_of(np.zeros((300, 400), np.uint8))
    film_view.set_radiograph(film)
    film_view.set_corner_texts_visible(False)
    assert grab(film_view)[2:250, 2:-2].max() == 0


def test_clear_leaves_a_message_and_nothing_of_the_film(film_view: FilmView) -> None:
    film_view.clear("Reading other.dcm …")
    assert film_view.radiograph is None
    assert film_view.shown_window is None
    assert film_view.accessibleDescription() == "Reading other.dcm …"
    message = grab(film_view)
    film_view.clear()
    assert film_view.accessibleDescription() == "Drop films or a folder here, or press Ctrl+O"
    assert (grab(film_view) != message).any()


def test_reset_undoes_everything(film_view: FilmView) -> None:
    fresh = grab(film_view)
    film_view.set_window(Window(100, 5_000))
    film_view.toggle_invert()
    film_view.flip_vertically()
    film_view.rotate(-90)
    film_view.zoom_by(3)
    assert (grab(film_view) != fresh).any()
    film_view.reset()
    np.testing.assert_array_equal(grab(film_view), fresh)


def test_invert_swaps_black_and_white_on_the_film(view: FilmView) -> None:
    view.set_radiograph(film_of(np.full((300, 400), 40, np.uint8)))
    view.toggle_invert()
    assert grab(view)[150, 200].tolist() == [215] * 3
    assert view.is_inverted
    view.toggle_invert()
    assert grab(view)[150, 200].tolist() == [40] * 3


@pytest.mark.parametrize("change", [FilmView.flip_horizontally, FilmView.toggle_invert, lambda view: view.rotate(180)])
def test_a_changed_film_carries_a_mark_even_without_corner_texts(view: FilmView, change) -> None:
    view.set_radiograph(film_of(np.full((300, 400), 128, np.uint8)))
    view.set_corner_texts_visible(False)
    plate = [int(load_theme("dark").warning[place : place + 2], 16) for place in (1, 3, 5)]
    strip = (slice(12, 40), slice(100, 300))
    assert not (grab(view)[strip] == plate).all(axis=-1).any()
    change(view)
    assert (grab(view)[strip] == plate).all(axis=-1).sum() > 500


def test_corner_texts_hide_as_a_group_and_the_research_line_stays(view: FilmView) -> None:
    identity = Identity(patient_name="DOE^JANE", study_date="20240517")
    view.set_radiograph(film_of(np.zeros((300, 400), np.uint8), identity=identity))
    shown = grab(view)
    assert shown[5:60, 5:140].max() > 150
    assert shown[5:60, 260:395].max() > 150
    view.set_corner_texts_visible(False)
    hidden = grab(view)
    assert not view.corner_texts_visible
    assert hidden[2:270, 2:-2].max() == 0
    assert hidden[275:, 60:340].max() > 150


def test_the_research_line_stands_below_an_empty_view_too(view: FilmView) -> None:
    assert grab(view)[275:, 60:340].max() > 150


def test_the_pointer_tells_the_pixel_and_its_values(view: FilmView) -> None:
    pixels = np.arange(300 * 400, dtype=np.uint16).reshape(300, 400)
    film = film_of(pixels, modality=ModalityTransform(slope=2.0, intercept=-10.0))
    view.set_radiograph(film)
    view.actual_size()
    view.flip_horizontally()
    told = []
    view.pointer_moved.connect(told.append)
    hover(view, pixel_under(view, 33.5, 22.5))
    assert told[-1] == PointerInfo(22, 33, rendering.value_at(film, 22, 33))
    assert told[-1].value.stored == 22 * 400 + 33
    assert told[-1].value.modality == 2 * (22 * 400 + 33) - 10


def test_every_corner_pixel_can_be_pointed_at_when_pixels_are_not_square(view: FilmView) -> None:
    film = film_of(np.arange(50 * 40, dtype=np.uint16).reshape(50, 40), aspect=2.5)
    view.set_radiograph(film)
    told = []
    view.pointer_moved.connect(told.append)
    for row, column in ((0, 0), (0, 39), (49, 0), (49, 39)):
        hover(view, pixel_under(view, column + 0.5, (row + 0.5) * 2.5))
        assert (told[-1].row, told[-1].column) == (row, column)


def test_off_the_film_and_off_the_view_the_pointer_tells_none(view: FilmView) -> None:
    view.set_radiograph(film_of(np.zeros((300, 100), np.uint8)))
    told = []
    view.pointer_moved.connect(told.append)
    hover(view, CENTER)
    assert told[-1] is not None
    move(view, QPoint(10, 150))
    assert told[-1] is None
    move(view, CENTER)
    assert told[-1] is not None
    QApplication.sendEvent(view, QEvent(QEvent.Type.Leave))
    assert told[-1] is None


def test_values_of_the_film_before_are_not_left_standing(film_view: FilmView) -> None:
    hover(film_view, CENTER)
    following = film_of(np.full((300, 400), 9, np.uint8))
    told = []
    film_view.pointer_moved.connect(told.append)
    film_view.set_radiograph(following)
    assert told[-1].value.stored == 9
    film_view.clear()
    assert told[-1] is None


def test_the_wheel_steps_through_films_when_several_are_open(film_view: FilmView, qtbot) -> None:
    film_view.several_open = True
    zoom = film_view.zoom
    with qtbot.waitSignal(film_view.step_requested, check_params_cb=lambda step: step == 1):
        wheel(film_view, -120, CENTER)
    with qtbot.waitSignal(film_view.step_requested, check_params_cb=lambda step: step == -2):
        wheel(film_view, 240, CENTER)
    assert film_view.zoom == zoom


def test_a_smooth_wheel_steps_once_a_notch(film_view: FilmView) -> None:
    film_view.several_open = True
    steps = []
    film_view.step_requested.connect(steps.append)
    for _ in range(16):
        wheel(film_view, -15, CENTER)
    assert steps == [1, 1]


@pytest.mark.parametrize(("several", "held"), [(False, Qt.KeyboardModifier.NoModifier), (True, CTRL), (False, CTRL)])
def test_the_wheel_zooms_at_the_cursor_otherwise(film_view: FilmView, qtbot, several: bool, held) -> None:
    film_view.several_open = several
    cursor = QPoint(130, 170)
    before, zoom = film_view.scene_point(cursor), film_view.zoom
    with qtbot.assertNotEmitted(film_view.step_requested):
        wheel(film_view, 120, cursor, held)
    assert film_view.zoom == pytest.approx(1.25 * zoom)
    assert (film_view.scene_point(cursor) - before).manhattanLength() <= 2 / zoom
    wheel(film_view, -120, cursor, held)
    assert film_view.zoom == pytest.approx(zoom)


def test_a_double_click_asks_for_the_whole_window(view: FilmView, qtbot) -> None:
    with qtbot.waitSignal(view.maximise_requested):
        double_click(view, QPoint(30, 40))


def test_a_region_of_the_viewport_is_found_on_the_film_however_it_lies(view: FilmView) -> None:
    film = film_of(np.zeros((120, 200), np.uint8), aspect=1.5)
    view.set_radiograph(film)
    for lay in LAYS.values():
        lay(view)
        corners = [view.viewportTransform().map(QPointF(x, y * 1.5)) for x, y in ((20, 30), (60, 80))]
        region = view.film_region(QRect(corners[0].toPoint(), corners[1].toPoint()).normalized())
        assert region is not None
        found = (region[0].start, region[0].stop, region[1].start, region[1].stop)
        assert found == pytest.approx((30, 80, 20, 60), abs=2)
        view.reset()
    assert view.film_region(QRect(0, 0, 400, 300)) == (slice(0, 120), slice(0, 200))
    assert view.film_region(QRect(-90, -90, 20, 20)) is None


def test_the_menu_key_asks_for_the_menu(film_view: FilmView, qtbot) -> None:
    with qtbot.waitSignal(film_view.menu_requested):
        event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, CENTER, film_view.mapToGlobal(CENTER))
        QApplication.sendEvent(film_view.viewport(), event)
    with qtbot.assertNotEmitted(film_view.menu_requested):
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, CENTER, film_view.mapToGlobal(CENTER))
        QApplication.sendEvent(film_view.viewport(), event)


@pytest.mark.parametrize("key", [Qt.Key.Key_Left, Qt.Key.Key_Down, Qt.Key.Key_PageDown, Qt.Key.Key_Escape])
def test_keys_are_left_to_the_window(film_view: FilmView, key: Qt.Key) -> None:
    film_view.zoom_by(4)
    before = film_view.scene_point(CENTER)
    event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(film_view, event)
    assert not event.isAccepted()
    assert film_view.scene_point(CENTER) == before


def drop_data(*urls: str) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl(url) for url in urls])
    return data


def test_dropped_files_and_folders_are_handed_on_as_copies(view: FilmView, qtbot, tmp_path: Path) -> None:
    data = drop_data(tmp_path.as_uri(), (tmp_path / "film é.dcm").as_uri())
    buttons, held = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(CENTER, Qt.DropAction.CopyAction | Qt.DropAction.MoveAction, data, buttons, held)
    calm = grab(view)
    view.dragEnterEvent(enter)
    assert enter.isAccepted()
    assert (grab(view) != calm).any()
    drop = QDropEvent(QPointF(CENTER), Qt.DropAction.MoveAction | Qt.DropAction.CopyAction, data, buttons, held)
    drop.setDropAction(Qt.DropAction.MoveAction)
    with qtbot.waitSignal(view.paths_dropped) as dropped:
        view.dropEvent(drop)
    assert dropped.args == [[tmp_path, tmp_path / "film é.dcm"]]
    assert drop.isAccepted()
    assert drop.dropAction() == Qt.DropAction.CopyAction
    np.testing.assert_array_equal(grab(view), calm)


def test_what_is_no_local_file_is_not_taken(view: FilmView) -> None:
    data = drop_data("https://example.org/film.dcm")
    buttons, held = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(CENTER, Qt.DropAction.CopyAction, data, buttons, held)
    view.dragEnterEvent(enter)
    assert not enter.isAccepted()


def test_the_view_is_named_and_can_have_the_keyboard(film_view: FilmView) -> None:
    assert film_view.accessibleName() == "Film"
    assert film_view.accessibleDescription() == "Film of 400 by 300 pixels"
    assert film_view.focusPolicy() == Qt.FocusPolicy.StrongFocus


@pytest.mark.parametrize("shape", [(1, 1), (1, 20_000), (20_000, 1)])
def test_films_of_extreme_shape_are_shown_and_handled(view: FilmView, shape: tuple[int, int]) -> None:
    view.set_radiograph(film_of(np.full(shape, 200, np.uint8)))
    view.set_overlay(hot_cell((7, 7), (3, 3), smooth=True, film=view.radiograph))
    view.flip_horizontally()
    view.rotate(90)
    grab(view)
    for change in (view.actual_size, lambda: view.zoom_by(1e6)):
        change()
        assert grab(view)[145:156, 195:206].max() > 0
    drag(view, RIGHT, CENTER, CENTER + QPoint(0, 140))
    view.reset()
    assert view.is_fitted
