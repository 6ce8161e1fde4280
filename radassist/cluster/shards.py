"""Results in Parquet shards: each is written whole or not at all, and what they hold is not scored again."""

import json
import secrets
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from radassist.cluster.conditions import Conditions
from radassist.cluster.rows import names_of
from radassist.domain.errors import StoreError
from radassist.domain.study import FileStamp
from radassist.domain.threshold_rule import OperatingPoint
from radassist.domain.worklist import ItemState, WorklistItem
from radassist.export.files import replacing_bytes
from radassist.paths import make_private
from radassist.store.records import to_record, with_record

_READABLE = [
    ("path", pa.string()),
    ("status", pa.string()),
    ("reason", pa.string()),
    ("sha256", pa.string()),
    ("prediction", pa.string()),
    ("probability", pa.float64()),
    ("decision", pa.string()),
]
_EXACT = [
    ("size", pa.int64()),
    ("mtime_ns", pa.int64()),
    ("source", pa.binary()),
    ("member", pa.binary()),
    ("record", pa.string()),
]
SHARD = pa.schema([*_READABLE, *_EXACT])
"""First what a person asks for, `probability` being that of the positive label; then what brings an item back."""

_Names = tuple[bytes, bytes]


@dataclass(frozen=True, slots=True)
class _Kept:
    state: ItemState
    size: int | None
    mtime_ns: int | None
    sha256: str
    record: str


class ShardedRun:
    """A run whose results lie in a folder of shards: a `workflow.services.ResultsSink`.

    Shards of other conditions lie in other folders below `shards`. Every method raises `StoreError` where a shard can
    be neither read nor written.

    Args:
        shards: Made where it is not there, for its owner's eyes only: records hold UIDs.
        conditions: Of the run; shards hold decisions at their threshold, the card's.
        point: At which films are decided that come back from here; None for the card's threshold.
    """

    def __init__(self, shards: Path, conditions: Conditions, point: OperatingPoint | None = None) -> None:
        self._own = OperatingPoint(conditions.threshold)
        self._point = point or self._own
        self._folder = _made(shards / conditions.key)
        self._schema = SHARD.with_metadata({"conditions": json.dumps(asdict(conditions))})
        self._kept = {_names(row): _kept(row) for row in self._rows(SHARD.names)}
        self._items: dict[int, WorklistItem] = {}
        self._done: dict[_Names, list[int]] = {}

    def add(self, items: Sequence[WorklistItem]) -> None:
        """The films of the run."""
        self._items.update((item.number, item) for item in items)

    def recall(self, item: WorklistItem, stamp: FileStamp, digest: Callable[[], str | None]) -> WorklistItem | None:
        """`item` as a shard says that it ended, if its file has the same stamp or, being scored, the same content."""
        kept = self._kept.get(names_of(item.source))
        if kept is None or kept.size != stamp.size:
            return None
        is_untouched = stamp.mtime_ns is not None and stamp.mtime_ns == kept.mtime_ns
        if is_untouched or (kept.state is ItemState.SCORED and kept.sha256 == digest()):
            return with_record(item, kept.state, kept.record).at(self._point)
        return None

    def save(self, ended: Sequence[tuple[WorklistItem, FileStamp | None]]) -> None:
        """Write one shard of the items whose outcome no shard holds yet; on the disk when this returns."""
        ended = [(item.at(self._own), stamp) for item, stamp in ended]
        found = {names_of(item.source): _outcome(item, stamp) for item, stamp in ended}
        fresh = [(item, stamp) for item, stamp in ended if self._is_new(item)]
        if fresh:
            table = pa.Table.from_pylist([_row(item, stamp) for item, stamp in fresh], schema=self._schema)
            name = f"part-{time.time_ns():020}-{secrets.token_hex(3)}.parquet"
            with replacing_bytes(self._folder / name) as file:
                pq.write_table(table, file, compression="zstd")
        self._kept.update((names_of(item.source), found[names_of(item.source)]) for item, _ in fresh)
        for item, _ in ended:
            self._done.setdefault(names_of(item.source), []).append(item.number)

    def items(self) -> Iterator[WorklistItem]:
        """The films of the run in order of their numbers: with their results, or waiting."""
        for number, item in sorted(self._items.items()):
            names = names_of(item.source)
            kept = self._kept[names] if number in self._done.get(names, ()) else None
            yield item if kept is None else with_record(item, kept.state, kept.record).at(self._point)

    def counts(self) -> dict[ItemState, int]:
        """How many films of the run stand where, read back from the shards."""
        on_disk = {_names(row): ItemState(row["status"]) for row in self._rows(("source", "member", "status"))}
        states = Counter(on_disk[names] for names, numbers in self._done.items() for _ in numbers if names in on_disk)
        waiting = len(self._items) - states.total()
        return dict(states + Counter({ItemState.WAITING: waiting}))

    def finish(self) -> None:
        """Nothing is left to do: each shard was whole when it was written."""

    def _is_new(self, item: WorklistItem) -> bool:
        kept = self._kept.get(names_of(item.source))
        return kept is None or (kept.state, kept.record) != (item.state, to_record(item))

    def _rows(self, columns: Sequence[str]) -> Iterator[dict[str, Any]]:
        """The rows of all shards, those written later later."""
        for shard in sorted(self._folder.glob("part-*.parquet")):
            try:
                yield from pq.read_table(shard, columns=list(columns), partitioning=None).to_pylist()
            except (OSError, pa.ArrowException) as error:
                raise StoreError(f"The shard {shard} cannot be read; remove it to score its films again.") from error


def _made(folder: Path) -> Path:
    try:
        make_private(folder.parent)
        return make_private(folder)
    except OSError as error:
        raise StoreError(f"The folder {folder} for shards cannot be made: {error.strerror}.") from error


def _row(item: WorklistItem, stamp: FileStamp | None) -> dict[str, Any]:
    prediction = item.analysis.prediction if item.analysis else None
    source, member = names_of(item.source)
    kept = _outcome(item, stamp)
    return {
        "path": str(item.source).encode("utf-8", "backslashreplace").decode(),
        "status": item.state.value,
        "reason": item.reason.encode("utf-8", "backslashreplace").decode(),
        "sha256": item.film_sha256,
        "prediction": prediction.label if prediction else None,
        "probability": prediction.positive_probability if prediction else None,
        "decision": prediction.decision if prediction else None,
        "size": kept.size,
        "mtime_ns": kept.mtime_ns,
        "source": source,
        "member": member,
        "record": kept.record,
    }


def _outcome(item: WorklistItem, stamp: FileStamp | None) -> _Kept:
    size, mtime_ns = (stamp.size, stamp.mtime_ns) if stamp else (None, None)
    return _Kept(item.state, size, mtime_ns, item.film_sha256, to_record(item))


def _kept(row: dict[str, Any]) -> _Kept:
    return _Kept(ItemState(row["status"]), row["size"], row["mtime_ns"], row["sha256"], row["record"])


def _names(row: dict[str, Any]) -> _Names:
    return row["source"], row["member"]
