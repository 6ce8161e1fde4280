from dataclasses import replace

import pytest
from helpers.fakes import FACTS, make_analysis, make_film
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QProgressBar
from pytestqt.qtbot import QtBot

from radassist.domain.radiograph import Notice
from radassist.domain.track_record import TrackRecord
from radassist.gui.findings.findings_panel import NO_SCORE_LINE, RESEARCH_LINE, FindingsPanel
from radassist.gui.theme import load_theme
from radassist.gui.widgets.sign import Sign
from radassist.gui.widgets.tall_area import TallArea

NOTICES = (Notice("AGE", "The patient is 54 years old."), Notice("LOSSY", "The film was compressed with loss."))


@pytest.fixture
def panel(qtbot: QtBot) -> FindingsPanel:
    made = FindingsPanel(load_theme("dark"))
    qtbot.addWidget(made)
    qtbot.addWidget(made.details)
    made.resize(320, 600)
    made.show()
    return made


def words(panel: FindingsPanel) -> list[str]:
    """Every text that can be seen, on the panel and in its small print, a line each."""
    labels = panel.findChildren(QLabel) + panel.details.findChildren(QLabel)
    shown = [label for label in labels if label.isVisible() and label.text()]
    return [label.text().replace("\N{NO-BREAK SPACE}", " ") for label in shown]


def show_state(panel: FindingsPanel, state: str) -> None:
    film = make_film(notices=NOTICES)
    match state:
        case "empty":
            panel.show_empty("Open a film.")
        case "busy":
            panel.show_busy("Scoring …")
        case "refused":
            panel.show_problem("Refused", "hand.dcm shows a hand.", NOTICES)
        case "scored":
            panel.show_analysis(make_analysis(film, probability=0.83))


STATES = ("empty", "busy", "refused", "scored")


@pytest.mark.parametrize("state", STATES)
def test_the_line_for_research_use_is_always_there(panel: FindingsPanel, state: str) -> None:
    show_state(panel, state)
    assert RESEARCH_LINE in words(panel)


@pytest.mark.parametrize("state", STATES)
def test_no_label_guesses_rich_text(panel: FindingsPanel, state: str) -> None:
    panel.set_model(FACTS)
    show_state(panel, state)
    texts = [label for label in panel.findChildren(QLabel) if label.text()]
    assert texts
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in texts)


def test_the_answer_stands_before_everything_else(panel: FindingsPanel) -> None:
    panel.show_analysis(make_analysis(make_film(), probability=0.83))
    labels = [label for label in panel.findChildren(QLabel) if label.isVisible() and label.text()]
    top = min(labels, key=lambda label: label.mapTo(panel, label.rect().topLeft()).y())
    assert top.text() == "Suspected: PNEUMONIA"
    assert panel.bar.isVisible()
    assert panel.bar.mapTo(panel, panel.bar.rect().topLeft()).y() > top.y()


def test_an_analysis_shows_bar_numbers_and_conditions(panel: FindingsPanel) -> None:
    analysis = make_analysis(make_film(), probability=0.83)
    panel.show_analysis(analysis)
    assert panel.bar.prediction is analysis.prediction
    assert any("Probability of pneumonia 83 %, calibrated." in text for text in words(panel))
    assert "abababababab" in words(panel)


def test_the_bar_quotes_its_past_below_the_numbers_and_follows_the_prevalence(panel: FindingsPanel) -> None:
    panel.set_model(replace(FACTS, record=TrackRecord((0.85,) * 24, (0.05,) * 20)))
    panel.show_analysis(make_analysis(make_film(), probability=0.83))
    (past,) = (text for text in words(panel) if "validation" in text)
    assert past.startswith("Of 24 validation films scored 80–90 %, 24 had pneumonia")

    panel.set_prevalence(0.1)
    assert any("10.0 % of all films have it, as you set" in text for text in words(panel))
    panel.show_empty("No film.")
    assert not any("validation" in text for text in words(panel))


