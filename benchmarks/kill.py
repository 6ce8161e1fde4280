"""Kills a batch at random moments, resumes it, and compares its table with that of a batch nobody disturbed.

    python benchmarks/kill.py [--films 1000] [--rounds 20] [--seed 1]

Prints a line a round and, at the end, films lost, doubled and different: all three must be 0.
"""

import argparse
import csv
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from films import make_films

_OF_THE_MOMENT = ("decode_ms", "predict_ms", "finished_at")
"""Columns that tell of the moment a film was scored, and differ between two runs that both are right."""


class Batch:
    """The `radassist batch` command over `films`, with a home of its own."""

    def __init__(self, films: Path, home: Path) -> None:
        self.films, self.home, self.table = films, home, home / "out.csv"
        home.mkdir()

    def start(self) -> "subprocess.Popen[bytes]":
        """Begin it, or go on with it."""
        words = ["batch", self.films, "--csv", self.table, "--device", "cpu", "--quiet"]
        return subprocess.Popen(
            [sys.executable, "-m", "radassist", *map(str, words)],
            env=os.environ | {"RADASSIST_HOME": str(self.home)},
            start_new_session=True,
        )

    def to_end(self) -> float:
        """Let it end undisturbed; how many seconds that took."""
        began = time.monotonic()
        if self.start().wait() not in (0, 3):
            sys.exit("the batch did not end as it should")
        return time.monotonic() - began

    def rows(self) -> list[dict[str, str]]:
        """The rows of its table."""
        with self.table.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def kept(self) -> tuple[int, int]:
        """Results in the store so far, and how many of them are of films that had one already."""
        store = self.home / "data" / "results.sqlite"
        if not store.exists():
            return 0, 0
        with closing(sqlite3.connect(store)) as connection:
            count, films = connection.execute("SELECT count(*), count(DISTINCT film) FROM result").fetchone()
        return count, count - films


def main() -> None:
    """Run the undisturbed batch, then one that is killed until it has survived all rounds."""
    options = _options()
    moments = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as folder:
        films = Path(folder) / "films"
        make_films(films, options.films)
        whole = Batch(films, Path(folder) / "undisturbed")
        seconds = whole.to_end()
        print(f"undisturbed: {options.films} films in {seconds:.1f} s")
        totals = [0, 0, 0]
        rounds = 0
        while rounds < options.rounds:
            kills = min(options.kills, options.rounds - rounds)
            rounds += kills
            counts = _killed(Batch(films, Path(folder) / f"killed{rounds}"), whole, kills, seconds, moments)
            totals = [total + count for total, count in zip(totals, counts, strict=True)]
    print(f"{rounds} kills: {totals[0]} lost, {totals[1]} doubled, {totals[2]} different")
    sys.exit(any(totals))


def _killed(batch: Batch, whole: Batch, kills: int, seconds: float, moments: random.Random) -> tuple[int, int, int]:
    """Kill the batch `kills` times, then let it end: films lost, doubled, different."""
    for _ in range(kills):
        running = batch.start()
        moment = moments.uniform(0.2, 0.9) * seconds / kills + moments.uniform(0, 2)
        try:
            running.wait(moment)
        except subprocess.TimeoutExpired:
            os.kill(running.pid, signal.SIGKILL)
            running.wait()
        print(f"  killed after {moment:5.1f} s with {batch.kept()[0]} results kept")
    batch.to_end()
    expected, found = ({row["path"]: row for row in each.rows()} for each in (whole, batch))
    doubled = len(batch.rows()) - len(found)
    lost = len(expected.keys() - found.keys())
    different = sum(_differ(expected[path], found[path]) for path in expected.keys() & found.keys())
    kept, twice = batch.kept()
    print(
        f"  resumed: {lost} lost, {doubled} doubled, {different} different; {kept} results kept, {twice} of them twice"
    )
    return lost, doubled + twice, different


def _differ(one: dict[str, str], other: dict[str, str]) -> bool:
    return any(one[name] != other[name] for name in one if name not in _OF_THE_MOMENT)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--films", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=20, help="kills in all")
    parser.add_argument("--kills", type=int, default=4, help="kills of one batch before it may end")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    main()
