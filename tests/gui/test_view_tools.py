import numpy as np
import pytest
from helpers.film_views import shown_view
from helpers.mouse import CTRL, LEFT, MIDDLE, NONE, RIGHT, SHIFT, double_click, drag, move, press, release
from helpers.pictures import film_of, grab, smooth_film
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QRubberBand

from radassist.domain.radiograph import LookupTable, VoiFunction, Window
from radassist.gui.film.image_view import FilmView
from radassist.gui.film.mouse_choice import Hold, MouseAct, MouseChoice
from radassist.imaging import rendering

START = QPoint(200, 150)


@pytest.fixture
def view(qtbot) -> FilmView:
    return shown_view(qtbot, smooth_film(), size=(400, 300))


def test_dragging_right_widens_and_down_raises_the_level(view: FilmView) -> None:
    before = view.shown_window
    drag(view, LEFT, START, START + QPoint(50, 30))
    assert view.shown_window.width > before.width
    assert view.shown_window.center > before.center


def test_dragging_left_and_up_does_the_opposite(view: FilmView) -> None:
    before = view.shown_window
    drag(view, LEFT, START, START + QPoint(-50, -30))
    assert view.shown_window.width < before.width
    assert view.shown_window.center < before.center


def test_horizontal_and_vertical_do_not_mix(view: FilmView) -> None:
    before = view.shown_window
    drag(view, LEFT, START, START + QPoint(50, 0))
    assert view.shown_window.center == before.center
    between = view.shown_window
    drag(view, LEFT, START, START + QPoint(0, 50))
    assert view.shown_window.width == between.width


def test_a_hand_sweeps_the_range_of_any_film_over_the_same_way(view: FilmView) -> None:
    shares = []
    for dtype in (np.uint8, np.uint16):
        film = smooth_film(dtype=dtype)
        view.set_radiograph(film)
        before = view.shown_window
        drag(view, LEFT, START, START + QPoint(0, 100))
        shares.append((view.shown_window.center - before.center) / rendering.full_range(film).width)
    assert shares == pytest.approx([0.2, 0.2], rel=0.01)


def test_one_stray_pixel_does_not_make_the_drag_jumpy(view: FilmView) -> None:
    pixels = smooth_film().pixels // 16
    pixels[0, 0] = 65_535
    view.set_radiograph(film_of(pixels, windows=(Window(2048, 4096),)))
    drag(view, LEFT, START, START + QPoint(0, 10))
    assert view.shown_window.center - 2048 < 400


def test_the_width_never_falls_below_one_and_the_level_stays_near_the_values(view: FilmView) -> None:
    press(view, LEFT, START)
    move(view, QPoint(-100_000, -100_000))
    assert view.shown_window.width == 1
    low = view.shown_window.center
    move(view, QPoint(100_000, 100_000))
    release(view, LEFT, START + QPoint(200, 100))
    extent = rendering.full_range(view.radiograph)
    assert low >= extent.center - extent.width - 1
    assert view.shown_window.width <= 4 * extent.width


@pytest.mark.parametrize(
    "window",
    [
        LookupTable(0, (65_535 / (1 + np.exp(-(np.arange(65_536) - 30_000) / 6_000))).astype(np.uint16), 16),
        Window(30_000, 20_000, VoiFunction.SIGMOID),
        Window(30_000, 40_000, VoiFunction.LINEAR_EXACT),
    ],
    ids=["table", "sigmoid", "exact"],
)
def test_a_drag_starts_from_the_equivalent_linear_window_and_does_not_jump(view: FilmView, window) -> None:
    view.set_radiograph(smooth_film(windows=(window,)))
    view.set_corner_texts_visible(False)
    before = grab(view).astype(int)
    drag(view, LEFT, START, START + QPoint(4, 0))
    assert isinstance(view.shown_window, Window)
    assert view.shown_window.function is VoiFunction.LINEAR
    assert np.abs(grab(view).astype(int) - before).mean() < 12
    equivalent = rendering.linear_equivalent(view.radiograph, window)
    assert view.shown_window.center == equivalent.center
    assert view.shown_window.width == pytest.approx(equivalent.width, rel=0.05)


