"""What many results cost the machine that asks a cluster for them: memory, seconds and bytes, without any film.

    python benchmarks/head.py [--films 100000]

Lists so many films, lets a run of shards keep a made-up score of each in groups of a thousand, begins a second run that
recalls them all, and writes the table. Needs the extra `cluster`.
"""

import argparse
import hashlib
import resource
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from radassist.cluster.conditions import Conditions
from radassist.cluster.shards import ShardedRun
from radassist.domain.analysis import Analysis, Prediction, Provenance
from radassist.domain.geometry import Geometry
from radassist.domain.study import FileStamp, FilmSource, Identity
from radassist.domain.worklist import WorklistItem
from radassist.export.csv_table import write_csv
from radassist.export.keys import SaltedKeys

_GROUP = 1000
_LABELS = ("NORMAL", "PNEUMONIA")


def main() -> None:
    """Print a line a step."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--films", type=int, default=100_000)
    count = parser.parse_args().films
    with tempfile.TemporaryDirectory() as folder:
        shards, table = Path(folder) / "shards", Path(folder) / "out.csv"
        with _step("list of films", count):
            items = [WorklistItem(n, FilmSource(Path(f"/films/{n // 1000:06}/CR{n:09}.dcm"))) for n in range(count)]
        run = _run(shards)
        with _step("kept in shards", count):
            run.add(items)
            for first in range(0, count, _GROUP):
                run.save([(_scored(item), _stamp(item)) for item in items[first : first + _GROUP]])
        size = sum(path.stat().st_size for path in shards.rglob("*.parquet"))
        with _step("shards opened again", count):
            again = _run(shards)
            again.add(items)
        with _step("recalled", count):
            for first in range(0, count, _GROUP):
                group = items[first : first + _GROUP]
                again.save([(again.recall(item, _stamp(item), lambda: None), _stamp(item)) for item in group])
        with _step("table written", count):
            write_csv(tuple(again.items()), table, labels=_LABELS, keys=SaltedKeys(b"salt"))
        print(f"{size / count:.0f} bytes a film in shards, {table.stat().st_size / count:.0f} in the table")


def _run(shards: Path) -> ShardedRun:
    return ShardedRun(shards, Conditions("none", "none", "", "", "", 0.5))


def _stamp(item: WorklistItem) -> FileStamp:
    return FileStamp(8_000_000 + item.number, 1_700_000_000_000_000_000 + item.number)


def _scored(item: WorklistItem) -> WorklistItem:
    """A score as long as a real one, with digits of its own."""
    positive = (item.number * 0.6180339887498949) % 1
    both = (1 - positive, positive)
    uid = f"1.2.826.0.1.3680043.8.498.{item.number:039}"
    analysis = Analysis(
        film_sha256=hashlib.sha256(str(item.source).encode()).hexdigest(),
        prediction=Prediction(_LABELS, both, both, 0.787273, _LABELS[positive > 0.78]),
        provenance=Provenance(
            "efficientnet_lite0", "13550f23" * 8, "grey8 bilinear 224x224 then 224x224 x1 mean 0.5 std 0.5 (rule 1)",
            "CPU (64 cores), OpenVINO", 20 * positive, 9 * positive, datetime.now(UTC),
        ),
        notices=(),
        geometry=Geometry(film_size=(2000, 2000), input_size=(224, 224)),
    )  # fmt: skip
    return item.started().scored(analysis, Identity(study_uid=uid, series_uid=f"{uid}.1", instance_uid=f"{uid}.2"))


@contextmanager
def _step(title: str, films: int) -> Iterator[None]:
    began = time.process_time()
    yield
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    seconds = time.process_time() - began
    print(
        f"{title:20} {1e6 * seconds / films:7.0f} us a film, peak memory so far {peak / films:7.0f} bytes a film",
        flush=True,
    )


if __name__ == "__main__":
    main()
