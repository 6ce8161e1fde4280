import numpy as np
import pytest
from helpers.pictures import film_of, paint_item, smooth_film
from PIL import Image
from PySide6.QtGui import QTransform

from radassist.domain.radiograph import LookupTable, Window
from radassist.gui.film.film_item import FilmItem
from radassist.imaging import rendering

pytestmark = pytest.mark.usefixtures("qapp")

NARROW = Window(30_000, 20_000)


def painted(item: FilmItem, size: tuple[int, int], scale: float = 1.0) -> np.ndarray:
    picture = paint_item(item, size, QTransform.fromScale(scale, scale))
    assert (picture == picture[..., :1]).all(), "a film is grey"
    return picture[..., 0]


def test_one_to_one_the_screen_shows_the_grey_the_network_gets() -> None:
    film = film_of(np.random.default_rng(2).integers(0, 2**16, (120, 90), dtype=np.uint16))
    np.testing.assert_array_equal(painted(FilmItem(film), (120, 90)), rendering.to_grey8(film))


@pytest.mark.parametrize("window", [NARROW, LookupTable(0, np.arange(65536, dtype=np.uint16)[::-1].copy(), 16)])
@pytest.mark.parametrize("invert", [False, True])
def test_a_window_is_shown_as_rendering_defines_it(window: Window | LookupTable, invert: bool) -> None:
    film = smooth_film(60, 80)
    item = FilmItem(film)
    item.show_window(window, invert=invert, settled=True)
    np.testing.assert_array_equal(painted(item, (60, 80)), rendering.to_grey8(film, window, invert=invert))


@pytest.mark.parametrize("halvings", [1, 2, 3])
def test_a_film_made_smaller_shows_the_mean_grey_of_its_pixels(halvings: int) -> None:
    film = film_of(np.random.default_rng(3).integers(0, 2**16, (128, 96), dtype=np.uint16))
    side = 2**halvings
    means = rendering.to_grey8(film).reshape(128 // side, side, 96 // side, side).mean(axis=(1, 3))
    shown = painted(FilmItem(film), (128 // side, 96 // side), 1 / side).astype(float)
    assert np.abs(shown - means).max() <= 1 + 0.5 * halvings


@pytest.mark.parametrize("scale", [0.11, 0.3, 0.45, 0.62, 0.8, 1.0, 1.7, 3.0])
@pytest.mark.parametrize("settled", [True, False])
def test_nothing_shifts_between_the_copies_a_zoom_chooses_from(scale: float, settled: bool) -> None:
    rows, columns = np.mgrid[0:301, 0:403]
    spot = 250 * np.exp(-((rows - 140.5) ** 2 + (columns - 222.5) ** 2) / 800)
    item = FilmItem(film_of(spot.astype(np.uint8)))
    item.show_window(item.film.windows[0], invert=False, settled=settled)
    shown = painted(item, (round(301 * scale), round(403 * scale)), scale).astype(float)
    y, x = np.mgrid[0 : shown.shape[0], 0 : shown.shape[1]] + 0.5
    center = (y * shown).sum() / shown.sum() / scale, (x * shown).sum() / shown.sum() / scale
    # Film coordinates of the middle of the pixels at row 140.5 and column 222.5.
    assert center == pytest.approx((141.0, 223.0), abs=0.2)


@pytest.mark.parametrize("scale", [0.2, 0.37, 0.7, 1.0])
def test_while_the_window_moves_the_picture_is_all_but_the_one_at_rest(scale: float) -> None:
    item = FilmItem(smooth_film(600, 500))
    size = (round(600 * scale), round(500 * scale))
    item.show_window(NARROW, invert=False, settled=False)
    moving = painted(item, size, scale).astype(int)
    item.show_window(NARROW, invert=False, settled=True)
    at_rest = painted(item, size, scale).astype(int)
    assert np.abs(moving - at_rest).max() <= 3


def test_a_film_made_smaller_agrees_with_a_box_filter() -> None:
    film = smooth_film(600, 500)
    shown = painted(FilmItem(film), (200, 167), 1 / 3).astype(int)[:, :166]
    reference = np.asarray(Image.fromarray(rendering.to_grey8(film)[:, :498]).resize((166, 200), Image.Resampling.BOX))
    assert np.abs(shown - reference).max() <= 2


def test_magnified_pixels_are_blended_into_each_other() -> None:
    item = FilmItem(film_of(np.array([[0, 255], [255, 0]], np.uint8)))
    assert len(np.unique(painted(item, (32, 32), 16))) > 10


def test_padding_is_black_also_while_an_inverted_window_moves() -> None:
    pixels = np.full((64, 64), 900, np.int16)
    pixels[:, :20] = -2000
    item = FilmItem(film_of(pixels, padding=(-2000, -2000)))
    item.show_window(Window(900, 10_000), invert=True, settled=False)
    assert (painted(item, (16, 16), 0.25)[:, :4] == 0).all()


def test_a_part_of_the_film_is_painted_as_it_looks_in_the_whole() -> None:
    film = smooth_film(200, 300)
    whole = painted(FilmItem(film), (500, 750), 2.5)
    part = paint_item(FilmItem(film), (100, 120), QTransform(2.5, 0, 0, 2.5, -400, -250))[..., 0]
    assert np.abs(part.astype(int) - whole[250:350, 400:520]).max() <= 1


def test_pixels_taller_than_wide_are_drawn_taller() -> None:
    film = film_of(np.array([[10], [200]], np.uint8), aspect=3.0)
    shown = painted(FilmItem(film), (60, 10), 10)
    assert (shown[:15] == 10).all()
    assert (shown[45:] == 200).all()
    assert abs(int(shown[30, 5]) - 105) < 10


@pytest.mark.parametrize("shape", [(1, 1), (1, 4000), (20_000, 3)])
@pytest.mark.parametrize("settled", [True, False])
def test_films_of_extreme_shape_are_painted(shape: tuple[int, int], settled: bool) -> None:
    item = FilmItem(film_of(np.full(shape, 200, np.uint8)))
    item.show_window(item.film.windows[0], invert=False, settled=settled)
    for scale in (0.001, 0.5, 64.0):
        assert painted(item, (40, 40), scale)[0, 0] in (0, 200)
    assert painted(item, (8, 8), 64.0)[4, 4] == 200


@pytest.mark.parametrize("invert", [False, True])
@pytest.mark.parametrize("settled", [True, False])
def test_what_is_no_picture_has_its_own_grey_under_every_window(invert: bool, settled: bool) -> None:
    pixels = smooth_film(64, 64).pixels.copy()
    pixels[:16] = 65_535
    item = FilmItem(film_of(pixels, padding=(65_535, 65_535), padding_grey=77))
    item.show_window(NARROW, invert=invert, settled=settled)
    assert (painted(item, (64, 64))[:15] == 77).all()