def test_a_click_that_trembles_leaves_the_window_as_the_file_has_it(view: FilmView) -> None:
    default = view.shown_window
    drag(view, LEFT, START, START + QPoint(2, 1))
    assert view.shown_window is default


def test_after_the_drag_the_film_is_shown_at_full_resolution(view: FilmView) -> None:
    view.set_radiograph(film_of(np.random.default_rng(6).integers(0, 2**16, (600, 800), dtype=np.uint16)))
    view.set_corner_texts_visible(False)
    drag(view, LEFT, START, START + QPoint(-90, 40))
    dragged = grab(view)
    view.set_window(view.shown_window)
    np.testing.assert_array_equal(dragged, grab(view))


def test_every_step_of_a_drag_is_told(view: FilmView, qtbot) -> None:
    press(view, LEFT, START)
    with qtbot.waitSignal(view.window_changed, check_params_cb=lambda window: window == view.shown_window):
        move(view, START + QPoint(30, 0))
    release(view, LEFT, START + QPoint(30, 0))


def test_escape_gives_back_the_window_of_the_press(view: FilmView) -> None:
    table = LookupTable(0, np.arange(65536, dtype=np.uint16), 16)
    view.set_window(table)
    press(view, LEFT, START)
    move(view, START + QPoint(80, 80))
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert view.shown_window is table
    move(view, START + QPoint(90, 90))
    release(view, LEFT, START + QPoint(90, 90))
    assert view.shown_window is table


def test_another_film_in_the_middle_of_a_drag_keeps_its_own_window(view: FilmView) -> None:
    press(view, LEFT, START)
    move(view, START + QPoint(80, 80))
    film = smooth_film(100, 100, np.uint8)
    view.set_radiograph(film)
    move(view, START + QPoint(120, 100))
    release(view, LEFT, START + QPoint(120, 100))
    assert view.shown_window is film.windows[0]


@pytest.mark.parametrize(("button", "held"), [(MIDDLE, NONE), (LEFT, SHIFT)])
def test_middle_drag_and_shift_drag_carry_the_film_along(view: FilmView, button, held) -> None:
    view.zoom_by(3)
    under_hand = view.scene_point(START)
    window = view.shown_window
    drag(view, button, START, START + QPoint(40, -25), held)
    assert (view.scene_point(START + QPoint(40, -25)) - under_hand).manhattanLength() < 1e-6
    assert view.shown_window is window


def test_right_drag_up_enlarges_about_the_point_of_the_press(view: FilmView, qtbot) -> None:
    zoom, under_hand = view.zoom, view.scene_point(START)
    with qtbot.assertNotEmitted(view.menu_requested):
        drag(view, RIGHT, START, START - QPoint(0, 150))
    assert view.zoom == pytest.approx(2 * zoom)
    assert (view.scene_point(START) - under_hand).manhattanLength() <= 3 / zoom


def test_right_drag_down_makes_smaller(view: FilmView) -> None:
    view.zoom_by(4)
    zoom = view.zoom
    drag(view, RIGHT, START, START + QPoint(0, 75))
    assert view.zoom < zoom


def test_a_second_right_drag_soon_after_the_first_zooms_too(view: FilmView) -> None:
    zoom = view.zoom
    press(view, RIGHT, START)
    release(view, RIGHT, START)
    QTest.mouseDClick(view.viewport(), RIGHT, NONE, START)
    assert view.zoom == zoom
    QTest.mousePress(view.viewport(), RIGHT, NONE, START)
    move(view, START - QPoint(0, 75))
    release(view, RIGHT, START - QPoint(0, 75))
    assert view.zoom > zoom


def test_a_right_click_asks_for_the_menu_at_the_pointer(view: FilmView, qtbot) -> None:
    with qtbot.waitSignal(view.menu_requested) as asked:
        press(view, RIGHT, START)
        release(view, RIGHT, START)
    assert asked.args == [view.viewport().mapToGlobal(START)]


