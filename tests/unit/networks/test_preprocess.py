import csv
import io
from pathlib import Path

import numpy as np
import pytest
from helpers.models import make_card
from numpy.typing import NDArray
from PIL import Image

from radassist.networks.card import InputSpec
from radassist.networks.preprocess import Preprocess

SPEC = InputSpec(channels=1, height=224, width=224, mean=(0.5,), std=(0.25,))


def _film(height: int, width: int, seed: int = 1) -> NDArray[np.uint8]:
    return np.random.default_rng(seed).integers(0, 256, (height, width), dtype=np.uint8)


def test_a_film_becomes_normalised_channels_and_the_way_back() -> None:
    fed = Preprocess(SPEC).apply(_film(300, 500))
    assert fed.array.shape == (1, 224, 224)
    assert fed.array.dtype == np.float32
    assert fed.geometry.film_size == (300, 500)
    assert fed.geometry.input_size == (224, 224)


def test_normalising_is_grey_over_255_less_mean_over_deviation_for_each_channel() -> None:
    spec = InputSpec(channels=3, height=8, width=8, via=None, mean=(0.4, 0.5, 0.6), std=(0.1, 0.2, 0.3))
    film = _film(8, 8)
    array = Preprocess(spec).apply(film).array
    for channel, (mean, std) in enumerate(zip(spec.mean, spec.std, strict=True)):
        np.testing.assert_allclose(array[channel], (film / 255 - mean) / std, rtol=1e-5, atol=1e-6)


def test_a_film_of_the_right_size_is_not_resampled() -> None:
    film = _film(224, 224)
    assert np.array_equal(Preprocess(SPEC).squash(film), film)


def test_every_film_goes_by_way_of_the_size_of_the_training_films() -> None:
    spec = SPEC.model_copy(update={"height": 64, "width": 96})
    film = _film(700, 900)
    by_hand = Image.fromarray(film).resize((224, 224), Image.Resampling.BILINEAR)
    by_hand = by_hand.resize((96, 64), Image.Resampling.BILINEAR)
    assert np.array_equal(Preprocess(spec).squash(film), np.asarray(by_hand))


def test_the_card_decides() -> None:
    card = make_card()
    assert Preprocess.from_card(card).spec == card.input


def test_its_version_tells_two_rules_apart() -> None:
    versions = {
        Preprocess(SPEC.model_copy(update=change)).version
        for change in ({}, {"via": None}, {"height": 256}, {"mean": (0.45,)}, {"std": (0.2,)})
    }
    assert len(versions) == 5
    assert Preprocess(SPEC).version == "grey8 bilinear 224x224 then 224x224 x1 mean 0.5 std 0.25 (rule 1)"


@pytest.mark.shared
def test_an_original_is_squashed_to_the_very_pixels_of_its_training_film(shared_data: Path) -> None:
    """The training films were made from the originals by the same step and then a JPEG of quality 75."""
    small_by_name = {path.name: path for path in (shared_data / "kermany224" / "train").rglob("*.jpeg")}
    with (shared_data / "kermany_originals" / "manifest.csv").open(encoding="utf-8", newline="") as file:
        names = [row["path"] for row in csv.DictReader(file)]
    pairs = [(shared_data / "kermany_originals" / name, small_by_name.get(Path(name).name)) for name in names]
    compared = [(original, small) for original, small in pairs if small is not None][:12]
    assert len(compared) == 12
    for original, small in compared:
        with Image.open(original) as film:
            squashed = Preprocess(SPEC).squash(np.asarray(film.convert("L")))
        assert np.array_equal(_through_jpeg(squashed), np.asarray(Image.open(small).convert("L"))), small.name


def _through_jpeg(grey8: NDArray[np.uint8]) -> NDArray[np.uint8]:
    file = io.BytesIO()
    Image.fromarray(grey8).convert("RGB").save(file, "JPEG", quality=75)
    return np.asarray(Image.open(file).convert("L"))
