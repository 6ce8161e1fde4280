"""A training that takes a second: what it is asked, and its run to the end."""

from pathlib import Path

from helpers.fakes import FakeLoader

from radassist.domain.cancellation import CancelToken
from radassist.networks.card import ModelCard
from radassist.training.events import TrainingFinished
from radassist.training.options import Recipe, TrainOptions
from radassist.training.train import train

RECIPE = Recipe(epochs=2, batch_size=8, learning_rate=0.01, average_decay=0.5)


def small_options(folder: Path) -> TrainOptions:
    """Learn the films of `folder`/films; the model becomes `folder`/new-model."""
    return TrainOptions(
        data=folder / "films",
        architecture="gap_cnn",
        out=folder / "new-model",
        recipe=RECIPE,
        config={"widths": [4, 8], "size": 32},
        via=0,
        device="cpu",
    )


def run_training(options: TrainOptions, loader: FakeLoader) -> ModelCard:
    """Train to the end; the card of the new model."""
    *_, last = train(options, loader, CancelToken())
    assert isinstance(last, TrainingFinished)
    return last.card
