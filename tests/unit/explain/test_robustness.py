import pytest
from helpers.fakes import FakeScorer, make_film
from helpers.pictures import smooth_film

from radassist.domain.cancellation import Cancelled, CancelToken
from radassist.domain.robustness import Variation
from radassist.explain.robustness import measure_robustness
from radassist.explain.variants import variants_of


def test_the_strip_grows_from_the_film_alone_to_all_variants() -> None:
    film = smooth_film(100, 120)
    strips = list(measure_robustness(film, FakeScorer(), CancelToken()))
    assert strips[0].variants == ()
    assert [strip.done for strip in strips] == list(range(len(variants_of(film)) + 1))
    assert [strip.is_complete for strip in strips] == [False] * (len(strips) - 1) + [True]


def test_a_score_that_follows_the_left_side_is_caught_by_the_flip() -> None:
    film = smooth_film(100, 120)
    scorer = FakeScorer(lambda picture: float(picture[:, : picture.shape[1] // 2].mean() > 150))
    *_, strip = measure_robustness(film, scorer, CancelToken())
    assert strip.overturning[0].variation is Variation.FLIP
    assert "flipped left to right" in strip.sentence
    assert strip.width == 1


def test_a_change_that_leaves_every_pixel_as_it_is_says_nothing_and_is_left_out() -> None:
    film = make_film(size=(300, 200))  # its own window is the full range
    *_, strip = measure_robustness(film, FakeScorer(), CancelToken())
    assert "shown in full range" not in [found.title for found in strip.variants]
    assert strip.is_complete


def test_it_can_be_left_between_variants() -> None:
    cancel = CancelToken()
    strips = measure_robustness(smooth_film(50, 50), FakeScorer(), cancel)
    next(strips)
    cancel.cancel()
    with pytest.raises(Cancelled):
        next(strips)
