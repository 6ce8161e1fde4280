from pathlib import Path

import numpy as np
import pytest
from sklearn.metrics import log_loss

from radassist.training.calibrate import choose_threshold, fit_conformal, fit_temperature
from radassist.training.manifest import LabelledFilm, Split
from radassist.training.scoring import SplitScores


def make_scores(split: Split, *, count: int = 400, sharpness: float = 3.0, seed: int = 0) -> SplitScores:
    random = np.random.default_rng(seed)
    targets = (random.random(count) < 0.7).astype(np.int64)
    evidence = random.normal(0.8 * (2 * targets - 1), 1.0)
    logits = sharpness * np.stack((-evidence, evidence), axis=1)
    film = LabelledFilm(Path("film.png"), "NORMAL", "p", split)
    return SplitScores(split, (film,) * count, targets, logits)


def balanced_loss(scores: SplitScores, temperature: float) -> float:
    weights = 1 / np.bincount(scores.targets)[scores.targets]
    return log_loss(scores.targets, scores.probabilities(temperature), sample_weight=weights)


def test_temperature_has_the_least_balanced_loss_of_all_on_a_grid() -> None:
    scores = make_scores(Split.CALIBRATION)
    temperature = fit_temperature(scores).temperature
    grid = np.geomspace(0.2, 10, 400)
    assert temperature == pytest.approx(grid[np.argmin([balanced_loss(scores, value) for value in grid])], rel=0.02)
    assert temperature > 1


@pytest.mark.parametrize("sensitivity", [0.8, 0.95, 1.0])
def test_threshold_is_the_highest_that_keeps_the_sensitivity(sensitivity: float) -> None:
    scores = make_scores(Split.VALIDATION)
    threshold = choose_threshold(scores, 1.0, sensitivity=sensitivity).threshold
    probabilities = scores.probabilities()[:, 1]
    found = np.sort(probabilities[scores.targets == 1])
    assert (found >= threshold).mean() >= sensitivity
    lost_more = found[found >= threshold][0] + 1e-9
    assert (found >= lost_more).mean() < sensitivity


def test_conformal_sets_hold_the_truth_of_new_films_as_often_as_promised() -> None:
    conformal = fit_conformal(make_scores(Split.CALIBRATION, count=3000), 1.0, error_rate=0.1)
    new = make_scores(Split.TEST, count=6000, seed=9)
    probabilities = new.probabilities()
    for label in (0, 1):
        covered = 1 - probabilities[new.targets == label, label] <= conformal.quantiles[label]
        assert covered.mean() == pytest.approx(0.9, abs=0.03)


def test_too_few_calibration_films_give_sets_that_hold_every_label() -> None:
    conformal = fit_conformal(make_scores(Split.CALIBRATION, count=10), 1.0, error_rate=0.05)
    assert conformal.quantiles == (1.0, 1.0)


@pytest.mark.parametrize("wrong", [Split.TEST, Split.FIT, Split.VALIDATION, Split.DEMO])
def test_temperature_and_conformal_refuse_films_of_another_split(wrong: Split) -> None:
    with pytest.raises(ValueError, match=f"not on {wrong}"):
        fit_temperature(make_scores(wrong))
    with pytest.raises(ValueError, match=f"not on {wrong}"):
        fit_conformal(make_scores(wrong), 1.0)


@pytest.mark.parametrize("wrong", [Split.TEST, Split.FIT, Split.CALIBRATION, Split.DEMO])
def test_the_threshold_refuses_films_of_another_split(wrong: Split) -> None:
    with pytest.raises(ValueError, match=f"not on {wrong}"):
        choose_threshold(make_scores(wrong), 1.0, sensitivity=0.95)
