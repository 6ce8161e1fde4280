"""Films and their results as rows of Arrow tables, on their way through a cluster."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import pyarrow as pa

from radassist.domain.prepared import PreparedFilm
from radassist.domain.study import FilmSource
from radassist.domain.worklist import ItemState, WorklistItem
from radassist.imaging import wire
from radassist.store.records import to_record, with_record

_NAMES = [("number", pa.int64()), ("path", pa.binary()), ("member", pa.binary())]
_OUTCOME = [("state", pa.string()), ("record", pa.string())]
SOURCES = pa.schema(_NAMES)
"""Films to be read."""
FILMS = pa.schema([*_NAMES, *_OUTCOME, ("film", pa.large_binary())])
"""Films that were read, and the outcome of those that could not be."""
RESULTS = pa.schema([("number", pa.int64()), *_OUTCOME])
"""Films that have ended."""

Row = dict[str, Any]


def names_of(source: FilmSource) -> tuple[bytes, bytes]:
    """Path and member; bytes of a name that are no text are lone surrogates in Python, and come back as they are."""
    return str(source.path).encode("utf-8", "surrogatepass"), source.member.encode("utf-8", "surrogatepass")


def source_named(path: bytes, member: bytes) -> FilmSource:
    """The source whose `names_of` these are."""
    return FilmSource(Path(path.decode("utf-8", "surrogatepass")), member.decode("utf-8", "surrogatepass"))


def sources_table(items: Sequence[WorklistItem]) -> pa.Table:
    """The films of `items`, to be read."""
    rows = [(item.number, *names_of(item.source)) for item in items]
    return pa.Table.from_pylist([dict(zip(SOURCES.names, row, strict=True)) for row in rows], schema=SOURCES)


def running_items(sources: pa.Table) -> Iterator[WorklistItem]:
    """The items that `sources_table` was made of, running."""
    for row in sources.to_pylist():
        yield _running(row)


def read_row(item: WorklistItem, film: PreparedFilm | None = None) -> pa.Table:
    """One row: the film of a running item, or the outcome of one that has ended without."""
    packed = None if film is None else b"".join(wire.pack(film))
    outcome = (item.state.value, to_record(item)) if film is None else (None, None)
    values = (item.number, *names_of(item.source), *outcome, packed)
    return pa.Table.from_pylist([dict(zip(FILMS.names, values, strict=True))], schema=FILMS)


def read_films(films: pa.Table) -> tuple[list[tuple[WorklistItem, PreparedFilm]], list[Row]]:
    """The films of rows that hold one, with their running items; and the rows that have an outcome already."""
    rows = films.to_pylist()
    ended = [{name: row[name] for name in RESULTS.names} for row in rows if row["film"] is None]
    return [(_running(row), _unpacked(row["film"])) for row in rows if row["film"] is not None], ended


def result_row(item: WorklistItem) -> Row:
    """The outcome of an item that has ended."""
    return {"number": item.number, "state": item.state.value, "record": to_record(item)}


def results_table(rows: Sequence[Row]) -> pa.Table:
    """Rows of `result_row` as a table."""
    return pa.Table.from_pylist(list(rows), schema=RESULTS)


def ended_item(item: WorklistItem, row: Row) -> WorklistItem:
    """`item`, which waited, as the row says that it ended."""
    return with_record(item, ItemState(row["state"]), row["record"])


def _running(row: Row) -> WorklistItem:
    return WorklistItem(row["number"], source_named(row["path"], row["member"])).started()


def _unpacked(packed: bytes) -> PreparedFilm:
    film = wire.read(BytesIO(packed))
    assert isinstance(film, PreparedFilm)
    return film
