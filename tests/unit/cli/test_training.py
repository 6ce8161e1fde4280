"""`radassist train` and `radassist evaluate`: options in, progress out."""

import inspect
import json
from dataclasses import fields

import pytest
from helpers.labelled_films import usual_rows, write_manifest

from radassist.cli import training
from radassist.cli.terminal import WrongUsage
from radassist.domain.cancellation import Cancelled
from radassist.domain.errors import UserError
from radassist.imaging import decoding
from radassist.networks.card import Metric, ProbeEntry, Probes, TrackRecordEntry
from radassist.training import after_training, train
from radassist.training.events import FilmsScored, ProbesFitted, TrackRecordWritten
from radassist.training.options import EvaluateOptions, ProbeOptions, Recipe, TrainOptions


@pytest.fixture
def trained(monkeypatch):
    """The options that training or evaluation was asked to run with."""
    asked = []
    monkeypatch.setattr(training, "_run_training", asked.append)
    monkeypatch.setattr(training, "_run_evaluation", asked.append)
    return asked


def test_options_left_out_are_those_of_the_recipe(run, trained, tmp_path):
    assert run("train", "--data", tmp_path, "--arch", "lenet", "--out", "new").exit_code == 0

    assert trained == [TrainOptions(tmp_path, "lenet", trained[0].out)]


def test_every_option_reaches_the_training(run, trained, tmp_path):
    words = (
        "--epochs 3 --batch-size 4 --learning-rate 0.1 --weight-decay 0.2 --warmup-epochs 0.5 --label-smoothing 0.3 "
        "--early-side 64 "
        "--average-decay 0.4 --no-augment --seed 9 --config widths=[4,8] --title T --describe d.json --mean 0.6 "
        f"--std 0.7 --via 0 --rule youden --originals {tmp_path} "
        "--varied-calibration 3 --varied-strength 0.25 --store int8 --device cpu --workers 2 --resume "
        "--overfit-one-batch"
    )

    result = run("train", "--data", tmp_path, "--arch", "gap_cnn", "--out", "new", *words.split())

    assert result.exit_code == 0, result.output
    (options,) = trained
    assert options.recipe == Recipe(3, 4, 0.1, 0.2, 0.5, 0.3, 0.4, early_side=64, augment=False, seed=9)
    assert options.config == {"widths": [4, 8]}
    assert (options.title, str(options.describe), options.mean, options.std) == ("T", "d.json", 0.6, 0.7)
    assert (options.via, str(options.rule), options.device, options.workers) == (0, "youden", "cpu", 2)
    assert options.varied_strength == 0.25
    assert (options.originals, options.varied_calibration, options.store) == (tmp_path, 3, "int8")
    assert options.resume
    assert options.overfit_one_batch


def test_every_option_reaches_the_evaluation(run, trained, tmp_path):
    words = "--split validation --all-films --name N --no-films --into-card --device cpu"

    run("evaluate", "--data", tmp_path, "--model", "tiny", "--out", "report", *words.split())

    (options,) = trained
    assert (options.data, options.model, str(options.out)) == (tmp_path, "tiny", "report")
    assert (options.split, options.name, options.device) == ("validation", "N", "cpu")
    assert options.all_films
    assert not options.films
    assert options.into_card


@pytest.mark.parametrize(
    ("command", "kinds"), [(training.train, (Recipe, TrainOptions)), (training.evaluate, (EvaluateOptions,))]
)
def test_everything_that_can_be_chosen_has_an_option(command, kinds):
    choices = {part.name for kind in kinds for part in fields(kind)} - {"recipe"}

    assert set(inspect.signature(command).parameters) == choices


def test_a_config_that_is_no_pair_is_said(run, trained, tmp_path):
    result = run("train", "--data", tmp_path, "--arch", "lenet", "--out", "new", "--config", "wide")

    assert isinstance(result.exception, UserError)


