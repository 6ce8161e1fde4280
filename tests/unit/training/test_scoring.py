from pathlib import Path

import numpy as np
import torch

from radassist.networks.card import InputSpec
from radassist.networks.preprocess import Preprocess
from radassist.networks.registry import create_network
from radassist.training.datasets import FilmSet
from radassist.training.events import FilmsScored
from radassist.training.manifest import LabelledFilm, Split
from radassist.training.scoring import score_films


def test_every_film_is_scored_as_the_product_would_in_order() -> None:
    preprocess = Preprocess(InputSpec(channels=1, height=32, width=32, via=None, mean=(0.3,), std=(0.2,)))
    grey = np.random.default_rng(0).integers(0, 256, (70, 32, 32), dtype=np.uint8)
    film = LabelledFilm(Path("a.png"), "NORMAL", "p", Split.TEST)
    films = FilmSet(Split.TEST, (film,) * 70, torch.from_numpy(grey), torch.zeros(70, dtype=torch.long))
    network = create_network("gap_cnn", widths=(4, 8), size=32).train()
    steps = score_films(network, films, preprocess, torch.device("cpu"))
    assert next(steps) == FilmsScored(64, 70)
    assert next(steps) == FilmsScored(70, 70)
    try:
        next(steps)
    except StopIteration as finished:
        scores = finished.value
    assert network.training
    network.eval()
    for row in (0, 69):
        with torch.inference_mode():
            alone = network(torch.from_numpy(preprocess.apply(grey[row]).array)[None])
        assert np.allclose(scores.logits[row], alone[0].numpy(), atol=1e-5)
    assert np.allclose(scores.probabilities(2.0).sum(axis=1), 1)
