import numpy as np
import pytest
from helpers.fakes import make_film
from helpers.models import make_card

from radassist.domain.prepared import InputShape
from radassist.domain.radiograph import Notice
from radassist.domain.study import Identity
from radassist.imaging.rendering import to_grey8
from radassist.imaging.thumbnail import thumbnail
from radassist.inference.preparing import contrast, prepare
from radassist.networks.preprocess import Preprocess


def test_what_is_fed_is_what_the_models_preprocessing_makes_of_the_film_as_shown() -> None:
    film, preprocess = make_film(size=(300, 200)), Preprocess.from_card(make_card())
    prepared = prepare(film, preprocess.shape)
    assert np.array_equal(prepared.fed, preprocess.squash(to_grey8(film)))
    assert np.array_equal(prepared.thumbnail, thumbnail(film))
    assert prepared.geometry == preprocess.geometry(to_grey8(film))


def test_all_that_is_said_of_the_film_stays_with_it() -> None:
    film = make_film(notices=(Notice("COLOUR", "Coloured."),), identity=Identity(view="PA"))
    prepared = prepare(film, InputShape(8, 8))
    assert (prepared.identity, prepared.facts, prepared.notices) == (film.identity, film.facts, film.notices)
    assert (prepared.height, prepared.width) == (film.height, film.width)


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("size", [(64, 64), (200, 70), (700, 900)])
def test_contrast_is_what_numpys_percentiles_say(size: tuple[int, int], seed: int) -> None:
    random = np.random.default_rng(seed)
    grey8 = random.normal(120, 4 + 10 * seed, size).clip(0, 255).astype(np.uint8)
    step = max(1, min(size) // 256)
    low, high = np.percentile(grey8[::step, ::step], (2, 98))
    assert contrast(grey8) == pytest.approx(high - low, abs=1e-9)
