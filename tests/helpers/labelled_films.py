"""A folder of labelled films that a network can learn in seconds: pneumonia is a bright patch in the middle."""

import hashlib
from dataclasses import replace
from pathlib import Path

import numpy as np
from helpers.fakes import FakeLoader, make_film

from radassist.domain.radiograph import Radiograph

SIDE = 32
LABELS = ("NORMAL", "PNEUMONIA")


def make_labelled_film(name: str, label: str) -> Radiograph:
    """Noise that follows from `name`, with a bright middle for PNEUMONIA."""
    film = make_film(name)
    random = np.random.default_rng(list(hashlib.sha256(name.encode()).digest()))
    pixels = random.integers(0, 120, (SIDE, SIDE), dtype=np.uint8)
    if label == "PNEUMONIA":
        pixels[10:22, 10:22] += 110
    return replace(film, pixels=pixels)


def write_manifest(folder: Path, rows: list[tuple[str, str, str, str]]) -> FakeLoader:
    """A manifest of (name, label, patient, split) rows with empty files, and the loader that reads them."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = ["path,label,patient,split"] + [",".join(row) for row in rows]
    (folder / "manifest.csv").write_text("\n".join(lines) + "\n")
    for name, *_ in rows:
        (folder / name).touch()
    return FakeLoader({name: make_labelled_film(name, label) for name, label, *_ in rows})


def usual_rows(per_label: int = 12) -> list[tuple[str, str, str, str]]:
    """`per_label` films of each label in fit, half as many in each other split; every film its own patient."""
    counts = {"fit": per_label, "validation": per_label // 2, "calibration": per_label // 2, "test": per_label // 2}
    return [
        (f"{split}{label}{number}.png", label, f"{split}-{label}-{number}", split)
        for split, count in counts.items()
        for label in LABELS
        for number in range(count)
    ]
