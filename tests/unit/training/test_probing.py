from pathlib import Path

import numpy as np
import pytest
import torch
from helpers.labelled_films import LABELS, make_labelled_film
from sklearn.metrics import roc_auc_score
from torch import nn

from radassist.networks.card import InputSpec
from radassist.networks.preprocess import Preprocess
from radassist.networks.registry import create_network
from radassist.training.datasets import FilmSet, to_input
from radassist.training.manifest import LabelledFilm, Split
from radassist.training.probing import FittedProbes, ProbeFilms, fit_probes

PREPROCESS = Preprocess(InputSpec(channels=1, height=32, width=32, via=None, mean=(0.3,), std=(0.2,)))


def make_set(split: Split, count: int, *, telling: bool = True) -> FilmSet:
    """Films whose labels can be told from a bright patch, or, where not `telling`, from nothing."""
    labels = [LABELS[number % 2] for number in range(count)]
    shown = labels if telling else [LABELS[number // 2 % 2] for number in range(count)]
    pixels = [make_labelled_film(f"{split}{number}", label).pixels for number, label in enumerate(shown)]
    films = tuple(LabelledFilm(Path("a.png"), label, "p", split) for label in labels)
    targets = torch.tensor([LABELS.index(label) for label in labels])
    return FilmSet(split, films, torch.from_numpy(np.stack(pixels)), targets)


def sets(*, telling: bool = True) -> ProbeFilms:
    splits = ((Split.FIT, 120), (Split.CALIBRATION, 60), (Split.VALIDATION, 60))
    return ProbeFilms(*(make_set(split, count, telling=telling) for split, count in splits))


def network() -> nn.Module:
    torch.manual_seed(0)
    return create_network("gap_cnn", widths=(4, 8), size=32).eval()


def fitted(films: ProbeFilms, model: nn.Module | None = None) -> FittedProbes | None:
    steps = fit_probes(model or network(), films, PREPROCESS, torch.device("cpu"))
    while True:
        try:
            next(steps)
        except StopIteration as finished:
            found: FittedProbes | None = finished.value
            return found


def features(model: nn.Module, films: FilmSet) -> np.ndarray:
    """Of the first block, by torch alone."""
    with torch.inference_mode():
        maps = model.features.block1(to_input(films.grey[:, None], PREPROCESS))
    return maps.mean(dim=(2, 3)).numpy().astype(np.float64)


def test_a_probe_tells_labels_apart_that_the_maps_show_and_its_auc_is_that_of_validation() -> None:
    model, films = network(), sets()
    found = fitted(films, model)
    assert found is not None
    assert [probe.block for probe in found.probes] == ["block1", "block2"]
    scores = found.probes[0].log_odds(features(model, films.validation))
    assert found.aucs[0].value > 0.95
    assert found.aucs[0].value == pytest.approx(roc_auc_score(films.validation.targets, scores))


def test_a_probe_finds_nothing_where_there_is_nothing() -> None:
    found = fitted(sets(telling=False))
    assert found is not None
    for area in found.aucs:
        assert 0.25 < area.value < 0.75


def test_probabilities_are_calibrated_on_films_the_probe_was_not_fitted_to() -> None:
    model, films = network(), sets(telling=False)
    found = fitted(films, model)
    assert found is not None
    probabilities = 1 / (1 + np.exp(-found.probes[0].log_odds(features(model, films.calibration))))
    assert np.abs(probabilities - 0.5).max() < 0.35  # unsure, as it must be


def test_the_network_is_left_as_it_was() -> None:
    model = network()
    before = {name: value.clone() for name, value in model.state_dict().items()}
    fitted(sets(), model)
    assert all(torch.equal(before[name], value) for name, value in model.state_dict().items())


def test_a_network_without_blocks_has_no_probes() -> None:
    assert fitted(sets(), create_network("mlp", size=32, hidden=4)) is None


def test_too_few_films_of_validation_measure_nothing() -> None:
    films = sets()
    few = ProbeFilms(films.fit, films.calibration, make_set(Split.VALIDATION, 2))
    assert fitted(few) is None


def test_the_entry_of_the_card_says_what_was_fitted_on_what() -> None:
    found = fitted(sets())
    assert found is not None
    entry = found.card_entry("ab" * 32)
    assert (entry.fitted_on, entry.scaled_on, entry.measured_on) == ("fit", "calibration", "validation")
    assert [part.block for part in entry.blocks] == ["block1", "block2"]
    assert "logistic regression" in entry.rule
    assert entry.sha256 == "ab" * 32
