"""The models that come with the program, on the sample films that nothing was learnt from, through the real parts."""

import csv
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from radassist import paths
from radassist.domain.analysis import UNDETERMINED, Analysis
from radassist.domain.radiograph import Radiograph, Window
from radassist.domain.study import FilmSource
from radassist.imaging.formats import read_radiograph
from radassist.imaging.rendering import to_grey8
from radassist.inference.predictor import load_predictor
from radassist.networks.card import ModelCard, read_card
from radassist.networks.default_model import DEFAULT_NAME

FOLDERS = sorted(path.parent for path in paths.shipped_models_dir().glob("*/card.json"))
LEAST_RIGHT = 21
DOCS = Path(__file__).resolve().parents[2] / "docs"


@pytest.fixture(scope="module")
def samples() -> list[tuple[Radiograph, str]]:
    folder = paths.samples_dir()
    with (folder / "labels.csv").open(encoding="utf-8", newline="") as file:
        return [(read_radiograph(FilmSource(folder / row["path"])), row["label"]) for row in csv.DictReader(file)]


def stretched(film: Radiograph) -> Radiograph:
    """As a viewer shows a film without a window: from its first to its 99th percentile."""
    grey = to_grey8(film).astype(float)
    low, high = np.percentile(grey, (1, 99))
    pixels = (np.clip((grey - low) / (high - low), 0, 1) * 255).round().astype(np.uint8)
    return replace(film, pixels=pixels, bits_stored=8, windows=(Window(127.5, 255.0),), inverted=False, padding=None)


def of_twelve_bits(film: Radiograph) -> Radiograph:
    """The same film as a detector of 12 bits would store it."""
    pixels = np.round(to_grey8(film) / 255 * 4095).astype(np.uint16)
    return replace(film, pixels=pixels, bits_stored=12, windows=(Window(2047.5, 4095.0),), inverted=False, padding=None)


def called_right(folder: Path, films: list[tuple[Radiograph, str]]) -> int:
    answers = load_predictor(str(folder), "cpu").predict([film for film, _ in films], with_blocks=False)
    return sum(
        isinstance(answer, Analysis) and answer.prediction.label == label
        for answer, (_, label) in zip(answers, films, strict=True)
    )


def decided_wrongly(folder: Path, films: list[tuple[Radiograph, str]]) -> int:
    answers = load_predictor(str(folder), "cpu").predict([film for film, _ in films], with_blocks=False)
    return sum(
        isinstance(answer, Analysis) and answer.prediction.decision not in (label, UNDETERMINED)
        for answer, (_, label) in zip(answers, films, strict=True)
    )


def test_the_default_model_is_one_of_those_that_are_shipped() -> None:
    assert (paths.shipped_models_dir() / DEFAULT_NAME).read_text().strip() in {folder.name for folder in FOLDERS}


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_shipped_model_agrees_with_the_sample_films(folder: Path, samples: list[tuple[Radiograph, str]]) -> None:
    assert len(samples) == 24
    assert called_right(folder, samples) >= LEAST_RIGHT


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_shipped_model_agrees_when_films_have_twelve_bits(
    folder: Path, samples: list[tuple[Radiograph, str]]
) -> None:
    assert called_right(folder, [(of_twelve_bits(film), label) for film, label in samples]) >= LEAST_RIGHT


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_film_that_is_stretched_is_rather_left_undecided_than_decided_wrongly(
    folder: Path, samples: list[tuple[Radiograph, str]]
) -> None:
    films = [(stretched(film), label) for film, label in samples]
    assert decided_wrongly(folder, films) <= len(samples) - LEAST_RIGHT
    assert called_right(folder, films) >= LEAST_RIGHT - 1  # labels stand under the third answer, and may move


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_card_of_a_shipped_model_tells_what_it_is_worth(folder: Path) -> None:
    card: ModelCard = read_card(folder)
    own = [entry for entry in card.evaluations if entry.data == card.training_data.name]
    (test,) = [entry for entry in own if entry.split == "test"]
    assert test.films == 624
    for name in ("auc", "sensitivity", "specificity"):
        metric = test.metrics[name]
        assert metric.low is not None
        assert metric.high is not None
        assert metric.low < metric.value < metric.high
    assert card.ages is not None
    assert card.views == ("AP",)
    assert card.limits
    assert card.conformal is not None
    assert card.guard.features is not None
    assert card.training_run.command.startswith("radassist train ")


def in_words(figure: dict[str, float]) -> str:
    return f"{figure['value']:.3f} ({figure['low']:.3f} to {figure['high']:.3f})"


def table_row(name: str) -> list[str]:
    """The cells beside `name` in the published table of controls for shortcuts."""
    (row,) = [line for line in (DOCS / "models.md").read_text("utf-8").splitlines() if line.startswith(f"| {name} |")]
    return [cell.strip() for cell in row.split("|")[2:-1]]


@pytest.mark.skipif(not DOCS.is_dir(), reason="the documentation does not come with the installed program")
def test_the_published_controls_for_shortcuts_are_those_of_the_kept_results() -> None:
    kept = json.loads((DOCS / "evaluation" / "shortcuts.json").read_text("utf-8"))
    assert len(kept) == 3
    for name, figures in kept.items():
        assert table_row(name) == [in_words(figures[split]) for split in ("validation", "test")]


@pytest.mark.skipif(not DOCS.is_dir(), reason="as above")
def test_beside_the_controls_stands_the_card_of_the_default_model() -> None:
    shipped = paths.shipped_models_dir()
    card = read_card(shipped / (shipped / DEFAULT_NAME).read_text("utf-8").strip())
    own = {entry.split: entry.metrics["auc"] for entry in card.evaluations if entry.data == card.training_data.name}
    said = [in_words(own[split].model_dump()) for split in ("validation", "test")]
    assert table_row("default model, the whole film") == said
