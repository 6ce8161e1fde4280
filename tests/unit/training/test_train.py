from dataclasses import replace
from pathlib import Path

import pytest
import torch
from helpers.fakes import FakeLoader
from helpers.labelled_films import make_labelled_film, usual_rows, write_manifest
from helpers.small_training import RECIPE, run_training

from radassist.domain.cancellation import Cancelled, CancelToken
from radassist.domain.errors import DecodeError, ModelUnavailable, RefusedImage, StoreError, UserError
from radassist.inference.feature_guard import load_feature_distance
from radassist.inference.predictor import load_predictor
from radassist.networks.card import ModelCard, read_card
from radassist.networks.weights import load_network
from radassist.training.after_training import evaluate
from radassist.training.events import (
    BatchDone,
    EvaluationFinished,
    WiringChecked,
)
from radassist.training.manifest import Split
from radassist.training.options import EvaluateOptions, TrainOptions
from radassist.training.train import train


def test_training_leaves_a_folder_that_loads_as_a_model(options: TrainOptions, trained: ModelCard) -> None:
    assert sorted(path.name for path in options.out.iterdir()) == [
        "card.json", "curves.png", "guard.safetensors", "log.csv", "probes.safetensors", "validation.json",
        "weights.safetensors",
    ]  # fmt: skip
    assert load_network(str(options.out)).card == trained
    assert trained.training_data.films == 24
    assert trained.training_run.command.startswith(
        "radassist train --data films --arch gap_cnn --out new-model --via 0"
    )


def test_a_new_model_knows_what_does_not_look_like_its_films(options: TrainOptions, trained: ModelCard) -> None:
    distance = load_feature_distance(options.out, trained)
    assert distance is not None
    assert trained.guard.features is not None
    assert trained.guard.features.block == "block1"


def test_a_new_model_knows_what_each_block_alone_would_say(options: TrainOptions, trained: ModelCard) -> None:
    assert trained.probes is not None
    assert [entry.block for entry in trained.probes.blocks] == ["block1", "block2"]
    assert (trained.probes.fitted_on, trained.probes.scaled_on, trained.probes.measured_on) == (
        "fit", "calibration", "validation",
    )  # fmt: skip
    analysis = load_predictor(str(options.out), "cpu").predict([make_labelled_film("x", "NORMAL")], with_blocks=True)[0]
    assert isinstance(analysis, RefusedImage) or len(analysis.opinions) == 2


def test_the_test_films_are_not_even_opened_by_training(options: TrainOptions, loader: FakeLoader) -> None:
    run_training(options, loader)
    assert not [name for name in loader.submitted if name.startswith("test")]


def spoil(loader: FakeLoader, split: str) -> FakeLoader:
    """The same films, but those of `split` show the other label."""
    spoilt = dict(loader.outcomes)
    for name in spoilt:
        if name.startswith(split):
            spoilt[name] = make_labelled_film(name, "PNEUMONIA" if "NORMAL" in name else "NORMAL")
    return FakeLoader(spoilt)


@pytest.mark.parametrize("copies", [0, 2])
def test_the_test_films_decide_nothing_in_a_card(
    tmp_path: Path, options: TrainOptions, loader: FakeLoader, copies: int
) -> None:
    options = replace(options, varied_calibration=copies)
    card = run_training(options, loader)
    other = run_training(replace(options, out=tmp_path / "other" / "new-model"), spoil(loader, "test"))
    assert other.model_copy(update={"training_run": card.training_run}) == card


@pytest.mark.parametrize("copies", [0, 2])
def test_the_validation_films_decide_neither_the_scale_nor_the_conformal_sets(
    tmp_path: Path, options: TrainOptions, loader: FakeLoader, copies: int
) -> None:
    # One epoch, so that there is no other for validation to choose.
    options = replace(options, recipe=replace(RECIPE, epochs=1), varied_calibration=copies)
    card = run_training(options, loader)
    other = run_training(replace(options, out=tmp_path / "other"), spoil(loader, "validation"))
    assert (other.calibration, other.conformal) == (card.calibration, card.conformal)
    assert other.weights_sha256 == card.weights_sha256
    assert other.operating_point != card.operating_point


@pytest.mark.parametrize("copies", [0, 2])
def test_the_calibration_films_decide_neither_the_epoch_nor_the_log(
    tmp_path: Path, options: TrainOptions, loader: FakeLoader, copies: int
) -> None:
    options = replace(options, varied_calibration=copies)
    card = run_training(options, loader)
    other = run_training(replace(options, out=tmp_path / "other"), spoil(loader, "calibration"))
    assert other.training_run.best_epoch == card.training_run.best_epoch
    assert figures_of_log(tmp_path / "other") == figures_of_log(options.out)
    assert other.calibration != card.calibration


def figures_of_log(folder: Path) -> list[str]:
    return [line.rpartition(",")[0] for line in (folder / "log.csv").read_text().splitlines()]


