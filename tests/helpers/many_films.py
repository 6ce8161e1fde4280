"""Many small films that are scored, each with content of its own, made of the samples."""

from collections.abc import Sequence
from itertools import cycle
from pathlib import Path

import numpy as np
from PIL import Image

from radassist.paths import samples_dir

_SIDE = 320


def write_films(folder: Path, names: Sequence[str]) -> list[Path]:
    """PNG films of these names in `folder`; two grey values in a corner tell each from its neighbours."""
    samples = sorted(path for path in samples_dir().rglob("*") if path.suffix in (".png", ".jpeg", ".jpg"))[:4]
    greys = [np.asarray(Image.open(path).convert("L").resize((_SIDE, _SIDE))) for path in samples]
    paths = [folder / f"{name}.png" for name in names]
    for number, (path, grey) in enumerate(zip(paths, cycle(greys), strict=False)):
        copy = grey.copy()
        copy[0, :2] = divmod(number, 256)
        Image.fromarray(copy).save(path, compress_level=1)
    return paths
