"""Cards and tiny untrained models, whole enough to be saved, loaded and run."""

from pathlib import Path
from typing import Any

import torch

from radassist.networks.card import (
    Calibration,
    InputSpec,
    ModelCard,
    OperatingPoint,
    TrainingData,
    TrainingRun,
)
from radassist.networks.inspection import describe_blocks
from radassist.networks.registry import create_network
from radassist.networks.weights import save_network

TINY = {"widths": [4, 6], "size": 32}


def make_card(architecture: str = "gap_cnn", config: dict[str, Any] | None = None, **changes: Any) -> ModelCard:
    """A valid card of an untrained model; `changes` replace its fields."""
    config = TINY if config is None else config
    with torch.device("meta"):
        network = create_network(architecture, **config)
    channels, height, width = network.input_shape
    facts: dict[str, Any] = {
        "id": "tiny",
        "title": "Tiny model",
        "version": "1.0",
        "architecture": architecture,
        "config": config,
        "labels": ("NORMAL", "PNEUMONIA"),
        "input": InputSpec(
            channels=channels, height=height, width=width, mean=(0.5,) * channels, std=(0.25,) * channels
        ),
        "blocks": describe_blocks(network),
        "calibration": Calibration(temperature=1.5, fitted_on="nothing"),
        "operating_point": OperatingPoint(threshold=0.5, rule="a coin", chosen_on="nothing"),
        "training_data": TrainingData(name="none", licence="none", citation="none", population="Nobody.", films=0),
        "training_run": TrainingRun(command="none", epochs=0, best_epoch=0, seed=0, minutes=0.0, code_version="none"),
    }
    return ModelCard(**(facts | changes))


def make_network(card: ModelCard, seed: int = 7) -> Any:
    """The card's network with reproducible random weights, in eval mode."""
    with torch.random.fork_rng(devices=[]):
        torch.default_generator.manual_seed(seed)
        return create_network(card.architecture, **card.config).eval()


def save_model(folder: Path, card: ModelCard | None = None, seed: int = 7) -> ModelCard:
    """A model in `folder`; the card that was written."""
    card = card or make_card()
    return save_network(card, make_network(card, seed), folder)
