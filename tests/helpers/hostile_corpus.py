"""The corpus of bad and odd files that lies beside the repository, made anew for a test."""

import csv
import importlib.util
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import pytest

from radassist.domain.study import FilmSource

SCRIPT = Path(__file__).resolve().parents[3] / "shared" / "hostile" / "make_hostile.py"


@dataclass(frozen=True, slots=True)
class HostileFile:
    """One file, link, pipe or folder of the corpus.

    Attributes:
        expected: Outcomes a good program may have: `opens`, `warns`, `clear error`.
    """

    source: FilmSource
    group: str
    expected: frozenset[str]


def make_groups(folder: Path, groups: Sequence[str]) -> list[HostileFile]:
    """The groups named, for instance `valid` and `tags`; a few seconds."""
    script = _script()
    script.OUT = folder
    for group in groups:
        make = getattr(script, f"g_{group}")
        make(7) if group in ("struct", "fuzz") else make()
    return [_file(folder, row[0], row[1], row[3]) for row in script.ROWS]


def make_all(folder: Path) -> list[HostileFile]:
    """Every group whose files have plain names, so all but the odd names and special files of `g_fs`; ten seconds."""
    _require_script()
    subprocess.run([sys.executable, SCRIPT, folder, "--no-weights"], check=True, capture_output=True)
    with (folder / "manifest.csv").open(newline="", encoding="utf-8") as manifest:
        rows = [row for row in csv.DictReader(manifest) if row["group"] != "g_fs"]
    return [_file(folder, row["file"], row["group"], row["expected"]) for row in rows]


def make_whole(folder: Path, seed: int = 7) -> list[HostileFile]:
    """Every entry of the corpus, weights, odd names and special files included; ten seconds."""
    _require_script()
    subprocess.run([sys.executable, SCRIPT, folder, "--seed", str(seed)], check=True, capture_output=True)
    places = {_shown(place.relative_to(folder)): place for place in _everything_below(folder)}
    with (folder / "manifest.csv").open(newline="", encoding="utf-8") as manifest:
        rows = list(csv.DictReader(manifest))
    return [
        HostileFile(FilmSource(places[row["file"]]), row["group"], frozenset(row["expected"].split("|")))
        for row in rows
    ]


def _everything_below(folder: Path) -> Iterator[Path]:
    for root, folders, files in os.walk(folder):
        yield from (Path(root) / name for name in (*folders, *files))


def _shown(path: Path) -> str:
    """A name as the manifest writes it."""
    return os.fsencode(path).decode("utf-8", "backslashreplace").replace("\n", "\\n")


def make_odd_names_and_special_files(folder: Path) -> Path:
    """Links, pipes, sockets, forbidden folders, and names that are not text."""
    script = _script()
    script.OUT = folder
    script.g_fs(False)
    return folder / "g_fs"


def _file(folder: Path, name: str | Path, group: str, expected: str) -> HostileFile:
    return HostileFile(FilmSource(folder / name), group, frozenset(expected.split("|")))


def _script() -> ModuleType:
    _require_script()
    spec = importlib.util.spec_from_file_location("make_hostile", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _require_script() -> None:
    if not SCRIPT.is_file():
        pytest.skip("needs ../shared/hostile")
