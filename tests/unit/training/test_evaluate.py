from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from helpers.cards import make_card

from radassist.networks.card import Calibration, Conformal, ModelCard, OperatingPoint
from radassist.training.evaluate import card_evaluation, evaluate_scores
from radassist.training.manifest import LabelledFilm, Split
from radassist.training.scoring import SplitScores


def make_scores(probabilities: list[float], labels: list[int], **facts: list[object]) -> SplitScores:
    films = [
        LabelledFilm(Path(f"film{row}.png"), ("NORMAL", "PNEUMONIA")[label], str(row), Split.TEST)
        for row, label in enumerate(labels)
    ]
    for name, values in facts.items():
        films = [replace(film, **{name: value}) for film, value in zip(films, values, strict=True)]
    p = np.array(probabilities)
    return SplitScores(Split.TEST, tuple(films), np.array(labels), np.log(np.stack((1 - p, p), axis=1)))


@pytest.fixture
def card() -> ModelCard:
    return make_card().model_copy(
        update={
            "calibration": Calibration(temperature=1.0, fitted_on="calibration"),
            "operating_point": OperatingPoint(threshold=0.5, rule="half", chosen_on="validation"),
            "conformal": Conformal(error_rate=0.1, quantiles=(0.45, 0.3), fitted_on="calibration"),
        }
    )


def test_figures_are_taken_at_the_threshold_of_the_card(card: ModelCard) -> None:
    report = evaluate_scores(card, make_scores([0.9, 0.5, 0.4, 0.6, 0.1], [1, 1, 1, 0, 0]), "made up")
    counts = report.figures.confusion
    assert (counts.true_positive, counts.false_negative, counts.false_positive, counts.true_negative) == (2, 1, 1, 1)
    assert report.figures.auc is not None
    assert report.figures.auc.value == pytest.approx(4 / 6)


def test_probabilities_carry_the_temperature_of_the_card(card: ModelCard) -> None:
    card = card.model_copy(update={"calibration": Calibration(temperature=2.0, fitted_on="calibration")})
    report = evaluate_scores(card, make_scores([0.8, 0.2], [1, 0]), "made up")
    assert report.probabilities[0] == pytest.approx(1 / (1 + (0.2 / 0.8) ** 0.5))


def test_a_subtype_is_measured_against_all_negative_films_and_other_groups_by_themselves(card: ModelCard) -> None:
    scores = make_scores(
        [0.9, 0.2, 0.8, 0.1],
        [1, 1, 0, 0],
        subtype=["virus", "bacteria", "normal", "normal"],
        sex=["F", "M", "M", ""],
        age_years=[4.0, 40.0, None, None],
        view=["PA", "AP", "PA", "PA"],
    )
    groups = {group.name: group.figures for group in evaluate_scores(card, scores, "made up").subgroups}
    assert set(groups) == {
        "virus against all normal", "bacteria against all normal",
        "age 0 to 17", "age 18 to 64", "sex F", "sex M", "view AP", "view PA",
    }  # fmt: skip
    virus, sex = groups["virus against all normal"], groups["sex M"]
    assert (virus.films, virus.sensitivity and virus.sensitivity.value) == (3, 1.0)
    assert (sex.films, sex.auc) == (2, None)


def test_conformal_figures_count_sets_that_hold_the_truth_and_sets_of_one_label(card: ModelCard) -> None:
    # Sets: {PNEUMONIA}, {}, {NORMAL}, {NORMAL}; the quantiles ask for p(NORMAL) >= 0.55 or p(PNEUMONIA) >= 0.7.
    conformal = evaluate_scores(card, make_scores([0.9, 0.6, 0.4, 0.1], [1, 1, 1, 0]), "made up").conformal
    assert conformal is not None
    normal, pneumonia = conformal.coverage
    assert normal and pneumonia and conformal.undetermined and conformal.accuracy_when_determined
    assert (normal.value, pneumonia.value) == pytest.approx((1.0, 1 / 3))
    assert conformal.undetermined.value == pytest.approx(1 / 4)
    assert conformal.accuracy_when_determined.value == pytest.approx(2 / 3)


def test_a_film_whose_one_label_is_against_the_threshold_counts_as_undetermined_as_in_use(card: ModelCard) -> None:
    card = card.model_copy(update={"operating_point": OperatingPoint(threshold=0.8, rule="high", chosen_on="nothing")})
    # Sets {PNEUMONIA}, {PNEUMONIA}, {NORMAL}; the second film lies below the threshold.
    conformal = evaluate_scores(card, make_scores([0.9, 0.75, 0.1], [1, 1, 0]), "made up").conformal
    assert conformal is not None
    assert conformal.undetermined
    assert conformal.accuracy_when_determined
    assert conformal.undetermined.value == pytest.approx(1 / 3)
    assert conformal.accuracy_when_determined.value == 1.0


def test_the_worst_errors_come_first_and_are_twenty_at_most(card: ModelCard) -> None:
    probabilities = [*np.linspace(0.51, 0.99, 30).tolist(), 0.9]
    report = evaluate_scores(card, make_scores(probabilities, [0] * 30 + [1]), "made up")
    assert [wrong.row for wrong in report.worst] == list(range(29, 9, -1))


def test_the_entry_for_the_card_names_data_split_and_films(card: ModelCard) -> None:
    entry = card_evaluation(evaluate_scores(card, make_scores([0.9, 0.1], [1, 0]), "made up"))
    assert (entry.data, entry.split, entry.films) == ("made up", "test", 2)
    assert entry.metrics["accuracy"].value == 1.0
    assert {"auc", "sensitivity", "specificity", "ece", "brier"} >= set(entry.metrics) - {"ppv", "npv", "accuracy"}
