"""Films a second without Ray, with Ray on one node of one and of two cores, and on two nodes.

    python benchmarks/cluster.py [--films 400] [--small] [--kill]

Prints a line a way: films a second of the whole command and of its steady part (from the tenth film in a hundred to the
ninetieth), processor time a film over all processes, and how many rows differ from those of the way without Ray.
`--kill` prints besides what becomes of the films when one of two nodes is killed in the middle. Needs the extra
`cluster`.
"""

import argparse
import csv
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from films import link_films, make_films
from ray.cluster_utils import Cluster

_OF_THE_MOMENT = ("decode_ms", "predict_ms", "finished_at")
_TICKS = os.sysconf("SC_CLK_TCK")

Rows = list[dict[str, str]]


@dataclass(frozen=True)
class Run:
    """One batch: its rows, seconds of the wall clock and of all processors."""

    rows: Rows
    seconds: float
    cpu_seconds: float

    @property
    def steady_rate(self) -> float:
        """Films a second, without beginning and end."""
        times = sorted(datetime.fromisoformat(row["finished_at"]) for row in self.rows if row["finished_at"])
        first, last = len(times) // 10, len(times) * 9 // 10
        span = (times[last] - times[first]).total_seconds()
        return (last - first) / span if span else 0.0


def main() -> None:
    """Run every way once over the same films."""
    options = _options()
    with tempfile.TemporaryDirectory() as folder:
        films = Path(folder) / "films"
        (make_films if options.small else link_films)(films, options.films)
        _batch(films, Path(folder) / "warm", "--limit", "8")  # converts the model once
        alone = _batch(films, Path(folder) / "alone")
        _report("without Ray", alone, alone)
        for title, cores in (
            ("Ray, 1 node of 1 core", [1]),
            ("Ray, 1 node of 2 cores", [2]),
            ("Ray, 2 nodes of 1", [1, 1]),
        ):
            with _nodes(cores) as cluster:
                _report(title, _on(cluster, films, Path(folder) / title), alone)
        if options.kill:
            with _nodes([1, 1]) as cluster:
                _kill_midway(cluster, films, Path(folder) / "killed", alone)


@contextmanager
def _nodes(cores: Sequence[int]) -> Iterator[Cluster]:
    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": cores[0]})
    for more in cores[1:]:
        cluster.add_node(num_cpus=more)
    try:
        yield cluster
    finally:
        cluster.shutdown()


def _on(cluster: Cluster, films: Path, place: Path) -> Run:
    return _batch(films, place, "--ray", cluster.address, "--shards", str(place / "shards"))


def _batch(films: Path, place: Path, *words: str) -> Run:
    place.mkdir(exist_ok=True)
    table = place / "out.csv"
    command = [
        sys.executable,
        "-m",
        "radassist",
        "batch",
        str(films),
        "--csv",
        str(table),
        "--device",
        "cpu",
        "--quiet",
    ]
    began = time.monotonic()
    with _Processors() as processors:
        code = subprocess.run([*command, "--restart", *words], check=False).returncode
    if code not in (0, 3):
        sys.exit("the batch did not end as it should")
    return Run(_rows(table), time.monotonic() - began, processors.seconds)


def _kill_midway(cluster: Cluster, films: Path, place: Path, alone: Run) -> None:
    """Kill the second node once a third of the films are in shards."""
    node = next(iter(cluster.worker_nodes))
    shards = place / "shards"

    def kill() -> None:
        import pyarrow.parquet as pq

        while sum(pq.read_metadata(path).num_rows for path in shards.rglob("part-*.parquet")) < len(alone.rows) // 3:
            time.sleep(0.1)
        cluster.remove_node(node, allow_graceful=False)

    killer = threading.Thread(target=kill, daemon=True)
    killer.start()
    run = _batch(films, place, "--ray", cluster.address, "--shards", str(shards))
    killer.join()
    found = [row["path"] for row in run.rows]
    lost = len({row["path"] for row in alone.rows} - set(found))
    print(
        f"one of two nodes killed midway: {lost} lost, {len(found) - len(set(found))} doubled, "
        f"{_different(run.rows, alone.rows)} different, {run.seconds:.0f} s"
    )


def _report(title: str, run: Run, alone: Run) -> None:
    count = len(run.rows)
    print(
        f"{title:24} {count / run.seconds:6.1f} films/s of the command, {run.steady_rate:6.1f} steady, "
        f"{1000 * run.cpu_seconds / count:6.1f} CPU ms a film, {_different(run.rows, alone.rows)} rows different",
        flush=True,
    )


def _different(rows: Rows, others: Rows) -> int:
    lasting = ({name: row[name] for name in row if name not in _OF_THE_MOMENT} for row in rows)
    expected = ({name: row[name] for name in row if name not in _OF_THE_MOMENT} for row in others)
    return sum(one != other for one, other in zip(lasting, expected, strict=True))


def _rows(table: Path) -> Rows:
    with table.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class _Processors:
    """Processor seconds of all processes below this one, looked at ten times a second while the block runs."""

    def __init__(self) -> None:
        self._spent: dict[int, float] = {}
        self._began: dict[int, float] = {}
        self._is_done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> "_Processors":
        self._look()
        self._began = dict(self._spent)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_done.set()
        self._thread.join()
        self._look()

    @property
    def seconds(self) -> float:
        """Spent since the block began; of a process that ended, until it was seen last."""
        return sum(self._spent.values()) - sum(self._began.values())

    def _watch(self) -> None:
        while not self._is_done.wait(0.1):
            self._look()

    def _look(self) -> None:
        parents: dict[int, int] = {}
        spent: dict[int, float] = {}
        for entry in Path("/proc").iterdir():
            if entry.name.isdecimal():
                try:
                    fields = (entry / "stat").read_text().rpartition(")")[2].split()
                except OSError:
                    continue  # ended meanwhile
                parents[int(entry.name)] = int(fields[1])
                spent[int(entry.name)] = (int(fields[11]) + int(fields[12])) / _TICKS
        ours = {os.getpid()}
        while more := {child for child, parent in parents.items() if parent in ours} - ours:
            ours |= more
        self._spent.update((process, spent[process]) for process in ours - {os.getpid()} if process in spent)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--films", type=int, default=400)
    parser.add_argument("--small", action="store_true", help="PNG films of 400 x 400 in place of JPEG originals")
    parser.add_argument("--kill", action="store_true", help="kill one of two nodes in the middle of a last run")
    return parser.parse_args()


if __name__ == "__main__":
    main()
