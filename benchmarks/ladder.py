"""Trains every architecture with one short recipe, measures each once on the test films, and prints the table.

    python benchmarks/ladder.py [--data ../shared/data/kermany224] [--out runs/ladder] [--only NAME] [--table]

Rungs that are done are passed over, so a stopped run goes on with the next; one that was stopped halfway begins anew.
`--table` only prints. Minutes are those of one core. It needs the `train` extra, and some hours where cores are shared.
"""

import argparse
import json
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from time import process_time
from typing import Any

import torch
from loaders import RememberingLoader

from radassist.domain.cancellation import CancelToken
from radassist.imaging.decoding import DecoderPool
from radassist.networks.card import Metric, ModelCard, read_card
from radassist.networks.inspection import totals, trace
from radassist.networks.registry import create_network
from radassist.training.after_training import evaluate
from radassist.training.events import EpochDone
from radassist.training.options import EvaluateOptions, Recipe, TrainOptions
from radassist.training.train import train

RECIPE = Recipe(
    epochs=4, batch_size=64, learning_rate=5e-4, warmup_epochs=0.5, average_decay=0.97, strength=0.5, seed=0
)
WIDTHS = {"widths": [16, 32, 64, 128]}
"""Of `gap_cnn`, as it is shipped."""
_TABLE = "ladder.json"


@dataclass(frozen=True, slots=True)
class Rung:
    """One network of the comparison.

    Attributes:
        config: Of the architecture, beside two classes and one channel.
        pretrained: Whether it begins with ImageNet weights.
    """

    name: str
    architecture: str
    config: Mapping[str, Any] = field(default_factory=dict)
    side: int = 64
    augment: bool = True
    pretrained: bool = False


@dataclass(frozen=True, slots=True)
class Climbed:
    """What the model's card does not say of a rung that is done."""

    name: str
    parameters: int
    multiply_adds: int
    minutes: float


RUNGS = (
    Rung("lenet", "lenet", side=32),
    Rung("simple_cnn", "simple_cnn", side=32),
    Rung("simple_cnn3", "simple_cnn3", side=32),
    Rung("mlp", "mlp"),
    Rung("gap_cnn", "gap_cnn", WIDTHS),
    Rung("gap_cnn-no_augment", "gap_cnn", WIDTHS, augment=False),
    Rung("gap_cnn-no_batch_norm", "gap_cnn", WIDTHS | {"batch_norm": False}),
    Rung("gap_cnn-flatten", "gap_cnn", WIDTHS | {"head": "flatten"}),
    Rung("gap_cnn-stride", "gap_cnn", WIDTHS | {"pool": "stride"}),
    Rung("pneumonia_cnn", "pneumonia_cnn"),
    Rung("efficientnet_lite0-pretrained", "efficientnet_lite0", pretrained=True),
    Rung("efficientnet_lite0", "efficientnet_lite0"),
    Rung("resnet18", "resnet18"),
    Rung("efficientnet_b0", "efficientnet_b0"),
    Rung("efficientnet_lite1", "efficientnet_lite1"),
    Rung("efficientnet_lite2", "efficientnet_lite2"),
    Rung("densenet121", "densenet121"),
    Rung("vgg11", "vgg11"),
    Rung("resnet50", "resnet50"),
)


def main() -> None:
    """Climb what is not done, then print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    root = Path(__file__).resolve().parents[1]
    parser.add_argument("--data", type=Path, default=root.parent / "shared" / "data" / "kermany224")
    parser.add_argument("--out", type=Path, default=root / "runs" / "ladder")
    parser.add_argument("--only", action="append", choices=[rung.name for rung in RUNGS])
    parser.add_argument("--table", action="store_true", help="only print what is done")
    options = parser.parse_args()
    if not options.table:
        _climb(options.data, options.out, options.only or [rung.name for rung in RUNGS])
    print("\n".join(_table(options.out)))


def _climb(data: Path, out: Path, names: list[str]) -> None:
    torch.set_num_threads(1)
    with DecoderPool() as pool:
        loader = RememberingLoader(pool)
        for rung in RUNGS:
            done = _done(out)
            if rung.name not in names or rung.name in {row.name for row in done}:
                continue
            print(f"{rung.name} ...", flush=True)
            row = _climb_one(rung, data, out, loader)
            out.mkdir(parents=True, exist_ok=True)
            (out / _TABLE).write_text(json.dumps([asdict(row) for row in (*done, row)], indent=1) + "\n")


def _climb_one(rung: Rung, data: Path, out: Path, loader: RememberingLoader) -> Climbed:
    folder, began = out / rung.name, process_time()
    shutil.rmtree(folder, ignore_errors=True)
    for event in train(_options(rung, data, folder), loader, CancelToken()):
        if isinstance(event, EpochDone):
            print(f"  epoch {event.metrics.epoch}: AUC {event.metrics.validation_auc:.4f}", flush=True)
    minutes = (process_time() - began) / 60
    measuring = EvaluateOptions(data, str(folder), folder / "report", films=False, into_card=True, device="cpu")
    for _ in evaluate(measuring, loader, CancelToken()):
        pass
    with torch.device("meta"):
        network = create_network(rung.architecture, **_config(rung))
    sums = totals(network, trace(network))
    return Climbed(rung.name, sums.parameters, sums.multiply_adds, round(minutes, 1))


def _options(rung: Rung, data: Path, folder: Path) -> TrainOptions:
    recipe = RECIPE if rung.augment else Recipe(**(asdict(RECIPE) | {"augment": False}))
    config = _config(rung) | ({"pretrained": True} if rung.pretrained else {})
    # The pretrained weights expect this; the others are fed what is measured on the films.
    grey = 0.5 if rung.pretrained else None
    return TrainOptions(data, rung.architecture, folder, recipe, config, mean=grey, std=grey, device="cpu")


def _config(rung: Rung) -> dict[str, Any]:
    return {"in_channels": 1, "classes": 2, "size": rung.side} | dict(rung.config)


def _done(out: Path) -> list[Climbed]:
    table = out / _TABLE
    return [Climbed(**row) for row in json.loads(table.read_text())] if table.exists() else []


def _table(out: Path) -> Iterator[str]:
    heads = ("network", "side", "parameters", "multiply-adds", "epochs", "minutes", "validation AUC")
    figures = ("auc", "sensitivity", "specificity", "accuracy")
    yield f"| {' | '.join((*heads, 'test AUC', *figures[1:]))} |"
    yield "|---|" + "--:|" * 6 + "---|" * 4
    for row in _done(out):
        card = read_card(out / row.name)
        facts = (row.name, card.input.height, f"{row.parameters:,}", f"{row.multiply_adds / 1e6:,.1f} M")
        cells = (*facts, card.training_run.epochs, row.minutes, _figure(card, "validation", "auc"))
        yield f"| {' | '.join(map(str, (*cells, *(_figure(card, 'test', name) for name in figures))))} |"


def _figure(card: ModelCard, split: str, name: str) -> str:
    metrics = next(entry.metrics for entry in card.evaluations if entry.split == split)
    return in_words(metrics[name], percent=name != "auc")


def in_words(metric: Metric, *, percent: bool = False) -> str:
    """A figure with its interval, as a table shows it."""
    assert metric.low is not None and metric.high is not None
    if percent:
        return f"{metric.value:.1%} ({metric.low:.1%} to {metric.high:.1%})".replace("%", " %")
    return f"{metric.value:.3f} ({metric.low:.3f} to {metric.high:.3f})"


if __name__ == "__main__":
    main()
