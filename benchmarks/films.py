"""Films for benchmarks: as many as are asked for, each with content of its own."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import numpy as np
from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
_SIDE = 400


def base_films() -> list[Path]:
    """Real films: those beside the repository where there are any, else the samples."""
    originals = ROOT.parent / "shared" / "data" / "kermany_originals"
    folder = originals if originals.is_dir() else ROOT / "resources" / "samples" / "films"
    return sorted(path for path in folder.rglob("*") if path.suffix in (".jpeg", ".jpg", ".png"))


def make_films(folder: Path, count: int) -> None:
    """Write `count` small PNG films into `folder`; one grey value in a corner tells each from its neighbours."""
    folder.mkdir(parents=True)
    for number, grey in enumerate(islice(_endless(), count)):
        copy = grey.copy()
        copy[0, :2] = divmod(number, 256)
        Image.fromarray(copy).save(folder / f"{number:05}.png", compress_level=1)


def link_films(folder: Path, count: int) -> None:
    """Fill `folder` with `count` hard links to real films."""
    folder.mkdir(parents=True)
    films = base_films()
    for number in range(count):
        film = films[number % len(films)]
        target = folder / f"{number:05}{film.suffix}"
        try:
            target.hardlink_to(film)
        except OSError:  # another file system, or one without links
            target.symlink_to(film)


def _endless() -> Iterator[np.ndarray]:
    greys = [np.asarray(Image.open(path).convert("L").resize((_SIDE, _SIDE))) for path in base_films()]
    while True:
        yield from greys
