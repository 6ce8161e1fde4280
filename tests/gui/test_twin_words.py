"""Whose answer it is stands above each side."""

from helpers.fakes import make_analysis, make_film, make_items

from radassist.gui.beside.twin_words import as_second_opinion, hidden, twin_words
from radassist.gui.film.film_cache import CachedFilm

FILM = make_film()
(ITEM,) = make_items("a.dcm")


def test_model_answer_and_its_own_threshold_are_named() -> None:
    words = twin_words("gap_cnn", ITEM, CachedFilm(FILM, make_analysis(FILM, probability=0.9)))
    assert words.title == "gap_cnn · a.dcm"
    assert words.answer == "Suspected: PNEUMONIA · 90\N{NO-BREAK SPACE}%"
    assert words.detail == "Threshold 50\N{NO-BREAK SPACE}%"


def test_a_second_opinion_says_that_it_is_not_kept() -> None:
    assert as_second_opinion(twin_words("m", ITEM, None)).detail == "not kept, not exported"
    words = twin_words("m", ITEM, CachedFilm(FILM, make_analysis(FILM)))
    assert as_second_opinion(words).detail.endswith(" · not kept, not exported")


def test_a_hidden_answer_leaves_neither_number_nor_colour() -> None:
    words = hidden(twin_words("m", ITEM, CachedFilm(FILM, make_analysis(FILM, probability=0.9))))
    assert (words.title, words.answer, words.suspicion, words.detail) == ("m · a.dcm", "Your answer first", None, "")
