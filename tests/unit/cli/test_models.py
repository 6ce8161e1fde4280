"""`radassist models`."""

import pytest
from helpers.models import save_model

from radassist.domain.errors import ModelUnavailable


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


def test_a_name_that_is_neither_says_so(run, models):
    result = run("models", "trace", "nobodys")

    assert isinstance(result.exception, ModelUnavailable)
    assert "tiny" in str(result.exception)
