"""The words for what lies under the pointer."""

from dataclasses import replace

from helpers.fakes import make_film

from radassist.domain.radiograph import ModalityTransform
from radassist.gui.film.image_view import PointerInfo
from radassist.gui.film.pointer_line import pointer_line
from radassist.imaging.rendering import value_at


def test_off_the_film_nothing_is_said() -> None:
    assert pointer_line(None) == ""


def test_place_stored_value_and_shown_grey_are_told() -> None:
    film = make_film()
    line = pointer_line(PointerInfo(row=3, column=5, value=value_at(film, 3, 5)))
    stored = film.pixels[3, 5]
    assert line == f"column 5, row 3 · stored {stored} · shown {stored}"


def test_a_modality_value_of_its_own_is_told_too() -> None:
    film = replace(make_film(), modality=ModalityTransform(slope=2.0, intercept=-100.0))
    line = pointer_line(PointerInfo(row=0, column=0, value=value_at(film, 0, 0)))
    assert f"value {film.pixels[0, 0] * 2.0 - 100:g}" in line


def test_the_shown_grey_is_the_one_on_the_screen() -> None:
    film = make_film()
    inverted = value_at(film, 3, 5, film.windows[0], invert=True)
    assert inverted.grey8 == 255 - film.pixels[3, 5]


def test_padding_and_what_a_shutter_hides_have_no_value() -> None:
    film = make_film()
    hidden = int(film.pixels[3, 5])
    line = pointer_line(PointerInfo(row=3, column=5, value=value_at(replace(film, padding=(hidden, hidden)), 3, 5)))
    assert "not picture" in line and "stored" not in line
