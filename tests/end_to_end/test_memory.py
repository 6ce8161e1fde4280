"""What a long batch holds in memory does not grow with the number of its films."""

import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from helpers.dicom_factory import phantom
from helpers.processes import resident_bytes
from PIL import Image

FILMS, SETTLED, DISTINCT = 5000, 1500, 50
MB = 2**20
_ENDED = "SELECT count(result) FROM run_film WHERE run = (SELECT max(id) FROM run)"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Many small films, some of them the same under another name."""
    films = tmp_path / "films"
    films.mkdir()
    for number in range(FILMS):
        target = films / f"{number:05}.png"
        if number < DISTINCT:
            target.write_bytes(_png(number))
        else:
            target.hardlink_to(films / f"{number % DISTINCT:05}.png")
    return films


def _png(number: int) -> bytes:
    grey = phantom(64, 64, bits=8).astype(np.uint8)
    grey[0, 0] = number
    buffer = BytesIO()
    Image.fromarray(grey).save(buffer, "PNG")
    return buffer.getvalue()


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="memory of a process is read from /proc")
def test_memory_stays_flat_over_five_thousand_films(radassist, folder):
    with radassist.start("batch", folder, "--csv", "out.csv", "--quiet") as running:
        held = dict(_watched(running, radassist.home / "data" / "results.sqlite"))
        assert running.communicate() == ("", "")

    assert running.returncode == 0
    settled, last = min(films for films in held if films >= SETTLED), max(films for films in held if films < FILMS)
    assert last - settled > (FILMS - SETTLED) / 2
    assert (held[last] - held[settled]) / (last - settled) * 1000 < MB
    assert max(held.values()) < 350 * MB


def _watched(running, store: Path) -> Iterator[tuple[int, int]]:
    """How many films had ended, and what the program held then, in bytes; without its children."""
    while running.poll() is None:
        with suppress(sqlite3.OperationalError):  # it is not made yet
            with closing(sqlite3.connect(f"file:{store}?mode=ro", uri=True)) as connection:
                (films,) = connection.execute(_ENDED).fetchone()
            yield films, resident_bytes(running.pid)
        time.sleep(0.1)
