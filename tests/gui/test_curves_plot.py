"""Deletion and insertion curves as they are drawn and spoken."""

import pytest
from helpers.explanations import make_mark
from PySide6.QtGui import QColor

from radassist.domain.explanation import SaliencyMethod, SaliencyWish, Subject
from radassist.gui.explain.curves_plot import CurvesPlot, spoken
from radassist.gui.theme import load_theme

MARK = make_mark(Subject("aa", "fake", "bb"), SaliencyWish(SaliencyMethod.CAM, "PNEUMONIA"))
THEME = load_theme("dark")


@pytest.fixture
def plot(qtbot) -> CurvesPlot:
    made = CurvesPlot(THEME)
    qtbot.addWidget(made)
    made.show_mark(MARK)
    made.resize(300, made.sizeHint().height())
    made.show()
    return made


def _is_near(color: QColor, wanted: str) -> bool:
    parts = zip(color.getRgb()[:3], QColor(wanted).getRgb()[:3], strict=True)
    return all(abs(one - other) < 60 for one, other in parts)


def test_both_curves_go_through_their_values(plot: CurvesPlot) -> None:
    picture = plot.grab().toImage()
    for curve, color in ((MARK.deletion, THEME.positive), (MARK.insertion, THEME.negative)):
        place = plot.place(0.5, curve.probabilities[1]).toPoint()
        near = [picture.pixelColor(place.x() + dx, place.y() + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)]
        assert any(_is_near(found, color) for found in near)


def test_the_field_runs_from_nothing_changed_to_all_and_from_0_to_1(plot: CurvesPlot) -> None:
    field = plot.field()

    assert (plot.place(0, 0), plot.place(1, 1)) == (field.bottomLeft(), field.topRight())
    assert field.left() > 0 and field.right() < plot.width()


def test_who_does_not_see_the_curves_is_told_them(plot: CurvesPlot) -> None:
    assert plot.accessibleDescription() == spoken(MARK)
    assert "Blurring the film, what the map points at first: from 0.90 to 0.10, area 0.35" in spoken(MARK)
    assert "In random order the area is 0.50." in spoken(MARK)


def test_without_curves_there_is_no_plot(plot: CurvesPlot) -> None:
    plot.show_mark(None)

    assert plot.isHidden() and not plot.accessibleDescription()
