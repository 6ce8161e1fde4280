"""How far films of different kinds lie from a model's training films, beside the guard's two limits.

    python benchmarks/guard.py [--model efficientnet_lite0] [--data ../shared/data] [--every 4]

Prints the quantiles of the feature distance and the shares that are warned of and refused, one line a kind of film.
"""

import argparse
import csv
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from radassist.domain.analysis import BlockSpec
from radassist.domain.study import FilmSource
from radassist.imaging.formats import read_radiograph
from radassist.imaging.rendering import to_grey8
from radassist.inference.feature_guard import load_feature_distance, pooled_features
from radassist.inference.torch_backend import TorchBackend
from radassist.networks.catalogue import default_model_id
from radassist.networks.preprocess import Preprocess
from radassist.networks.weights import load_network

_BATCH = 16
_QUANTILES = (0.01, 0.5, 0.95, 0.99, 1.0)


def main() -> None:
    """Print one line a kind of film."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", default=default_model_id())
    parser.add_argument("--data", type=Path, default=Path(__file__).resolve().parents[2] / "shared" / "data")
    parser.add_argument("--every", type=int, default=4, help="take every so-manieth film")
    options = parser.parse_args()
    measure = _Distance(options.model)
    warns, refuses = measure.guard.warn_beyond, measure.guard.refuse_beyond
    print(f"{options.model}: warns beyond {warns:.1f}, refuses beyond {refuses:.1f}; quantiles {_QUANTILES}")
    for kind, films in _kinds(options.data):
        _print(kind, measure(films[:: options.every]), measure)


def _kinds(data: Path) -> Iterator[tuple[str, list[Path]]]:
    originals = _films(data / "kermany_originals", "use", "bench")
    yield "training films at their original size", originals
    yield "validation films", _films(data / "kermany224", "split", "validation")
    for label in ("NORMAL", "PNEUMONIA"):
        yield f"adults, {label}", _films(data / "adult_probe", "label", label)
    for kind in ("Hand", "HeadCT", "AbdomenCT", "photo"):
        yield kind, _films(data / "not_chest", "kind", kind)


def _films(folder: Path, column: str, value: str) -> list[Path]:
    with (folder / "manifest.csv").open(encoding="utf-8", newline="") as file:
        return [folder / row["path"] for row in csv.DictReader(file) if row[column] == value]


class _Distance:
    def __init__(self, model: str) -> None:
        loaded = load_network(model)
        guard, distance = loaded.card.guard.features, load_feature_distance(loaded.folder, loaded.card)
        if guard is None or distance is None:
            raise SystemExit(f"Model {model} has no feature guard.")
        self.guard, self._distance = guard, distance
        self._preprocess = Preprocess.from_card(loaded.card)
        self._backend = TorchBackend(loaded.network, "cpu", loaded.card.input)
        entry = next(block for block in loaded.card.blocks if block.name == guard.block)
        self._block = BlockSpec(entry.name, entry.module, entry.stride)

    def __call__(self, films: list[Path]) -> NDArray[np.float64]:
        batches = [films[start : start + _BATCH] for start in range(0, len(films), _BATCH)]
        return np.concatenate([self._distance.of(self._features(batch)) for batch in batches])

    def _features(self, films: list[Path]) -> NDArray[np.float64]:
        greys = [to_grey8(read_radiograph(FilmSource(film))) for film in films]
        batch = np.stack([self._preprocess.squash(grey) for grey in greys])
        return pooled_features(self._backend.run(batch, (self._block,)).maps[0])


def _print(kind: str, distances: NDArray[np.float64], measure: _Distance) -> None:
    quantiles = " ".join(f"{value:6.1f}" for value in np.quantile(distances, _QUANTILES))
    refused = (distances > measure.guard.refuse_beyond).mean()
    warned = (distances > measure.guard.warn_beyond).mean() - refused
    print(f"{kind:40} {len(distances):4} films  {quantiles}   warned {warned:4.0%}  refused {refused:4.0%}")


if __name__ == "__main__":
    main()