def test_films_that_are_not_there_are_wrong_usage(run):
    result = run("train", "--data", "nowhere", "--arch", "lenet", "--out", "new")

    assert isinstance(result.exception, WrongUsage)


def test_a_model_is_trained_and_measured(run, tmp_path, monkeypatch):
    loader = write_manifest(tmp_path / "films", usual_rows())
    monkeypatch.setattr(decoding, "DecoderPool", lambda: _Closing(loader))
    data = tmp_path / "films" / "manifest.csv"
    words = "--epochs 2 --batch-size 4 --via 0 --device cpu --config widths=[4,8] --config size=32"

    training_ended = run("train", "--data", data, "--arch", "gap_cnn", "--out", "small", *words.split())
    evaluation_ended = run(
        "evaluate", "--data", data, "--model", tmp_path / "small", "--out", "report", "--device", "cpu"
    )

    assert training_ended.exit_code == 0, training_ended.exception
    assert "Epoch 2: loss " in training_ended.output
    assert "Model small written to small." in training_ended.output
    assert json.loads((tmp_path / "small" / "card.json").read_text())["id"] == "small"
    assert evaluation_ended.exit_code == 0, evaluation_ended.exception
    assert "Report written to report." in evaluation_ended.output


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("checkpoint/state.json", "with --resume goes on"), ("log.csv", "nothing to go on from")],
)
def test_a_training_that_is_stopped_says_whether_it_can_go_on(run, tmp_path, monkeypatch, name, sentence):
    monkeypatch.setattr(decoding, "DecoderPool", lambda: _Closing(write_manifest(tmp_path / "films", usual_rows())))
    (tmp_path / "new" / name).parent.mkdir(parents=True)
    (tmp_path / "new" / name).touch()
    monkeypatch.setattr(train, "train", stopped)

    result = run("train", "--data", tmp_path, "--arch", "lenet", "--out", tmp_path / "new")

    assert isinstance(result.exception, UserError)
    assert sentence in str(result.exception)


def stopped(*_):
    """A training that is cancelled at once."""
    raise Cancelled


class _Closing:
    """The fake loader as the context manager the pool is."""

    def __init__(self, loader):
        self._loader = loader

    def __enter__(self):
        return self._loader

    def __exit__(self, *error):
        self._loader.close()


def test_the_films_of_validation_are_asked_for_by_model_and_told(run, monkeypatch, tmp_path):
    asked = []

    def validate(options, loader, cancel):
        asked.append(options)
        entry = TrackRecordEntry(data="Films", split="validation", films=590, sha256="0" * 64)
        yield TrackRecordWritten(tmp_path, entry)

    monkeypatch.setattr(after_training, "validate", validate)
    result = run("models", "validate", "tiny", "--data", tmp_path)

    assert result.exit_code == 0, result.output
    assert asked == [ProbeOptions(tmp_path, "tiny", "auto")]
    assert "What became of 590 films of Films, validation" in " ".join(result.output.split())


def test_probing_is_asked_for_by_model_and_films_and_tells_each_blocks_figure(run, monkeypatch, tmp_path):
    asked = []

    def probe(options, loader, cancel):
        asked.append(options)
        entries = (ProbeEntry(block="block1", auc=Metric(value=0.7)), ProbeEntry(block="block2", auc=Metric(value=0.9)))
        yield FilmsScored(1, 1)
        yield ProbesFitted(
            tmp_path,
            Probes(
                blocks=entries, rule="", fitted_on="fit", scaled_on="calibration", measured_on="validation",
                sha256="0" * 64,
            ),
        )  # fmt: skip

    monkeypatch.setattr(after_training, "probe", probe)
    result = run("models", "probe", "tiny", "--data", tmp_path, "--device", "cpu")

    assert result.exit_code == 0, result.output
    assert asked == [ProbeOptions(tmp_path, "tiny", "cpu")]
    assert "AUC on validation: block1 0.700, block2 0.900." in " ".join(result.output.split())
