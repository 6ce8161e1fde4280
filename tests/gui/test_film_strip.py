"""A strip says whose film it is and answers for that film's own pixels only."""

from pathlib import Path

from helpers.fakes import make_analysis, make_film
from helpers.pictures import grab
from pytestqt.qtbot import QtBot

from radassist.domain.study import FilmSource, Identity
from radassist.domain.worklist import WorklistItem
from radassist.gui.beside.film_strip import FilmStrip, StripWords, strip_words
from radassist.gui.film.film_cache import CachedFilm
from radassist.gui.findings.findings_text import Suspicion
from radassist.gui.theme import load_theme

THEME = load_theme("dark")
FILM = make_film("a.dcm")
IDENTITY = Identity(patient_name="DOE^JANE", patient_id="P1", study_date="20240229")
ITEM = WorklistItem(0, FilmSource(Path("films/a.dcm")), IDENTITY)


def test_patient_day_and_file_are_named() -> None:
    assert strip_words(ITEM, None).title == "DOE, JANE · 2024-02-29 · a.dcm"
    bare = WorklistItem(0, FilmSource(Path("x\ny.png")))
    assert strip_words(bare, None).title == "x y.png"


def test_the_answer_has_words_a_number_and_a_color() -> None:
    words = strip_words(ITEM, CachedFilm(FILM, make_analysis(FILM, probability=0.93)))
    assert words.answer == "Suspected: PNEUMONIA · 93\N{NO-BREAK SPACE}%"
    assert words.suspicion is Suspicion.SUSPECTED


def test_an_answer_the_list_has_of_another_file_is_not_told() -> None:
    stale = ITEM.started().scored(make_analysis(make_film("b.dcm"), probability=0.99))
    assert strip_words(stale, CachedFilm(FILM)).answer == "Scoring …"


def test_without_an_answer_it_says_why() -> None:
    assert strip_words(ITEM, None).answer == "Reading …"
    assert strip_words(ITEM, CachedFilm(FILM, problem="A hand.")).answer == "No score"
    assert strip_words(ITEM.started().failed("Broken."), None).answer == "Not read"


def test_strips_are_painted_at_any_width(qtbot: QtBot) -> None:
    strip = FilmStrip(THEME)
    qtbot.addWidget(strip)
    strip.show_words(
        StripWords("DOE, JANE · 2024-02-29 · " + "a" * 300, "Suspected: PNEUMONIA · 93 %", Suspicion.SUSPECTED)
    )
    for width in (40, 300, 900):
        strip.resize(width, strip.sizeHint().height())
        strip.set_active(width == 300)
        assert grab(strip).std() > 0
    assert "Suspected" in strip.accessibleName()


def test_the_answer_is_painted_in_the_colours_of_the_theme_as_it_is_then(qtbot: QtBot) -> None:
    theme = load_theme("dark")
    strip = FilmStrip(theme)
    qtbot.addWidget(strip)
    strip.show_words(StripWords("a.dcm", "Suspected", Suspicion.SUSPECTED))
    strip.resize(300, strip.sizeHint().height())
    dark = grab(strip)
    theme.become(load_theme("light"))
    assert (grab(strip) != dark).any()
    assert strip._answer_color() == theme.positive
    strip.show_words(StripWords("a.dcm", "No score", is_problem=True))
    assert strip._answer_color() == theme.warning
