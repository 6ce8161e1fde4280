"""Small untrained models that can be looked into."""

from typing import Any

import numpy as np
import torch
from helpers.fakes import make_film
from helpers.models import make_card, make_network

from radassist.explain.open_model import FedFilm, OpenModel


def opened(architecture: str = "gap_cnn", config: dict[str, Any] | None = None, seed: int = 7) -> OpenModel:
    """An untrained model; by default of two blocks on 32 x 32 pixels, the second averaged into the scores."""
    card = make_card(architecture, config)
    return OpenModel.of(card, make_network(card, seed))


def taken(model: OpenModel, film: str = "film.dcm") -> FedFilm:
    """A made-up film as `model` gets it."""
    return model.take(make_film(film))


def films(model: OpenModel, count: int) -> torch.Tensor:
    """Made-up films as one batch for `model`."""
    return torch.from_numpy(np.stack([taken(model, str(number)).fed.array for number in range(count)]))
