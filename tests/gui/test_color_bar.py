import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from radassist.gui.blocks.color_bar import ColorBar, color_strip, format_values
from radassist.gui.theme import load_theme
from radassist.imaging.rendering import ColorMap, color_table


@pytest.fixture
def bar(qtbot: QtBot) -> ColorBar:
    made = ColorBar(load_theme("dark"))
    qtbot.addWidget(made)
    made.resize(258, made.sizeHint().height())
    return made


@pytest.mark.parametrize(
    ("low", "high", "shown"),
    [
        (0.0, 2.46, ("0.00", "1.23", "2.46")),
        (0.0, 120.0, ("0", "60", "120")),
        (0.0, 12.5, ("0.0", "6.2", "12.5")),
        (-0.5, 0.5, ("−0.50", "0.00", "0.50")),
        (-1.0, 3.0, ("−1.00", "1.00", "3.00")),
        (1000.0, 1000.02, ("1000.0000", "1000.0100", "1000.0200")),
        (0.0, 3e-5, ("0.00e+00", "1.50e−05", "3.00e−05")),
        (0.0, 2.5e7, ("0.00e+00", "1.25e+07", "2.50e+07")),
        (1e6, 1e6 + 1, ("1.00000000e+06", "1.00000050e+06", "1.00000100e+06")),
    ],
)
def test_values_have_the_decimals_their_range_needs(low: float, high: float, shown: tuple[str, str, str]) -> None:
    assert format_values(low, high) == shown


def test_any_range_gives_three_different_numbers_that_are_right_to_its_hundredth() -> None:
    random = np.random.default_rng(7)
    for _ in range(500):
        low = float(random.normal() * 10.0 ** random.integers(-8, 8))
        high = low + float(random.random() + 0.1) * 10.0 ** int(random.integers(-3, 3)) * max(abs(low), 1e-3)
        numbers = [float(text.replace("−", "-")) for text in format_values(low, high)]
        assert len(set(numbers)) == 3
        assert numbers == pytest.approx([low, (low + high) / 2, high], abs=(high - low) / 100)


def test_zero_has_no_sign() -> None:
    assert format_values(-0.0001, 1.0)[0] == "0.00"


def test_the_strip_runs_through_the_table_from_low_to_high() -> None:
    strip, table = color_strip(ColorMap.VIRIDIS), color_table(ColorMap.VIRIDIS)
    for index in (0, 100, 255):
        assert strip.pixelColor(index, 0).getRgb()[:3] == tuple(table[index])


def test_the_bar_paints_low_colours_left_and_high_colours_right(bar: ColorBar) -> None:
    bar.set_range(0.0, 1.0, ColorMap.INFERNO)
    picture, table = bar.grab().toImage(), color_table(ColorMap.INFERNO)
    for x, index in ((4, 2), (129, 128), (253, 252)):
        assert picture.pixelColor(x, 6).getRgb()[:3] == pytest.approx(table[index].tolist(), abs=10)


def test_the_bar_shows_and_tells_the_raw_values(bar: ColorBar) -> None:
    bar.set_range(-1.0, 3.0, ColorMap.GREY)
    assert bar.values == ("−1.00", "1.00", "3.00")
    assert bar.accessibleName() == "Colours from −1.00 to 3.00, raw activation"


def test_a_cleared_bar_shows_no_values(bar: ColorBar) -> None:
    bar.set_range(0.0, 1.0, ColorMap.GREY)
    bar.clear()
    assert bar.values is None
    assert bar.accessibleName() == "No map"
    assert not bar.grab().isNull()
