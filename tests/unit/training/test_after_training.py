from dataclasses import replace
from pathlib import Path

import pytest
from helpers.fakes import FakeLoader
from helpers.labelled_films import usual_rows
from helpers.small_training import run_training

from radassist.domain.cancellation import CancelToken
from radassist.domain.errors import ModelUnavailable, UserError
from radassist.inference.probes import load_probes
from radassist.networks.card import ModelCard, read_card, write_card
from radassist.networks.track_record import load_track_record
from radassist.networks.weights import load_network
from radassist.training.after_training import evaluate, probe, validate
from radassist.training.events import (
    EvaluationFinished,
    ProbesFitted,
    TrackRecordWritten,
)
from radassist.training.manifest import Split
from radassist.training.options import EvaluateOptions, ProbeOptions, TrainOptions


def test_probes_can_be_fitted_to_a_model_that_has_none(
    options: TrainOptions, loader: FakeLoader, trained: ModelCard
) -> None:
    (options.out / "probes.safetensors").unlink()
    write_card(trained.model_copy(update={"probes": None}), options.out)
    loader.submitted.clear()

    *_, last = probe(ProbeOptions(options.data, str(options.out), "cpu"), loader, CancelToken())
    assert isinstance(last, ProbesFitted)
    assert trained.probes is not None
    assert last.probes.blocks == trained.probes.blocks  # the same films, the same network
    assert read_card(options.out) == trained.model_copy(update={"probes": last.probes})
    assert load_probes(options.out, read_card(options.out)) is not None
    assert not [name for name in loader.submitted if name.startswith("test")]


def test_what_became_of_the_films_of_validation_is_written_with_the_model_or_afterwards(
    options: TrainOptions, loader: FakeLoader, trained: ModelCard
) -> None:
    assert trained.track_record is not None
    record = load_track_record(options.out, trained)
    assert record is not None
    counted = record.tally(trained.operating_point.threshold)
    told = trained.evaluations[0].metrics
    assert (counted.sensitivity.value, counted.specificity.value) == pytest.approx(
        (told["sensitivity"].value, told["specificity"].value), abs=1e-4
    )
    write_card(trained.model_copy(update={"track_record": None}), options.out)
    loader.submitted.clear()

    *_, last = validate(ProbeOptions(options.data, str(options.out), "cpu"), loader, CancelToken())
    assert isinstance(last, TrackRecordWritten)
    assert load_track_record(options.out, read_card(options.out)) == record
    assert len(loader.submitted) == record.films == trained.evaluations[0].films


def test_a_model_without_blocks_gets_no_probes(options: TrainOptions, loader: FakeLoader) -> None:
    card = run_training(replace(options, architecture="mlp", config={"size": 32, "hidden": 4}), loader)
    assert card.probes is None
    with pytest.raises(UserError, match="has no blocks"):
        list(probe(ProbeOptions(options.data, str(options.out), "cpu"), loader, CancelToken()))


@pytest.mark.usefixtures("trained")
def test_evaluation_measures_the_test_films_and_fills_in_the_card(
    tmp_path: Path, options: TrainOptions, loader: FakeLoader
) -> None:
    chosen = EvaluateOptions(options.data, str(options.out), tmp_path / "report", into_card=True, device="cpu")
    *_, last = evaluate(chosen, loader, CancelToken())
    assert isinstance(last, EvaluationFinished)
    assert (last.evaluation.split, last.evaluation.films) == (Split.TEST, 12)
    assert last.evaluation.metrics["auc"].value > 0.9
    assert sorted(path.name for path in (tmp_path / "report").iterdir()) == ["evaluation.html", "evaluation.json"]
    assert read_card(options.out).evaluations[-1] == last.evaluation
    assert load_network(str(options.out)).card.evaluations[0].split == "validation"


@pytest.mark.usefixtures("trained")
def test_films_from_elsewhere_are_measured_whole(tmp_path: Path, options: TrainOptions, loader: FakeLoader) -> None:
    chosen = EvaluateOptions(options.data, str(options.out), tmp_path / "report", all_films=True, device="cpu")
    *_, last = evaluate(chosen, loader, CancelToken())
    assert isinstance(last, EvaluationFinished)
    assert last.evaluation.films == len(usual_rows(12))


def test_evaluation_of_a_model_that_is_not_there_is_one_sentence(tmp_path: Path, loader: FakeLoader) -> None:
    with pytest.raises(ModelUnavailable, match="There is no model"):
        next(evaluate(EvaluateOptions(tmp_path / "films", "nothing", tmp_path / "report"), loader, CancelToken()))
