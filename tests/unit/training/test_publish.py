import csv
from pathlib import Path

import numpy as np
import pytest
from helpers.cards import make_card as made_up_card

from radassist.domain.errors import StoreError, UserError
from radassist.domain.threshold_rule import Aim, ThresholdRule
from radassist.networks.card import TrainingRun
from radassist.training.calibrate import LogitScale
from radassist.training.evaluate import evaluate_scores
from radassist.training.events import EpochMetrics
from radassist.training.manifest import LabelledFilm, Split
from radassist.training.publish import (
    DataDescription,
    HeldOut,
    TrainedNetwork,
    add_evaluation,
    make_card,
    read_description,
    write_log,
)
from radassist.training.scoring import SplitScores

HISTORY = [EpochMetrics(1, 0.5, 0.4, 0.9, 1e-3, 12.5), EpochMetrics(2, 0.25, 0.3, 0.95, 1e-4, 11.0)]


def make_scores(split: Split) -> SplitScores:
    random = np.random.default_rng(len(split))
    targets = np.repeat([0, 1], 60)
    evidence = random.normal(2.0 * (2 * targets - 1), 1.5)
    film = LabelledFilm(Path("a.png"), "NORMAL", "p", split)
    return SplitScores(split, (film,) * 120, targets, np.stack((-evidence, evidence), axis=1))


def make_trained() -> TrainedNetwork:
    old = made_up_card()
    return TrainedNetwork(
        id="new-model",
        title="New",
        architecture=old.architecture,
        config=old.config,
        labels=old.labels,
        spec=old.input,
        blocks=old.blocks,
        run=TrainingRun(command="x", epochs=2, best_epoch=2, seed=1, minutes=0.4, code_version="0"),
        films=80,
    )


def test_a_card_says_where_each_of_its_figures_comes_from() -> None:
    scores = HeldOut(LogitScale(0.25, 1.5), make_scores(Split.VALIDATION), make_scores(Split.CALIBRATION))
    data = DataDescription(
        name="films", licence="CC0", population="Grown-ups.", ages=(18, 90), views=("AP", "PA"), limits=("One town.",)
    )
    card = make_card(make_trained(), data, scores, ThresholdRule(Aim.SENSITIVITY, 0.9))
    assert card.calibration.temperature == 1.5
    assert card.calibration.fitted_on.startswith("calibration, ")
    assert "+0.250" in card.calibration.fitted_on
    assert card.operating_point.chosen_on == "validation"
    assert "at least 90.0% on validation" in card.operating_point.rule
    assert card.conformal is not None
    assert card.conformal.fitted_on == "calibration"
    assert (card.training_data.films, card.training_data.licence, card.ages) == (80, "CC0", (18.0, 90.0))
    assert card.views == ("AP", "PA")
    assert [(entry.data, entry.split) for entry in card.evaluations] == [("films", "validation")]


def test_new_figures_take_the_place_of_old_ones_of_the_same_films() -> None:
    report = evaluate_scores(made_up_card(), make_scores(Split.TEST), "films")
    card = add_evaluation(add_evaluation(made_up_card(), report), report)
    assert len(card.evaluations) == 1


def test_the_log_has_one_row_an_epoch(tmp_path: Path) -> None:
    write_log(HISTORY, b"png", tmp_path)
    with (tmp_path / "log.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["epoch"] for row in rows] == ["1", "2"]
    assert float(rows[1]["validation_auc"]) == 0.95
    assert (tmp_path / "curves.png").read_bytes() == b"png"


def test_a_log_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="file cannot be made"):
        write_log(HISTORY, b"png", tmp_path / "file")


def test_a_description_of_the_data_is_read_from_json(tmp_path: Path) -> None:
    (tmp_path / "data.json").write_text('{"name": "films", "ages": [1, 5]}')
    assert read_description(tmp_path / "data.json").ages == (1.0, 5.0)


@pytest.mark.parametrize("text", ["{", '{"licence": "CC0"}', '{"name": "films", "colour": "grey"}'])
def test_a_description_that_is_not_valid_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "data.json").write_text(text)
    with pytest.raises(UserError, match=r"data\.json, cannot be used"):
        read_description(tmp_path / "data.json")
