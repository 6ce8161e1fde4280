"""Scores 10,000 films in one batch and watches memory, file descriptors and threads of the program.

    python benchmarks/soak.py [--films 10000]

Linux only. Prints the slope of the memory after the first 1,000 films: it must stay under 1 MB per 1,000 films.
"""

import argparse
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from films import link_films

_SETTLED = 1000
_SECONDS = 0.5
_MOST_KB_PER_1000 = 1024.0


@dataclass(frozen=True, slots=True)
class Sample:
    """The program at one moment; `kb` is its resident memory."""

    films: int
    kb: int
    descriptors: int
    threads: int
    children: int


def main() -> None:
    """Run the batch and print what was seen."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--films", type=int, default=10_000)
    count = parser.parse_args().films
    with tempfile.TemporaryDirectory() as folder:
        films, home = Path(folder) / "films", Path(folder) / "home"
        link_films(films, count)
        words = ["batch", films, "--csv", Path(folder) / "out.csv", "--restart"]
        began = time.monotonic()
        with subprocess.Popen(
            [sys.executable, "-m", "radassist", *map(str, words)], env=os.environ | {"RADASSIST_HOME": str(home)}
        ) as running:
            samples = _watch(running, home / "data" / "results.sqlite")
        print(f"{count} films in {time.monotonic() - began:.0f} s, exit code {running.returncode}")
    sys.exit(_report([sample for sample in samples if _SETTLED <= sample.films < count]))


def _watch(running: "subprocess.Popen[bytes]", store: Path) -> list[Sample]:
    samples = []
    while running.poll() is None:
        with suppress(OSError, sqlite3.Error, StopIteration):
            samples.append(_sample(running.pid, store))
        time.sleep(_SECONDS)
    return samples


def _sample(process: int, store: Path) -> Sample:
    with closing(sqlite3.connect(f"file:{store}?mode=ro", uri=True)) as connection:
        (films,) = connection.execute("SELECT coalesce(max(id), 0) FROM result").fetchone()
    folder = Path("/proc") / str(process)
    status = dict(line.split(":", 1) for line in (folder / "status").read_text().splitlines())
    return Sample(
        films,
        kb=int(status["VmRSS"].split()[0]),
        descriptors=len(list((folder / "fd").iterdir())),
        threads=int(status["Threads"]),
        children=sum(len(each.read_text().split()) for each in folder.glob("task/*/children")),
    )


def _report(samples: list[Sample]) -> int:
    if len(samples) < 3:
        print("too few films for a slope")
        return 2
    slope = 1000 * float(np.polyfit([each.films for each in samples], [each.kb for each in samples], 1)[0])
    first, last = samples[0], samples[-1]
    print(f"memory: {first.kb / 1024:.0f} MB after {first.films} films, {last.kb / 1024:.0f} MB after {last.films}")
    print(f"slope: {slope / 1024:.2f} MB per 1,000 films")
    for name in ("descriptors", "threads", "children"):
        seen = [getattr(each, name) for each in samples]
        print(f"{name}: {min(seen)} to {max(seen)}, {seen[0]} at first and {seen[-1]} at last")
    return int(slope > _MOST_KB_PER_1000)


if __name__ == "__main__":
    main()
