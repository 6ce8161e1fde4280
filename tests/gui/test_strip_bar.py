"""The strip of scores."""

import pytest
from helpers.fakes import make_analysis, make_film

from radassist.domain.robustness import RobustnessStrip, VariantScore, Variation
from radassist.gui.explain.strip_bar import StripBar, rows
from radassist.gui.theme import load_theme

THEME = load_theme("dark")


def _strip(original: float, *others: float) -> RobustnessStrip:
    made = [make_analysis(make_film(), probability=value).prediction for value in (original, *others)]
    variants = tuple(VariantScore(Variation.JPEG, f"change {at}", one) for at, one in enumerate(made[1:]))
    return RobustnessStrip(made[0], variants, len(others), len(others))


@pytest.fixture
def bar(qtbot) -> StripBar:
    made = StripBar(THEME)
    qtbot.addWidget(made)
    made.resize(300, made.sizeHint().height())
    return made


@pytest.mark.parametrize(("probabilities", "color"), [((0.7, 0.8), THEME.accent), ((0.6, 0.95), THEME.warning)])
def test_the_band_reaches_from_the_lowest_to_the_highest_score(bar: StripBar, probabilities, color: str) -> None:
    bar.set_strip(_strip(*probabilities))
    picture = bar.grab().toImage()
    painted = [x for x in range(picture.width()) if picture.pixelColor(x, 5).name() == color]

    assert min(painted) == pytest.approx(bar.place_of(probabilities[0]), abs=6)
    assert max(painted) == pytest.approx(bar.place_of(probabilities[1]), abs=3)


def test_every_variant_has_a_mark(bar: StripBar) -> None:
    bar.set_strip(_strip(0.9, 0.1, 0.3, 0.7))
    picture = bar.grab().toImage()
    marks = [picture.pixelColor(round(bar.place_of(at) - 0.5), 2).name() for at in (0.1, 0.3, 0.7)]

    assert marks == [THEME.text] * 3


def test_the_tool_tip_tells_which_change_gave_which_score(bar: StripBar) -> None:
    strip = _strip(0.9, 0.1)
    bar.set_strip(strip)

    assert rows(strip) == ("The film as it is: 0.90", "change 0: 0.10")
    assert "change 0: 0.10" in bar.toolTip()
    assert bar.accessibleName() == "Probabilities from 0.10 to 0.90"


def test_without_scores_nothing_is_shown(bar: StripBar) -> None:
    bar.set_strip(_strip(0.9))
    bar.set_strip(None)

    assert bar.isHidden()
