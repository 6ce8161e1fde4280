"""True size: exact where film and screen say how large they are, words where one does not."""

import pytest
from helpers.pictures import smooth_film

from radassist.domain.errors import UserError
from radassist.domain.film_scale import FilmScale, ScaleBasis, scale_of_file
from radassist.domain.radiograph import PixelSpacing, SpacingSource
from radassist.gui.film.true_size import ScreenSize, size_of, true_size_zoom

SCREEN = ScreenSize(pixels=2560, millimetres=640)


def test_a_millimetre_of_the_film_is_a_millimetre_of_the_screen() -> None:
    film = smooth_film(spacing=PixelSpacing(0.15, 0.15, SpacingSource.CALIBRATED))
    zoom = true_size_zoom(scale_of_file(film), SCREEN)
    film_pixels_a_decimetre = 100 / 0.15
    assert film_pixels_a_decimetre * zoom * (640 / 2560) == pytest.approx(100)


def test_without_a_pixel_size_it_says_why() -> None:
    with pytest.raises(UserError, match=r"^There is no true size: the file gives no pixel size"):
        true_size_zoom(scale_of_file(smooth_film()), SCREEN)


@pytest.mark.parametrize("millimetres", [0.0, 1.0, 50_000.0])
def test_without_a_size_of_the_screen_that_can_be_right_it_says_why(millimetres: float) -> None:
    with pytest.raises(UserError, match="this screen does not say how large it is"):
        true_size_zoom(FilmScale(0.2, 0.2, ScaleBasis.CALIBRATED), ScreenSize(2560, millimetres))


def test_a_screen_is_asked_in_device_pixels(qapp) -> None:
    screen = qapp.primaryScreen()
    assert size_of(screen).pixels == screen.size().width() * screen.devicePixelRatio()
