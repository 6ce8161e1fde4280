"""How far bf16 moves probabilities and decisions, against float32, and float32 against torch.

    python benchmarks/precision.py [--films 200]

Films are those of `../shared/data/kermany_originals`, else the samples; every installed model.
"""

import argparse

import numpy as np
from films import base_films
from numpy.typing import NDArray

from radassist.domain.precision import Precision
from radassist.domain.study import FilmSource
from radassist.imaging.formats import read_radiograph
from radassist.imaging.rendering import to_grey8
from radassist.inference.backend import Backend
from radassist.inference.backends import BackendMaker
from radassist.inference.calibration import calibrated_probabilities
from radassist.inference.torch_backend import TorchBackend
from radassist.networks.card import ModelCard
from radassist.networks.catalogue import find_model, list_models
from radassist.networks.preprocess import Preprocess
from radassist.networks.weights import load_network


def main() -> None:
    """Print one line a model and comparison."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--films", type=int, default=200)
    films = base_films()
    films = films[:: max(1, len(films) // parser.parse_args().films)]
    greys = [to_grey8(read_radiograph(FilmSource(film))) for film in films]
    for card in list_models():
        preprocess, folder = Preprocess.from_card(card), find_model(card.id)
        fed = np.stack([preprocess.squash(grey) for grey in greys])
        torch = _positive(TorchBackend(load_network(card.id).network, "cpu", card.input), fed, card)
        wide, narrow = (_positive(BackendMaker(folder, card, each)("cpu"), fed, card) for each in Precision)
        _print(f"{card.id}, float32 against torch", wide, torch, card)
        _print(f"{card.id}, bf16 against float32", narrow, wide, card)


def _positive(backend: Backend, fed: NDArray[np.uint8], card: ModelCard) -> NDArray[np.float64]:
    return calibrated_probabilities(backend.run(fed).logits, card.calibration.temperature)[:, 1]


def _print(title: str, now: NDArray[np.float64], then: NDArray[np.float64], card: ModelCard) -> None:
    off, threshold = np.abs(now - then), card.operating_point.threshold
    flipped = int(((now >= threshold) != (then >= threshold)).sum())
    print(f"{title:44} {len(now)} films: off by {np.median(off):.1g}, at most {off.max():.1g}; {flipped} other labels")


if __name__ == "__main__":
    main()
