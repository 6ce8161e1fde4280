"""Runs and their results in the database: each result one transaction, each film of a run in exactly one state."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from sqlite3 import Connection

from radassist.domain.analysis import ModelFacts
from radassist.domain.study import FileStamp, FilmSource
from radassist.domain.worklist import ItemState, UnfinishedRun, WorklistItem
from radassist.store.database import Database
from radassist.store.readings import StoredReadings
from radassist.store.records import to_record, with_record


class RunKind(StrEnum):
    """What began a run."""

    COMMAND = "command"
    WINDOW = "window"
    WATCH = "watch"
    NODE = "node"
    SCREEN = "screen"


class ResultStore:
    """All runs and results of one user.

    Args:
        program: Version of everything that turns bytes into a score; results of another version are not used again.

    Attributes:
        readings: What readers said of films.
    """

    def __init__(self, database: Database, program: str) -> None:
        self.readings = StoredReadings(database)
        self._database = database
        self._program = program

    @property
    def notice(self) -> str:
        """One sentence where earlier results were lost; else empty."""
        return self._database.notice

    def begin(self, facts: ModelFacts, kind: RunKind) -> "StoredRun":
        """A new run under the conditions of the loaded model.

        Raises:
            StoreError: If it cannot be written down.
        """
        with self._database.transaction() as connection:
            conditions = _conditions_id(connection, self._program, facts)
            run = connection.execute(
                "INSERT INTO run (kind, conditions, began_at) VALUES (?, ?, ?)", (kind.value, conditions, _now())
            ).lastrowid
        assert run is not None
        return StoredRun(self._database, run, conditions, facts)

    def last_unfinished(self, kind: RunKind) -> UnfinishedRun | None:
        """The newest run of `kind` that is not closed and holds a film without a result; None where there is none.

        A film counts where it was queued last: one that a later run of the same kind holds is not open in this one.

        Raises:
            StoreError: If the database cannot be read.
        """
        runs = self._database.rows(
            "SELECT run.id FROM run JOIN run_film AS open ON open.run = run.id"
            " WHERE kind = ? AND closed_at IS NULL AND result IS NULL AND NOT EXISTS"
            " (SELECT 1 FROM run_film AS later JOIN run AS newer ON newer.id = later.run"
            " WHERE later.film = open.film AND newer.id > run.id AND newer.kind = run.kind)"
            " ORDER BY run.id DESC LIMIT 1",
            (kind.value,),
        )
        if not runs:
            return None
        films = self._database.rows(
            "SELECT path, member, result IS NOT NULL FROM run_film JOIN film ON film.id = film"
            " WHERE run = ? ORDER BY number",
            runs[0],
        )
        return UnfinishedRun(tuple(_source(*film[:2]) for film in films), sum(film[2] for film in films))

    def close_runs(self, kind: RunKind) -> None:
        """Nobody wants what is left of the runs of `kind`; their results stay known.

        Raises:
            StoreError: If it cannot be written down.
        """
        with self._database.transaction() as connection:
            connection.execute(
                "UPDATE run SET closed_at = ? WHERE kind = ? AND closed_at IS NULL", (_now(), kind.value)
            )

    def close(self) -> None:
        """Close the database."""
        self._database.close()


class StoredRun:
    """One run: a `workflow.services.ResultsSink`. Every method raises `StoreError` where the database refuses.

    Scores are kept with the decision they had, and come back decided at the threshold of this run: the threshold in
    force is no condition of a score.
    """

    def __init__(self, database: Database, run: int, conditions: int, facts: ModelFacts) -> None:
        self._database = database
        self._run = run
        self._conditions = conditions
        self._model, self._point = facts.sha256, facts.point

    def add(self, items: Sequence[WorklistItem]) -> None:
        """Write down the films of the run, as still to be done; those already there are to be done again."""
        with self._database.transaction() as connection:
            films = [(self._run, item.number, _film_id(connection, item.source)) for item in items]
            connection.executemany("INSERT OR REPLACE INTO run_film (run, number, film) VALUES (?, ?, ?)", films)

    def recall(self, item: WorklistItem, stamp: FileStamp, digest: Callable[[], str | None]) -> WorklistItem | None:
        """`item` as it ended before under the same conditions, if its file is unchanged; None if that is not known.

        A file is unchanged if its stamp is; else if its content is that of a film that was scored, under any name.

        Args:
            item: In any state.
            stamp: Of its file, now.
            digest: SHA-256 of the file; called only where that can help.
        """
        by_stamp = self._database.rows(
            "SELECT state, outcome FROM result JOIN film ON film.id = film WHERE path = ? AND member = ?"
            " AND conditions = ? AND size = ? AND mtime_ns = ? ORDER BY result.id DESC LIMIT 1",
            (*_names(item.source), self._conditions, stamp.size, stamp.mtime_ns),
        )
        if by_stamp:
            return self._answered(with_record(item, ItemState(by_stamp[0][0]), by_stamp[0][1]))
        same_size = self._database.rows(
            "SELECT 1 FROM result WHERE size = ? AND conditions = ? AND state = 'scored' LIMIT 1",
            (stamp.size, self._conditions),
        )
        return self._recall_content(item, digest()) if same_size else None

    def save(self, ended: Sequence[tuple[WorklistItem, FileStamp | None]]) -> None:
        """Write down how items ended, all or none; on the disk when this returns.

        Args:
            ended: Each with the stamp its file had before it was read; None where there was no file.
        """
        with self._database.transaction() as connection:
            for item, stamp in ended:
                self._save(connection, item, stamp)

    def items(self) -> Iterator[WorklistItem]:
        """The films of the run in order of their numbers: with their results, or waiting."""
        rows = self._database.rows(
            "SELECT number, path, member, state, outcome FROM run_film JOIN film ON film.id = run_film.film"
            " LEFT JOIN result ON result.id = run_film.result WHERE run = ? ORDER BY number",
            (self._run,),
        )
        for number, path, member, state, outcome in rows:
            item = WorklistItem(number, _source(path, member))
            yield item if state is None else with_record(item, ItemState(state), outcome).at(self._point)

    def counts(self) -> dict[ItemState, int]:
        """How many films of the run stand where; those without a result wait."""
        rows = self._database.rows(
            "SELECT coalesce(state, 'waiting'), count(*) FROM run_film LEFT JOIN result ON result.id = result"
            " WHERE run = ? GROUP BY 1",
            (self._run,),
        )
        return {ItemState(state): count for state, count in rows}

    def finish(self) -> None:
        """Every film has ended: the run is closed."""
        with self._database.transaction() as connection:
            connection.execute("UPDATE run SET closed_at = ? WHERE id = ?", (_now(), self._run))

    def _recall_content(self, item: WorklistItem, content: str | None) -> WorklistItem | None:
        outcomes = self._database.rows(
            "SELECT outcome FROM result WHERE sha256 = ? AND conditions = ? AND state = 'scored'"
            " ORDER BY id DESC LIMIT 1",
            (content, self._conditions),
        )
        return self._answered(with_record(item, ItemState.SCORED, outcomes[0][0])) if outcomes else None

    def _answered(self, item: WorklistItem) -> WorklistItem | None:
        """The item as this run decides it; None where another model answered: earlier versions could keep that here."""
        is_others = item.analysis is not None and item.analysis.provenance.model_sha256 != self._model
        return None if is_others else item.at(self._point)

    def _save(self, connection: Connection, item: WorklistItem, stamp: FileStamp | None) -> None:
        film = _film_id(connection, item.source)
        size, mtime_ns = (stamp.size, stamp.mtime_ns) if stamp else (None, None)
        row = (film, self._conditions, size, mtime_ns, item.film_sha256, item.state.value, to_record(item))
        # A result that was recalled is there already.
        same = connection.execute(
            "SELECT id FROM result WHERE film = ? AND conditions = ? AND size IS ? AND mtime_ns IS ? AND sha256 = ?"
            " AND state = ? AND outcome = ?",
            row,
        ).fetchone()
        connection.execute(
            "UPDATE run_film SET result = ? WHERE run = ? AND number = ?",
            (same[0] if same else _insert_result(connection, row), self._run, item.number),
        )


def _insert_result(connection: Connection, row: tuple[object, ...]) -> int | None:
    return connection.execute(
        "INSERT INTO result (film, conditions, size, mtime_ns, sha256, state, outcome) VALUES (?, ?, ?, ?, ?, ?, ?)",
        row,
    ).lastrowid


def _conditions_id(connection: Connection, program: str, facts: ModelFacts) -> int:
    values = (program, facts.model, facts.sha256, facts.card_sha256, facts.preprocessing, facts.own_threshold)
    connection.execute(
        "INSERT OR IGNORE INTO conditions (program, model, model_sha256, card_sha256, preprocessing, threshold)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        values,
    )
    (found,) = connection.execute(
        "SELECT id FROM conditions WHERE program = ? AND model = ? AND model_sha256 = ? AND card_sha256 = ?"
        " AND preprocessing = ? AND threshold = ?",
        values,
    ).fetchone()
    return int(found)


def _film_id(connection: Connection, source: FilmSource) -> int:
    names = _names(source)
    connection.execute("INSERT OR IGNORE INTO film (path, member) VALUES (?, ?)", names)
    (found,) = connection.execute("SELECT id FROM film WHERE path = ? AND member = ?", names).fetchone()
    return int(found)


def _names(source: FilmSource) -> tuple[bytes, bytes]:
    """Bytes of a name that are no text are lone surrogates in Python; they go and come back as they are."""
    return str(source.path).encode("utf-8", "surrogatepass"), source.member.encode("utf-8", "surrogatepass")


def _source(path: bytes, member: bytes) -> FilmSource:
    return FilmSource(Path(path.decode("utf-8", "surrogatepass")), member.decode("utf-8", "surrogatepass"))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
