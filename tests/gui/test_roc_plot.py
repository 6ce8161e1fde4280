import numpy as np
import pytest
from helpers.pictures import as_array
from PySide6.QtGui import QColor, QImage

from radassist.domain.roc import roc_curve, tally
from radassist.gui.theme import load_theme
from radassist.gui.truth.roc_plot import RocPlot

TRUTH = np.array([True, False, True, False])
SCORES = np.array([0.9, 0.8, 0.3, 0.1])


@pytest.fixture
def plot(qtbot) -> RocPlot:
    made = RocPlot(load_theme("dark"), roc_curve(TRUTH, SCORES))
    qtbot.addWidget(made)
    made.resize(300, 310)
    return made


def _color(plot: RocPlot, false_alarms: float, hits: float) -> str:
    picture: QImage = plot.grab().toImage()
    return QColor(picture.pixel(plot.place(false_alarms, hits).toPoint())).name()


def test_the_dot_stands_where_sensitivity_and_false_alarms_are(plot: RocPlot) -> None:
    plot.show_tally(tally(TRUTH, SCORES, 0.5))
    assert _color(plot, 0.5, 0.5) == load_theme("dark").text
    plot.show_tally(tally(TRUTH, SCORES, 0.05))
    assert _color(plot, 1.0, 1.0) == load_theme("dark").text


def test_the_curve_runs_through_its_corners(plot: RocPlot) -> None:
    assert _color(plot, 0.25, 0.5) == load_theme("dark").accent
    assert _color(plot, 0.25, 0.9) != load_theme("dark").accent


def test_what_is_drawn_is_also_said(plot: RocPlot) -> None:
    plot.show_tally(tally(TRUTH, SCORES, 0.5))
    assert "sensitivity 50.0" in plot.accessibleName()


def test_without_a_curve_it_says_why(qtbot) -> None:
    empty = RocPlot(load_theme("light"), None)
    qtbot.addWidget(empty)
    before = as_array(empty.grab().toImage().convertToFormat(QImage.Format.Format_RGB32))
    empty.show_tally(tally(np.array([True]), np.array([0.9]), 0.5))
    assert np.array_equal(before, as_array(empty.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)))
    assert "no such films" in empty.accessibleName()
