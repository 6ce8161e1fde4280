"""A film on disk with its answer and a map over it, to make DICOM results of."""

import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
from helpers.dicom_factory import film_bytes, phantom
from helpers.fakes import make_analysis, make_film

from radassist.domain.dicom_results import MapOverFilm, ScoredFilm
from radassist.domain.study import FilmSource

SIZE = (96, 80)


def write_film(folder: Path, **elements: object) -> FilmSource:
    """A DICOM file of a phantom in `folder`."""
    path = folder / "film.dcm"
    path.write_bytes(film_bytes(phantom(*SIZE), bits=12, elements=elements))
    return FilmSource(path)


def scored_film(folder: Path, *, probability: float = 0.75, **elements: object) -> ScoredFilm:
    """The file with its answer, pixels of the same size, and a map of 3 x 4 cells that rises from left to right."""
    film = make_film(size=SIZE)
    values = np.tile(np.linspace(-1, 2, 4, dtype=np.float32), (3, 1))
    shown = MapOverFilm(values, (32.0, 20.0), (-1.0, 2.0), "block2 mean", (np.array([[0.0, 0.0], [96.0, 80.0]]),))
    return ScoredFilm(write_film(folder, **elements), make_analysis(film, probability=probability), film, shown)


def errors_in(path: Path) -> list[str]:
    """What dciodvfy of dicom3tools, an independent checker, finds wrong in a DICOM object."""
    told = subprocess.run(["dciodvfy", "-new", str(path)], capture_output=True, text=True, check=False).stderr
    return [line for line in told.splitlines() if line.startswith("Error")]


def require_tools(*names: str) -> None:
    """Skip the test where a tool of dcmtk or dicom3tools is not installed."""
    for name in names:
        if shutil.which(name) is None:
            pytest.skip(f"{name} (Debian: dcmtk, dicom3tools) is not installed")
