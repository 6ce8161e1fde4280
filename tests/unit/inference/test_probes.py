import hashlib
from pathlib import Path

import numpy as np
import pytest
from helpers.fakes import make_film
from helpers.models import make_card, save_model
from safetensors.numpy import save as pack_arrays

from radassist.domain.analysis import Analysis, BlockSpec, FeatureMap
from radassist.domain.errors import ModelUnavailable
from radassist.inference.predictor import load_predictor
from radassist.inference.probes import Probe, ProbeSet, load_probes, save_probes
from radassist.networks.card import PROBES_NAME, Metric, ModelCard, ProbeEntry, Probes

RANDOM = np.random.default_rng(4)
PROBES = (Probe("block1", RANDOM.normal(size=4), 0.5), Probe("block2", RANDOM.normal(size=6), -0.25))


def entry(sha256: str = "0" * 64) -> Probes:
    areas = (0.7, 0.9)
    blocks = (ProbeEntry(block=one.block, auc=Metric(value=area)) for one, area in zip(PROBES, areas, strict=True))
    return Probes(
        blocks=tuple(blocks), rule="", fitted_on="fit", scaled_on="calibration", measured_on="validation", sha256=sha256
    )


def saved(folder: Path) -> ModelCard:
    """A model of two blocks of 4 and 6 channels, with probes."""
    return save_model(folder, make_card(probes=entry(save_probes(PROBES, folder))))


def test_an_opinion_is_the_logistic_function_of_the_weighted_features(tmp_path: Path) -> None:
    probes = load_probes(tmp_path, saved(tmp_path))
    assert probes is not None
    maps = RANDOM.normal(size=(6, 3, 3)).astype(np.float32)
    (opinion,) = probes.opinions([FeatureMap(BlockSpec("block2", "features.block2", 4), maps)])
    expected = 1 / (1 + np.exp(-(maps.mean(axis=(1, 2), dtype=float) @ PROBES[1].weights - 0.25)))
    assert opinion.probability == pytest.approx(expected, abs=1e-12)
    assert (opinion.block, opinion.auc) == ("block2", 0.9)


def test_an_opinion_as_sure_as_can_be_stays_a_probability() -> None:
    sure = ProbeSet([Probe("block1", np.full(4, -1e6), 0.0)], entry())
    maps = np.ones((4, 2, 2), np.float32)
    assert sure.opinions([FeatureMap(BlockSpec("block1", "", 2), maps)])[0].probability == 0


def test_an_analysis_carries_the_opinions_with_its_maps(tmp_path: Path) -> None:
    saved(tmp_path)
    predictor = load_predictor(str(tmp_path), "cpu")
    with_maps, without = (predictor.predict([make_film()], with_blocks=wanted)[0] for wanted in (True, False))
    assert isinstance(with_maps, Analysis)
    assert isinstance(without, Analysis)
    assert [opinion.block for opinion in with_maps.opinions] == ["block1", "block2"]
    assert without.opinions == ()


def test_a_model_without_probes_has_no_opinions(tmp_path: Path) -> None:
    card = save_model(tmp_path)
    assert load_probes(tmp_path, card) is None
    answer = load_predictor(str(tmp_path), "cpu").predict([make_film()], with_blocks=True)[0]
    assert isinstance(answer, Analysis)
    assert answer.opinions == ()


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    card = saved(tmp_path)
    (tmp_path / PROBES_NAME).unlink()
    with pytest.raises(ModelUnavailable, match="cannot be read"):
        load_probes(tmp_path, card)


def test_another_file_than_the_cards_is_refused(tmp_path: Path) -> None:
    card = saved(tmp_path)
    save_probes(PROBES[:1], tmp_path)
    with pytest.raises(ModelUnavailable, match="checksums differ"):
        load_probes(tmp_path, card)


@pytest.mark.parametrize(
    "arrays",
    [
        {},
        {"block1.weights": np.zeros(4), "block1.offset": np.zeros(1)},
        {name: np.zeros(shape) for name, shape in (("block1.weights", 3), ("block1.offset", 1))},
    ],
)
def test_probes_that_do_not_suit_the_blocks_are_refused(tmp_path: Path, arrays: dict[str, np.ndarray]) -> None:
    data = pack_arrays(arrays)
    (tmp_path / PROBES_NAME).write_bytes(data)
    with pytest.raises(ModelUnavailable, match="do not suit"):
        load_probes(tmp_path, make_card(probes=entry(hashlib.sha256(data).hexdigest())))


def test_probes_that_are_not_finite_are_refused(tmp_path: Path) -> None:
    broken = (Probe("block1", np.full(4, np.nan), 0.0), PROBES[1])
    with pytest.raises(ModelUnavailable, match="not finite"):
        load_probes(tmp_path, make_card(probes=entry(save_probes(broken, tmp_path))))


def test_what_is_no_safetensors_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / PROBES_NAME).write_bytes(b"no")
    with pytest.raises(ModelUnavailable, match="no safetensors file"):
        load_probes(tmp_path, make_card(probes=entry(hashlib.sha256(b"no").hexdigest())))


def test_a_card_whose_probes_name_an_unknown_block_is_not_valid() -> None:
    wrong = entry().model_copy(update={"blocks": (ProbeEntry(block="block9", auc=Metric(value=0.5)),)})
    with pytest.raises(ValueError, match="names a block that is none"):
        make_card(probes=wrong)