def test_a_film_that_is_not_suspected_is_not_called_normal_outside_the_list_of_classes(panel: FindingsPanel) -> None:
    panel.show_analysis(make_analysis(make_film(), probability=0.03))
    said = [text.split("Classes:")[0] for text in words(panel)]
    assert "Not suspected" in said
    assert not any("normal" in text.lower() for text in said)


def test_notices_are_shown_in_order_each_with_a_sign_of_its_weight(panel: FindingsPanel) -> None:
    panel.show_analysis(make_analysis(make_film(notices=NOTICES), probability=0.2))
    shown = words(panel)
    assert shown.index(NOTICES[0].sentence) < shown.index(NOTICES[1].sentence)
    signs = [sign for sign in panel.findChildren(Sign) if sign.toolTip() in ("AGE", "LOSSY") and sign.isVisible()]
    assert [sign.accessibleName() for sign in signs] == ["Warning", "Note"]
    assert [sign.drawing for sign in signs] == ["warning", "info"]


def test_a_refused_film_says_why_and_shows_no_number(panel: FindingsPanel) -> None:
    panel.show_analysis(make_analysis(make_film(), probability=0.83))
    panel.show_problem("Refused", "hand.dcm shows a hand.", NOTICES)
    shown = words(panel)
    assert "Refused" in shown
    assert f"hand.dcm shows a hand.\n{NO_SCORE_LINE}" in shown
    assert NOTICES[0].sentence in shown
    assert not panel.bar.isVisible()
    assert not any("%" in text for text in shown)


@pytest.mark.parametrize("state", ["empty", "busy", "refused"])
def test_nothing_of_the_last_film_stays(panel: FindingsPanel, state: str) -> None:
    panel.show_analysis(make_analysis(make_film(notices=(Notice("OLD", "Of the last film."),)), probability=0.83))
    show_state(panel, state)
    said = " ".join(words(panel))
    assert "83" not in said
    assert "Of the last film." not in said
    assert panel.bar.prediction is None


def test_work_in_progress_shows_what_is_done_and_a_moving_bar(panel: FindingsPanel) -> None:
    panel.show_busy("Reading the film …")
    (bar,) = panel.findChildren(QProgressBar)
    assert "Reading the film …" in words(panel)
    assert bar.isVisible()
    assert (bar.minimum(), bar.maximum()) == (0, 0)
    panel.show_empty("No film is open.")
    assert not bar.isVisible()


def test_the_loaded_model_is_named_before_a_film_is_scored(qtbot: QtBot, panel: FindingsPanel) -> None:
    panel.show_empty("Open a film.")
    panel.set_model(FACTS)
    qtbot.waitUntil(lambda: "Fake model (fake)" in words(panel))
    panel.set_model(None)
    assert "Fake model (fake)" not in words(panel)


def test_a_model_that_arrives_late_does_not_disturb_the_answer(qtbot: QtBot, panel: FindingsPanel) -> None:
    panel.show_analysis(make_analysis(make_film(), probability=0.83))
    panel.set_model(FACTS)
    qtbot.waitUntil(lambda: "Fake model (fake)" in words(panel))
    assert "Suspected: PNEUMONIA" in words(panel)


@pytest.mark.parametrize("state", STATES)
def test_everything_fits_into_a_narrow_dock(panel: FindingsPanel, state: str) -> None:
    panel.set_model(FACTS)
    show_state(panel, state)
    assert panel.minimumSizeHint().width() <= 320
    panel.resize(320, panel.heightForWidth(320))
    for label in panel.findChildren(QLabel):
        if label.isVisible() and label.text():
            assert label.mapTo(panel, label.rect().topRight()).x() <= 320
            assert label.height() >= label.heightForWidth(label.width()) - 1


def test_another_answer_has_its_own_heights_before_anything_is_painted(qtbot: QtBot) -> None:
    panel = FindingsPanel(load_theme("dark"))
    area = TallArea(panel)
    qtbot.addWidget(panel.details)
    qtbot.addWidget(area)
    area.resize(320, 200)
    area.show()
    panel.show_empty("No film.")
    low = panel.height()
    panel.show_analysis(make_analysis(make_film(notices=NOTICES), probability=0.83))
    assert panel.height() > low
    assert panel.height() >= panel.minimumSizeHint().height()
