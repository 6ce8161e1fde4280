from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from sklearn.metrics import log_loss, roc_curve
from torch import nn

from radassist.domain.errors import UserError
from radassist.domain.threshold_rule import Aim, ThresholdRule
from radassist.training.calibrate import choose_threshold, fit_conformal, fit_logit_scale, fold_offset
from radassist.training.manifest import LabelledFilm, Split
from radassist.training.scoring import SplitScores


def make_scores(split: Split, *, count: int = 400, sharpness: float = 3.0, seed: int = 0) -> SplitScores:
    random = np.random.default_rng(seed)
    targets = (random.random(count) < 0.7).astype(np.int64)
    evidence = random.normal(0.8 * (2 * targets - 1), 1.0)
    logits = sharpness * np.stack((-evidence, evidence), axis=1)
    film = LabelledFilm(Path("film.png"), "NORMAL", "p", split)
    return SplitScores(split, (film,) * count, targets, logits)


def shifted(scores: SplitScores, offset: float) -> SplitScores:
    return replace(scores, logits=scores.logits + np.array([-offset / 2, offset / 2]))


def balanced_loss(scores: SplitScores, temperature: float) -> float:
    weights = 1 / np.bincount(scores.targets)[scores.targets]
    return log_loss(scores.targets, scores.probabilities(temperature), sample_weight=weights)


def test_the_logit_scale_has_the_least_balanced_loss_of_all_near_it() -> None:
    scores = make_scores(Split.CALIBRATION)
    scale = fit_logit_scale(scores)
    best = balanced_loss(shifted(scores, scale.offset), scale.temperature)
    for offset in (-0.2, 0.0, 0.2):
        for factor in (0.9, 1.0, 1.1):
            other = balanced_loss(shifted(scores, scale.offset + offset), scale.temperature * factor)
            assert other >= best - 1e-7
    assert scale.temperature > 1


def test_an_offset_in_the_logits_is_found_and_undone() -> None:
    scores = make_scores(Split.CALIBRATION)
    assert fit_logit_scale(shifted(scores, -4.0)).offset == pytest.approx(
        fit_logit_scale(scores).offset + 4.0, abs=0.02
    )


def test_labels_told_apart_perfectly_give_a_finite_scale() -> None:
    scores = make_scores(Split.CALIBRATION)
    lead = np.where(scores.targets == 1, 5.0, -5.0)
    scale = fit_logit_scale(replace(scores, logits=np.stack((-lead, lead), axis=1)))
    assert 0.05 <= scale.temperature <= 20


def test_a_folded_offset_moves_the_lead_of_the_positive_logit() -> None:
    network = nn.Sequential(nn.Linear(3, 4), nn.Linear(4, 2))
    film = torch.randn(1, 3)
    before = network(film)[0].detach()
    fold_offset(network, 1.5)
    after = network(film)[0].detach()
    assert (after[1] - after[0]).item() == pytest.approx((before[1] - before[0]).item() + 1.5, abs=1e-5)
    assert after.sum().item() == pytest.approx(before.sum().item(), abs=1e-5)


@pytest.mark.parametrize("network", [nn.ReLU(), nn.Linear(3, 2, bias=False), nn.Linear(3, 5)])
def test_an_offset_cannot_be_folded_into_a_network_without_a_fitting_last_layer(network: nn.Module) -> None:
    with pytest.raises(UserError, match="must end in a linear layer with a bias and two outputs"):
        fold_offset(network, 1.0)


@pytest.mark.parametrize("sensitivity", [0.8, 0.95, 1.0])
def test_threshold_is_the_highest_that_keeps_the_sensitivity(sensitivity: float) -> None:
    scores = make_scores(Split.VALIDATION)
    threshold = choose_threshold(scores, 1.0, ThresholdRule(Aim.SENSITIVITY, sensitivity))
    probabilities = scores.probabilities()[:, 1]
    found = np.sort(probabilities[scores.targets == 1])
    assert (found >= threshold).mean() >= sensitivity
    lost_more = found[found >= threshold][0] + 1e-9
    assert (found >= lost_more).mean() < sensitivity


@pytest.mark.parametrize("specificity", [0.8, 0.95, 1.0])
def test_threshold_is_the_lowest_that_keeps_the_specificity(specificity: float) -> None:
    scores = make_scores(Split.VALIDATION)
    threshold = choose_threshold(scores, 1.0, ThresholdRule(Aim.SPECIFICITY, specificity))
    negative = np.sort(scores.probabilities()[scores.targets == 0, 1])
    assert (negative < threshold).mean() >= specificity
    lower = negative[negative < threshold][-1]
    assert (negative < lower).mean() < specificity


def test_youden_threshold_has_the_largest_sum_of_sensitivity_and_specificity() -> None:
    scores = make_scores(Split.VALIDATION)
    threshold = choose_threshold(scores, 1.0, ThresholdRule(Aim.YOUDEN))
    false_rate, true_rate, _ = roc_curve(scores.targets, scores.probabilities()[:, 1])
    called = scores.probabilities()[:, 1] >= threshold
    found = called[scores.targets == 1].mean() + (~called[scores.targets == 0]).mean() - 1
    assert found == pytest.approx((true_rate - false_rate).max())


def test_copies_of_calibration_films_count_as_no_new_films() -> None:
    scores = make_scores(Split.CALIBRATION, count=300)
    twice = replace(
        scores,
        films=scores.films * 2,
        targets=np.tile(scores.targets, 2),
        logits=np.tile(scores.logits, (2, 1)),
        copies=2,
    )
    assert fit_conformal(twice, 1.0) == fit_conformal(scores, 1.0)
    assert np.array_equal(twice.as_they_are.logits, scores.logits)


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
def test_the_logit_scale_and_conformal_refuse_films_of_another_split(wrong: Split) -> None:
    with pytest.raises(ValueError, match=f"not on {wrong}"):
        fit_logit_scale(make_scores(wrong))
    with pytest.raises(ValueError, match=f"not on {wrong}"):
        fit_conformal(make_scores(wrong), 1.0)


@pytest.mark.parametrize("wrong", [Split.TEST, Split.FIT, Split.CALIBRATION, Split.DEMO])
def test_the_threshold_refuses_films_of_another_split(wrong: Split) -> None:
    with pytest.raises(ValueError, match=f"not on {wrong}"):
        choose_threshold(make_scores(wrong), 1.0, ThresholdRule(Aim.YOUDEN))