def test_a_second_button_does_not_disturb_a_drag(view: FilmView) -> None:
    press(view, LEFT, START)
    move(view, START + QPoint(50, 0))
    window = view.shown_window
    press(view, RIGHT, START + QPoint(50, 0))
    release(view, RIGHT, START + QPoint(50, 0))
    assert view.mouse.is_dragging
    release(view, LEFT, START + QPoint(50, 0))
    assert view.shown_window == window
    assert not view.mouse.is_dragging


def test_control_drag_takes_the_window_from_the_region(view: FilmView) -> None:
    pixels = np.zeros((300, 400), np.uint16)
    pixels[100:200, 150:250] = np.random.default_rng(7).integers(5_000, 9_000, (100, 100))
    view.set_radiograph(film_of(pixels))
    view.actual_size()
    corner = view.viewportTransform().map(QPoint(160, 110))
    drag(view, LEFT, corner, corner + QPoint(49, 59), CTRL)
    region = pixels[110:170, 160:210].astype(int)
    taken = view.shown_window
    # PS3.3 C.11.2.1.2.1: the lowest value is the first that is black, the highest the first that is white.
    assert taken.center - 0.5 - (taken.width - 1) / 2 == region.min()
    assert taken.center - 0.5 + (taken.width - 1) / 2 == region.max()
    assert taken.name == "Region"


def test_the_region_is_drawn_while_the_hand_moves_and_gone_afterwards(view: FilmView) -> None:
    def visible_bands() -> list[QRubberBand]:
        return [band for band in view.viewport().findChildren(QRubberBand) if band.isVisible()]

    press(view, LEFT, START, CTRL)
    move(view, START + QPoint(30, 20))
    assert [band.geometry().topLeft() for band in visible_bands()] == [START]
    release(view, LEFT, START + QPoint(30, 20), CTRL)
    assert not visible_bands()
    press(view, LEFT, START, CTRL)
    move(view, START + QPoint(30, 20))
    view.clear()
    assert not visible_bands()


def test_a_region_of_one_value_or_beside_the_film_changes_nothing(view: FilmView) -> None:
    view.set_radiograph(film_of(np.full((300, 100), 77, np.uint8)))
    default = view.shown_window
    drag(view, LEFT, START, START + QPoint(20, 20), CTRL)
    drag(view, LEFT, QPoint(5, 5), QPoint(40, 40), CTRL)
    assert view.shown_window is default


def test_keys_that_mean_nothing_to_the_table_start_no_tool(view: FilmView) -> None:
    window, zoom = view.shown_window, view.zoom
    drag(view, LEFT, START, START + QPoint(60, 60), Qt.KeyboardModifier.AltModifier)
    assert view.shown_window is window
    assert view.zoom == zoom


def test_without_a_film_no_tool_starts(view: FilmView, qtbot) -> None:
    view.clear()
    for button in (LEFT, MIDDLE, RIGHT):
        press(view, button, START)
        move(view, START + QPoint(50, 50))
        assert not view.mouse.is_dragging
        release(view, button, START + QPoint(50, 50))
    double_click(view, START)
    assert view.shown_window is None


def test_the_pointer_shows_the_tool_while_it_works(view: FilmView) -> None:
    press(view, MIDDLE, START)
    move(view, START + QPoint(20, 0))
    assert view.viewport().cursor().shape() == Qt.CursorShape.ClosedHandCursor
    release(view, MIDDLE, START + QPoint(20, 0))
    assert view.viewport().cursor().shape() == Qt.CursorShape.ArrowCursor


def test_a_lens_is_held_for_as_long_as_its_button(view: FilmView) -> None:
    view.mouse.choice = MouseChoice({Hold.MIDDLE: MouseAct.LENS})
    told: list[bool] = []
    view.lens_held.connect(told.append)
    press(view, MIDDLE, START)
    move(view, START + QPoint(20, 0))
    assert told == [True]
    release(view, MIDDLE, START + QPoint(20, 0))
    assert told == [True, False]