def test_a_training_stopped_halfway_is_no_model_and_resumes_to_the_same_weights(
    tmp_path: Path, options: TrainOptions, loader: FakeLoader
) -> None:
    whole = run_training(replace(options, out=tmp_path / "whole"), loader)
    for event in train(options, loader, CancelToken()):
        if isinstance(event, BatchDone) and event.epoch == 2:
            break
    with pytest.raises(ModelUnavailable):
        load_network(str(options.out))
    with pytest.raises(UserError, match="go on with --resume"):
        next(train(options, loader, CancelToken()))
    assert run_training(replace(options, resume=True), loader).weights_sha256 == whole.weights_sha256


@pytest.mark.usefixtures("trained")
def test_a_model_is_never_overwritten(options: TrainOptions, loader: FakeLoader) -> None:
    with pytest.raises(UserError, match="already a model"):
        next(train(options, loader, CancelToken()))


def test_the_wiring_check_writes_nothing(options: TrainOptions, loader: FakeLoader) -> None:
    *_, last = train(replace(options, overfit_one_batch=True), loader, CancelToken())
    assert isinstance(last, WiringChecked)
    assert not options.out.exists()


@pytest.mark.usefixtures("trained")
def test_a_training_can_start_from_an_earlier_model(tmp_path: Path, options: TrainOptions, loader: FakeLoader) -> None:
    still = replace(RECIPE, epochs=1, learning_rate=1e-12)
    later = replace(options, out=tmp_path / "later", start_from=(str(options.out),), recipe=still)
    run_training(later, loader)
    before, after = (load_network(str(folder)).network.state_dict() for folder in (options.out, later.out))
    moved = before["features.block1.conv.weight"] - after["features.block1.conv.weight"]
    assert moved.abs().max() < 1e-9
    assert "--start-from new-model" in read_card(later.out).training_run.command


@pytest.mark.usefixtures("trained")
def test_a_model_of_another_shape_is_no_beginning(tmp_path: Path, options: TrainOptions, loader: FakeLoader) -> None:
    other = replace(options, out=tmp_path / "later", start_from=(str(options.out),), config={"widths": [3], "size": 32})
    with pytest.raises(UserError, match="another shape than the model"):
        next(train(other, loader, CancelToken()))


@pytest.mark.usefixtures("trained")
def test_the_mean_of_models_can_be_published_without_another_epoch(
    tmp_path: Path, options: TrainOptions, loader: FakeLoader
) -> None:
    second = replace(options, out=tmp_path / "second", recipe=replace(RECIPE, seed=1), start_from=(str(options.out),))
    run_training(second, loader)
    names = (str(options.out), str(second.out))
    soup = replace(options, out=tmp_path / "soup", start_from=names, recipe=replace(RECIPE, epochs=0))
    card = run_training(soup, loader)
    states = [load_network(str(folder)).network.state_dict() for folder in (*names, soup.out)]
    for name, tensor in states[2].items():
        # The bias carries the offset found on calibration; counters have no mean.
        if tensor.is_floating_point() and name != "head.linear.bias":
            torch.testing.assert_close(tensor.double(), (states[0][name].double() + states[1][name].double()) / 2)
    assert card.training_run.epochs == 0
    assert "--start-from new-model --start-from second" in card.training_run.command
    assert "--epochs 0" in card.training_run.command
    assert card.input == read_card(options.out).input
    assert card.guard.features is not None
    assert card.evaluations[0].metrics["auc"].value > 0.5
    assert not (soup.out / "log.csv").exists()


def test_no_epoch_and_no_model_to_start_from_is_refused(options: TrainOptions, loader: FakeLoader) -> None:
    with pytest.raises(UserError, match="name a model with --start-from"):
        next(train(replace(options, recipe=replace(RECIPE, epochs=0)), loader, CancelToken()))


def test_calibration_and_threshold_can_be_fitted_to_varied_films_too(
    tmp_path: Path, options: TrainOptions, loader: FakeLoader, trained: ModelCard
) -> None:
    varied = run_training(replace(options, out=tmp_path / "varied", varied_calibration=3), loader)
    assert figures_of_log(tmp_path / "varied") == figures_of_log(options.out)
    assert varied.calibration.temperature != trained.calibration.temperature
    for words in (varied.calibration.fitted_on, varied.operating_point.rule, varied.conformal.fitted_on):
        assert "each film as it is and in 3 variation(s) of strength 0.5" in words
    assert varied.evaluations[0].films == trained.evaluations[0].films
    assert "--varied-calibration 3" in varied.training_run.command


def test_the_epoch_can_be_chosen_by_varied_films_too(tmp_path: Path, options: TrainOptions, loader: FakeLoader) -> None:
    plain = run_training(options, loader)
    recipe = replace(RECIPE, varied_validation=2)
    varied = run_training(replace(options, out=tmp_path / "varied", recipe=recipe), loader)
    losses, others = (
        [line.split(",") for line in figures_of_log(out)[1:]] for out in (options.out, tmp_path / "varied")
    )
    assert [line[1] for line in losses] == [line[1] for line in others]  # nothing is learnt from them
    assert [line[2] for line in losses] != [line[2] for line in others]
    assert varied.evaluations[0].films == plain.evaluations[0].films
    assert "--varied-validation 2" in varied.training_run.command


