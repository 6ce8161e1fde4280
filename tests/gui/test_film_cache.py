"""The cache of films around the one on the screen."""

from dataclasses import replace

from helpers.fakes import make_analysis, make_film

from radassist.gui.film.film_cache import CachedFilm, FilmCache


def test_the_films_used_longest_ago_go_first() -> None:
    cache = FilmCache(limit=3 * 96 * 64)
    for number in range(3):
        cache.put(number, CachedFilm(make_film(str(number))))
    cache.get(0)
    cache.put(3, CachedFilm(make_film("3")))
    assert 1 not in cache
    assert all(number in cache for number in (0, 2, 3))


def test_a_film_larger_than_the_limit_is_still_shown() -> None:
    cache = FilmCache(limit=10)
    cache.put(7, CachedFilm(make_film()))
    assert cache.get(7) is not None


def test_maps_count_as_bytes_held() -> None:
    film = make_film()
    bare, scored = CachedFilm(film), CachedFilm(film, make_analysis(film, with_blocks=True))
    assert bare.nbytes == film.pixels.nbytes
    assert scored.nbytes == bare.nbytes + sum(m.activations.nbytes for m in scored.analysis.feature_maps)


def test_a_film_is_complete_with_an_answer_or_a_reason_for_none() -> None:
    waiting = CachedFilm(make_film())
    assert not waiting.is_complete
    assert replace(waiting, problem="It is a hand.").is_complete
    assert replace(waiting, analysis=make_analysis(waiting.radiograph)).is_complete
