"""Small untrained models that can be looked into."""

from typing import Any

import numpy as np
import torch
from helpers.fakes import make_film
from helpers.models import make_card, make_network

from radassist.domain.explanation import SaliencyMethod, SaliencyWish
from radassist.explain.attribution import Question
from radassist.explain.open_model import OpenModel

TINY_LITE: dict[str, Any] = {"size": 64}


def opened(architecture: str = "gap_cnn", config: dict[str, Any] | None = None, seed: int = 7) -> OpenModel:
    """An untrained model; by default of two blocks on 32 x 32 pixels, the second averaged into the scores."""
    card = make_card(architecture, config)
    return OpenModel.of(card, make_network(card, seed))


def ask(model: OpenModel, method: SaliencyMethod, block: str = "", film: str = "film.dcm") -> Question:
    """The evidence for PNEUMONIA on a made-up film."""
    made = make_film(film)
    return Question(model, made.facts.sha256, model.feed(made), SaliencyWish(method, "PNEUMONIA", block))


def films(model: OpenModel, count: int) -> torch.Tensor:
    """Made-up films as one batch for `model`."""
    return torch.from_numpy(np.stack([model.feed(make_film(str(number))).array for number in range(count)]))
