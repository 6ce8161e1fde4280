"""A small network, trained in a second, and the films it learns."""

import shutil
from pathlib import Path

import pytest
from helpers.fakes import FakeLoader
from helpers.labelled_films import usual_rows, write_manifest
from helpers.small_training import run_training, small_options

from radassist.networks.card import ModelCard, read_card
from radassist.training.options import TrainOptions


@pytest.fixture
def loader(tmp_path: Path) -> FakeLoader:
    return write_manifest(tmp_path / "films", usual_rows(12))


@pytest.fixture
def options(tmp_path: Path) -> TrainOptions:
    return small_options(tmp_path)


@pytest.fixture(scope="session")
def trained_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("trained")
    options = small_options(folder)
    run_training(options, write_manifest(options.data, usual_rows(12)))
    return options.out


@pytest.fixture
def trained(options: TrainOptions, trained_once: Path) -> ModelCard:
    """The card of the model that a training with `options` leaves; its folder lies where they say."""
    shutil.copytree(trained_once, options.out)
    return read_card(options.out)
