"""`radassist models`."""

import pytest
from helpers.models import make_card, save_model

from radassist.domain.errors import ModelUnavailable, UserError


@pytest.fixture
def models(run, tmp_path):
    """The folder of the user's models, with one in it."""
    folder = tmp_path / "home" / "data" / "models"
    save_model(folder / "tiny")
    return folder


def test_models_are_listed_and_the_default_is_marked(run, models):
    assert "tiny *" not in run("models", "list").output
    (models / "DEFAULT").write_text("tiny")

    assert "tiny *" in run("models", "list").output


def test_a_card_is_shown(run, models):
    words = run("models", "show", "tiny").output

    assert "Tiny model" in words
    assert "NORMAL, PNEUMONIA" in words
    assert "0.5000: a coin" in words


def test_the_layers_of_a_model_are_listed(run, models):
    words = run("models", "trace", "tiny").output

    assert "Conv2d" in words
    assert " all" in words
    assert "parameters" in words


def test_the_layers_of_an_architecture_nobody_trained_are_listed(run):
    words = run("models", "trace", "lenet").output

    assert "Linear" in words


def test_shapes_begin_with_the_batch_and_the_totals_follow(run):
    words = run("models", "trace", "pneumonia_cnn").output

    for shape in ("[1, 32, 128, 128]", "[1, 64, 64, 64]", "[1, 128, 32, 32]", "[1, 131072]", "[1, 2]"):
        assert shape in words
    assert " 320 " in words
    assert "67,268,418 parameters" in words


@pytest.mark.parametrize(
    ("name", "config", "parameters"),
    [
        ("gap_cnn", ("in_channels=3", "widths=[32,64]", "classes=10"), "20,234"),
        ("simple_cnn", (), "268,650"),
        ("simple_cnn3", (), "1,147,466"),
        ("mlp", (), "65,539,002"),
        ("resnet18", ("in_channels=3", "classes=1000"), "11,689,512"),
    ],
)
def test_an_architecture_is_traced_with_the_configuration_that_is_asked_for(run, name, config, parameters):
    words = run("models", "trace", name, *(word for entry in config for word in ("--config", entry))).output

    assert f"{parameters} parameters" in words


def test_an_architecture_comes_before_a_model_of_its_name(run, models):
    save_model(models / "lenet", make_card(id="lenet"))

    assert "head.5" in run("models", "trace", "lenet").output
    assert "head.5" not in run("models", "trace", str(models / "lenet")).output


def test_a_trained_model_takes_no_configuration(run, models):
    result = run("models", "trace", "tiny", "--config", "size=64")

    assert isinstance(result.exception, UserError)
    assert "for architectures" in str(result.exception)


@pytest.mark.parametrize("name", ["pneumonia_cnn", "simple_cnn", "simple_cnn3", "lenet", "gap_cnn", "vgg11"])
def test_a_size_too_small_for_the_halvings_says_which_is_wanted(run, name):
    result = run("models", "trace", name, "--config", "size=3")

    assert isinstance(result.exception, UserError)
    assert "at least" in str(result.exception)


def test_a_name_that_is_neither_says_so(run, models):
    result = run("models", "trace", "nobodys")

    assert isinstance(result.exception, ModelUnavailable)
    assert "tiny" in str(result.exception)
