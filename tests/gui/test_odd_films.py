"""Films as they should not be, read from real files by the real reader and shown: never wrong without a word."""

from pathlib import Path

import numpy as np
import pytest
from helpers.dicom_factory import film_bytes, phantom
from helpers.pictures import grab
from numpy.typing import NDArray
from pydicom.dataelem import DataElement
from pytestqt.qtbot import QtBot

from radassist.domain.film_scale import scale_of_file
from radassist.domain.radiograph import Radiograph, Window
from radassist.domain.study import FilmSource
from radassist.gui.film.corner_texts import corner_texts
from radassist.gui.film.film_levels import make_levels
from radassist.gui.film.image_view import FilmView
from radassist.gui.film.window_choices import window_choices
from radassist.gui.theme import load_theme
from radassist.imaging import rendering
from radassist.imaging.formats import read_radiograph
from radassist.imaging.windowing import ChestPreset, preset_window, sampled_histogram

PIXELS = phantom(60, 50, bits=12)
MARKUP = "<h1>X</h1><img src='file:///etc/hostname'>\u202e"


@pytest.fixture
def view(qtbot: QtBot) -> FilmView:
    made = FilmView(load_theme("dark"))
    qtbot.addWidget(made)
    made.resize(500, 400)
    made.show()
    return made


def read(folder: Path, pixels: NDArray = PIXELS, bits: int = 12, **elements: object) -> Radiograph:
    path = folder / "film.dcm"
    path.write_bytes(film_bytes(pixels, bits=bits, elements=elements))
    return read_radiograph(FilmSource(path))


def decimal(keyword_tag: int, text: str) -> DataElement:
    """A decimal string that pydicom itself would refuse to write."""
    return DataElement(keyword_tag, "LO", text)


def test_a_film_without_spacing_is_measured_in_pixels_and_says_so(tmp_path: Path, view: FilmView) -> None:
    film = read(tmp_path)
    view.set_radiograph(film)
    assert film.spacing is None
    assert "pixels" in scale_of_file(film).corner_words
    assert "no pixel size that can be used" in scale_of_file(film).origin


@pytest.mark.parametrize("spacing", [[0, 0], [0.15, 0], [-0.1, -0.1], [1e-12, 1e-12], [1e9, 1e9]])
def test_a_spacing_that_cannot_be_right_is_none_and_the_film_keeps_its_shape(
    tmp_path: Path, view: FilmView, spacing: list[float]
) -> None:
    film = read(tmp_path, PixelSpacing=spacing)
    view.set_radiograph(film)
    assert film.spacing is None and film.aspect == 1
    assert not scale_of_file(film).is_metric


@pytest.mark.parametrize(
    ("center", "width"),
    [("2048", "0"), ("nan", "400"), ("2048", "nan"), ("1e30", "1"), ("2048", "-5"), ("inf", "inf"), ("-1e30", "1e30")],
)
def test_an_absurd_window_is_left_out_told_and_the_film_is_seen(
    tmp_path: Path, view: FilmView, center: str, width: str
) -> None:
    elements = {"WindowCenter": decimal(0x00281050, center), "WindowWidth": decimal(0x00281051, width)}
    film = read(tmp_path, **elements)
    assert [window.name for window in film.windows] == ["Automatic"]
    assert "WINDOW" in [notice.code for notice in film.notices]
    view.set_radiograph(film)
    assert rendering.to_grey8(film).std() > 20
    assert "nan" not in " ".join(corner_texts(film, view.shown_window, view.zoom).bottom_left).lower()


def test_a_film_without_any_window_is_shown_by_its_percentiles(tmp_path: Path, view: FilmView) -> None:
    film = read(tmp_path)
    view.set_radiograph(film)
    assert [choice.text.split(" · ")[0] for choice in window_choices(film)] == ["Automatic"]
    assert rendering.to_grey8(film).std() > 20


@pytest.mark.parametrize("value", [0, 4095])
def test_a_film_of_one_pixel_is_shown_and_stands_every_tool(tmp_path: Path, view: FilmView, value: int) -> None:
    film = read(tmp_path, np.array([[value]], np.uint16))
    view.set_radiograph(film, make_levels(film))
    view.zoom_by(1e9)
    view.rotate(90)
    view.toggle_invert()
    for preset in ChestPreset:
        view.set_window(preset_window(sampled_histogram(film), preset, inverted=False))
        grab(view)
    view.set_window(rendering.full_range(film))
    view.take_place(view.place)
    assert {notice.code for notice in film.notices} >= {"NO_CONTRAST"}
    assert grab(view).max() > 0


@pytest.mark.parametrize("shape", [(20_000, 40), (40, 20_000)])
def test_a_film_of_20_000_pixels_on_a_side_is_read_and_shown(
    tmp_path: Path, view: FilmView, shape: tuple[int, int]
) -> None:
    film = read(tmp_path, np.full(shape, 700, np.uint16) + np.arange(shape[1], dtype=np.uint16) % 3000)
    view.set_radiograph(film, make_levels(film))
    view.set_corner_texts_visible(False)
    assert grab(view)[40:-40].max() > 100
    view.actual_size()
    assert grab(view)[40:-40].max() > 100


def test_markup_in_every_text_of_the_film_stays_text_on_one_line(tmp_path: Path, view: FilmView) -> None:
    elements = dict.fromkeys(("PatientName", "PatientID", "StudyDescription"), MARKUP)
    window = {"WindowCenter": 2000, "WindowWidth": 900, "WindowCenterWidthExplanation": MARKUP}
    film = read(tmp_path, **elements, **window)
    view.set_radiograph(film)
    texts = corner_texts(film, film.windows[0], 1.0)
    lines = [*texts.top_left, *texts.top_right, *texts.bottom_left, *(choice.text for choice in window_choices(film))]
    assert any("<h1>" in line for line in lines)
    assert not any("\u202e" in line for line in lines)
    grab(view)


def test_a_window_of_absurd_numbers_set_by_hand_is_painted(view: FilmView, tmp_path: Path) -> None:
    view.set_radiograph(read(tmp_path))
    for window in (Window(1e9, 1.0), Window(-1e9, 1e9), Window(0, 1)):
        view.set_window(window)
        grab(view)
        view.preview_window(window)
        grab(view)
