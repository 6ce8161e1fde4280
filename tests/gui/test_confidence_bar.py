import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from radassist.domain.analysis import UNDETERMINED, Prediction
from radassist.gui.findings.confidence_bar import ConfidenceBar, suspicion_color
from radassist.gui.findings.findings_text import Suspicion
from radassist.gui.theme import Theme, load_theme

WIDTH = 402
THEME = load_theme("dark")


def prediction(probability: float, decision: str, threshold: float = 0.37) -> Prediction:
    return Prediction(("NORMAL", "PNEUMONIA"), (0.0, 0.0), (1 - probability, probability), threshold, decision)


@pytest.fixture
def bar(qtbot: QtBot) -> ConfidenceBar:
    made = ConfidenceBar(THEME)
    qtbot.addWidget(made)
    made.resize(WIDTH, made.sizeHint().height())
    return made


def track_colors(bar: ConfidenceBar) -> list[str]:
    """Colours along the middle of the track, one a pixel, from 0 to 100 %."""
    image: QImage = bar.grab().toImage()
    row = round(bar.track().center().y())
    return [image.pixelColor(x, row).name() for x in range(1, WIDTH - 1)]


def near(color: str, wanted: str) -> bool:
    one, two = QColor(color), QColor(wanted)
    return max(abs(one.red() - two.red()), abs(one.green() - two.green()), abs(one.blue() - two.blue())) < 12


@pytest.mark.parametrize("probability", [0.1, 0.55, 0.83])
def test_the_bar_is_filled_up_to_the_probability(bar: ConfidenceBar, probability: float) -> None:
    bar.set_prediction(prediction(probability, "PNEUMONIA", threshold=0.05))
    colors = track_colors(bar)
    last = max(index for index, color in enumerate(colors) if near(color, THEME.positive))
    assert last == pytest.approx(probability * 400, abs=2)


@pytest.mark.parametrize("threshold", [0.2, 0.37, 0.9])
def test_the_threshold_stands_at_its_place_on_the_bar(bar: ConfidenceBar, threshold: float) -> None:
    bar.set_prediction(prediction(0.01, "NORMAL", threshold))
    marks = [index for index, color in enumerate(track_colors(bar)) if near(color, THEME.text)]
    assert marks
    assert sum(marks) / len(marks) == pytest.approx(threshold * 400, abs=2)


@pytest.mark.parametrize(
    ("decision", "probability", "color"),
    [("PNEUMONIA", 0.8, THEME.positive), ("NORMAL", 0.3, THEME.negative)],
)
def test_the_colour_follows_the_decision(bar: ConfidenceBar, decision: str, probability: float, color: str) -> None:
    bar.set_prediction(prediction(probability, decision))
    assert near(track_colors(bar)[40], color)


def test_an_undetermined_bar_is_hatched_and_not_solid(bar: ConfidenceBar) -> None:
    bar.set_prediction(prediction(0.9, UNDETERMINED))
    filled = track_colors(bar)[170:340]
    share = sum(near(color, THEME.undetermined) for color in filled) / len(filled)
    assert 0.02 < share < 0.6


def test_an_empty_bar_says_that_there_is_no_score(bar: ConfidenceBar) -> None:
    bar.set_prediction(None)
    assert bar.accessibleName() == "No score"
    assert not any(near(color, THEME.positive) or near(color, THEME.text) for color in track_colors(bar))


def test_the_keyboard_reaches_the_bar_and_its_name_says_the_numbers(bar: ConfidenceBar) -> None:
    bar.set_prediction(prediction(0.83, "PNEUMONIA"))
    assert bar.focusPolicy() & Qt.FocusPolicy.TabFocus
    name = bar.accessibleName().replace("\N{NO-BREAK SPACE}", " ")
    assert name == "Suspected: PNEUMONIA. Probability of pneumonia 83 %, operating threshold 37 %."


def test_the_bar_with_the_keyboard_is_framed(qtbot: QtBot, bar: ConfidenceBar) -> None:
    bar.show()
    without = bar.grab().toImage()
    bar.setFocus()
    qtbot.waitUntil(bar.hasFocus)
    assert bar.grab().toImage() != without


@pytest.mark.parametrize("threshold", [0.0, 0.02, 0.98, 1.0])
@pytest.mark.parametrize("probability", [0.0, 1.0])
def test_thresholds_and_probabilities_at_the_ends_can_be_drawn(
    bar: ConfidenceBar, probability: float, threshold: float
) -> None:
    bar.set_prediction(prediction(probability, "PNEUMONIA" if probability >= threshold else "NORMAL", threshold))
    assert not bar.grab().isNull()


def test_each_decision_has_a_colour_of_its_own(bar: ConfidenceBar) -> None:
    for theme in (THEME, load_theme("light")):
        assert len({suspicion_color(suspicion, theme) for suspicion in Suspicion}) == 3


def test_the_bar_takes_any_theme(qtbot: QtBot) -> None:
    theme: Theme = load_theme("light")
    bar = ConfidenceBar(theme)
    qtbot.addWidget(bar)
    bar.resize(WIDTH, bar.sizeHint().height())
    bar.set_prediction(prediction(0.8, "PNEUMONIA"))
    assert near(track_colors(bar)[40], theme.positive)


def test_a_label_in_markup_is_said_as_it_is_written(bar: ConfidenceBar) -> None:
    bar.set_prediction(Prediction(("NORMAL", "<i>x</i>"), (0.0, 0.0), (0.1, 0.9), 0.37, "<i>x</i>"))
    assert bar.toolTip().startswith("<p>")
    assert "<i>" not in bar.toolTip()
    assert "&lt;i&gt;x" in bar.toolTip().casefold()