def test_a_rounded_model_is_measured_as_it_loads_and_says_what_rounding_did(
    tmp_path: Path, options: TrainOptions, loader: FakeLoader
) -> None:
    card = run_training(replace(options, store="float16"), loader)
    assert card.storage is not None
    assert (card.storage.store, card.storage.measured_on) == ("float16", "validation")
    assert 0 < card.storage.largest_change < 0.02
    assert card.storage.auc_after == pytest.approx(card.evaluations[0].metrics["auc"].value, abs=1e-4)
    chosen = EvaluateOptions(options.data, str(options.out), tmp_path / "report", Split.VALIDATION, device="cpu")
    *_, last = evaluate(chosen, loader, CancelToken())
    assert isinstance(last, EvaluationFinished)
    assert last.evaluation.metrics == card.evaluations[0].metrics


def test_the_guard_looks_at_original_films_of_fitted_patients_only(
    tmp_path: Path, options: TrainOptions, loader: FakeLoader
) -> None:
    rows = [row for row in usual_rows(12) if row[0].endswith(("NORMAL1.png", "NORMAL2.png"))]
    originals = write_manifest(tmp_path / "originals", [(f"big-{name}", *facts, "") for name, *facts, _ in rows])
    both = FakeLoader({**loader.outcomes, **originals.outcomes})
    card = run_training(replace(options, originals=tmp_path / "originals"), both)
    assert {name for name in both.submitted if name.startswith("big")} == {"big-fitNORMAL1.png", "big-fitNORMAL2.png"}
    assert card.guard.features is not None
    assert card.guard.features.fitted_on == "fit, distances chosen on validation and on fit"
    assert "--originals originals" in card.training_run.command


def test_originals_of_nobody_who_is_learnt_from_are_refused(
    tmp_path: Path, options: TrainOptions, loader: FakeLoader
) -> None:
    write_manifest(tmp_path / "originals", [("a.png", "NORMAL", "stranger", "")])
    with pytest.raises(UserError, match=r"None of the films in .*originals shows a patient of the fit split"):
        next(train(replace(options, originals=tmp_path / "originals"), loader, CancelToken()))


def test_a_network_without_blocks_is_trained_and_has_no_feature_guard(
    options: TrainOptions, loader: FakeLoader
) -> None:
    mlp = replace(options, architecture="mlp", config={"size": 32, "hidden": 8}, recipe=replace(RECIPE, epochs=1))
    card = run_training(mlp, loader)
    assert (card.blocks, card.guard.features) == ((), None)
    assert load_network(str(options.out)).card == card


def test_the_teaching_switches_reach_the_network(options: TrainOptions, loader: FakeLoader) -> None:
    config = {"widths": [4, 8], "size": 32, "batch_norm": False, "pool": "stride", "head": "flatten"}
    card = run_training(replace(options, config=config, recipe=replace(RECIPE, epochs=1, augment=False)), loader)
    assert card.config == config
    assert "--no-augment" in card.training_run.command


def test_an_unreadable_film_stops_the_training_and_leaves_nothing(options: TrainOptions, loader: FakeLoader) -> None:
    loader.outcomes = {**loader.outcomes, "fitNORMAL3.png": DecodeError("fitNORMAL3.png is cut short.")}
    with pytest.raises(DecodeError, match=r"fitNORMAL3\.png"):
        list(train(options, loader, CancelToken()))
    assert not options.out.exists()


def test_films_of_one_label_cannot_be_trained_on(tmp_path: Path, options: TrainOptions) -> None:
    loader = write_manifest(tmp_path / "films", [row for row in usual_rows(4) if row[1] == "NORMAL"])
    with pytest.raises(UserError, match="fit split has no film labelled PNEUMONIA"):
        next(train(options, loader, CancelToken()))


@pytest.mark.parametrize("name", ["My CNN", "-model", "Größe"])
def test_a_folder_that_cannot_be_a_models_id_is_refused_before_the_work(
    options: TrainOptions, loader: FakeLoader, name: str
) -> None:
    with pytest.raises(UserError, match="cannot be a model's id"):
        next(train(replace(options, out=options.out.with_name(name)), loader, CancelToken()))
    assert not loader.submitted


def test_a_network_with_other_than_two_answers_is_refused_before_the_work(
    options: TrainOptions, loader: FakeLoader
) -> None:
    with pytest.raises(UserError, match="two outputs"):
        next(train(replace(options, config={"classes": 3}), loader, CancelToken()))
    assert not loader.submitted


def test_a_disk_that_takes_nothing_is_one_sentence(tmp_path: Path, options: TrainOptions, loader: FakeLoader) -> None:
    (tmp_path / "full").touch()
    with pytest.raises(StoreError, match="cannot be made"):
        list(train(replace(options, out=tmp_path / "full" / "model"), loader, CancelToken()))


def test_cancelling_while_films_are_read_leaves_nothing(options: TrainOptions, loader: FakeLoader) -> None:
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        list(train(options, loader, cancel))
    assert not options.out.exists()
