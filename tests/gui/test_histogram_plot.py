"""The window on the histogram: where it is drawn, and what a hand on its ends does."""

import numpy as np
import pytest
from helpers.pictures import film_of, grab, smooth_film
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from radassist.domain.radiograph import LookupTable, Radiograph, Window
from radassist.gui.film.histogram_plot import HistogramPlot
from radassist.gui.theme import load_theme
from radassist.imaging.windowing import ends_of, sampled_histogram, window_between

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
FILM = smooth_film()


@pytest.fixture
def plot(qtbot: QtBot) -> HistogramPlot:
    made = HistogramPlot(load_theme("dark"))
    qtbot.addWidget(made)
    made.resize(400, 160)
    made.show()
    made.show_film(FILM, sampled_histogram(FILM))
    made.show_window(window_between(20_000, 40_000), inverted=False)
    return made


def drag(plot: HistogramPlot, start: float, end: float) -> list[tuple[Window, bool]]:
    made: list[tuple[Window, bool]] = []
    plot.dragged.connect(lambda window, is_settled: made.append((window, is_settled)))
    y = plot.height() // 2
    QTest.mousePress(plot, LEFT, NONE, QPoint(round(start), y))
    QTest.mouseMove(plot, QPoint(round(end), y))
    QTest.mouseRelease(plot, LEFT, NONE, QPoint(round(end), y))
    return made


def test_an_end_goes_where_the_hand_takes_it_and_the_other_stays(plot: HistogramPlot) -> None:
    made = drag(plot, plot.x_of(40_000), plot.x_of(50_000))
    assert [is_settled for _, is_settled in made] == [False, True]
    low, high = ends_of(FILM, made[-1][0])
    assert low == pytest.approx(20_000)
    assert high == pytest.approx(50_000, abs=(plot.value_at(1) - plot.value_at(0)))


def test_between_the_ends_both_move_and_the_width_stays(plot: HistogramPlot) -> None:
    window = drag(plot, plot.x_of(30_000), plot.x_of(35_000))[-1][0]
    assert window.width == pytest.approx(20_001)
    assert window.center == pytest.approx(35_000, abs=500)


def test_ends_do_not_pass_each_other(plot: HistogramPlot) -> None:
    window = drag(plot, plot.x_of(20_000), plot.x_of(60_000))[-1][0]
    assert window.width == 1
    assert ends_of(FILM, window) == pytest.approx((40_000, 40_000))


def test_the_strip_shows_the_greys_of_the_film(plot: HistogramPlot) -> None:
    row = grab(plot)[plot.height() - 6, :, 0].astype(int)
    assert row[round(plot.x_of(18_000))] == 0
    assert row[round(plot.x_of(30_000))] == pytest.approx(128, abs=6)
    plot.show_window(window_between(20_000, 40_000), inverted=True)
    assert grab(plot)[plot.height() - 6, round(plot.x_of(18_000)), 0] == 255


@pytest.mark.parametrize(
    "film",
    [
        film_of(np.full((1, 1), 9, np.uint16)),
        film_of(np.zeros((5, 5), np.uint16), padding=(0, 0)),
        film_of(np.full((3, 3), -4, np.int16)),
    ],
)
def test_films_with_hardly_any_values_are_drawn(plot: HistogramPlot, film: Radiograph) -> None:
    plot.show_film(film, sampled_histogram(film))
    plot.show_window(film.windows[0], inverted=False)
    assert grab(plot).max() > 0


def test_a_window_far_outside_the_film_is_drawn_at_the_edge_and_can_be_fetched_back(plot: HistogramPlot) -> None:
    plot.show_window(Window(1e9, 2.0), inverted=False)
    made = drag(plot, plot.x_of(1e9), plot.x_of(30_000))
    assert made[-1][0].center < 1e9


def test_a_lookup_table_is_drawn_and_can_be_dragged_from_its_nearest_line(plot: HistogramPlot) -> None:
    table = LookupTable(0, np.linspace(0, 65_535, 65_536).astype(np.uint16), 16)
    plot.show_window(table, inverted=False)
    assert isinstance(drag(plot, plot.x_of(30_000), plot.x_of(31_000))[-1][0], Window)


def test_without_a_film_nothing_can_be_dragged(plot: HistogramPlot) -> None:
    plot.show_film(None, None)
    plot.show_window(None, inverted=False)
    assert drag(plot, 50, 150) == []
    assert plot.accessibleDescription() == "No film"
