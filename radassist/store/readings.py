"""What readers said of films, in the database: rows are only added, and taking an answer back adds one, too."""

from collections.abc import Collection, Iterator
from datetime import UTC, datetime
from typing import Any

from radassist.domain.reading import Opinion, ReaderAnswer, SeenScore
from radassist.store.database import Database

_CHUNK = 500
"""Films asked for in one query: SQLite takes only so many parameters."""
_STANDING = "undoes IS NULL AND NOT EXISTS (SELECT 1 FROM reading AS later WHERE later.undoes = reading.id)"


class StoredReadings:
    """All answers of one user's readers. Every method raises `StoreError` where the database refuses.

    The order in which answers came is that of their rows; a clock that is set back changes nothing.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, answer: ReaderAnswer) -> None:
        """Keep `answer`, which stands from now on; on the disk when this returns."""
        seen = answer.seen
        score = (
            (seen.model, seen.model_sha256, seen.probability, seen.threshold, seen.decision) if seen else (None,) * 5
        )
        with self._database.transaction() as connection:
            connection.execute(
                "INSERT INTO reading (sha256, answered_at, study, opinion, label, note,"
                " model, model_sha256, probability, threshold, decision, shown_before)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    answer.film_sha256,
                    answer.answered_at.isoformat(),
                    _text(answer.study_uid),
                    answer.opinion.value,
                    _text(answer.label),
                    _text(answer.note),
                    *score,
                    answer.shown_before,
                ),
            )

    def undo(self, film_sha256: str) -> ReaderAnswer | None:
        """Take back the answer that stands for a film; the one before it stands again.

        Returns:
            The answer taken back; None where there was none.
        """
        with self._database.transaction() as connection:
            row = connection.execute(
                f"SELECT id FROM reading WHERE sha256 = ? AND {_STANDING} ORDER BY id DESC LIMIT 1", (film_sha256,)
            ).fetchone()
            if row is None:
                return None
            answer = _answer(connection.execute(f"SELECT {_COLUMNS} FROM reading WHERE id = ?", row).fetchone())
            connection.execute(
                "INSERT INTO reading (sha256, answered_at, undoes) VALUES (?, ?, ?)",
                (film_sha256, datetime.now(UTC).isoformat(), row[0]),
            )
        return answer

    def latest_of(self, films: Collection[str]) -> dict[str, ReaderAnswer]:
        """The answers that stand, by the SHA-256 of their films; those without one are left out."""
        wanted = sorted(set(films))
        chunks = (wanted[start : start + _CHUNK] for start in range(0, len(wanted), _CHUNK))
        return {answer.film_sha256: answer for chunk in chunks for answer in self._latest(chunk)}

    def history_of(self, films: Collection[str]) -> dict[str, tuple[ReaderAnswer, ...]]:
        """All answers that were not taken back, the newest last, by the SHA-256 of their films."""
        wanted, answers = sorted(set(films)), dict[str, list[ReaderAnswer]]()
        for start in range(0, len(wanted), _CHUNK):
            chunk = wanted[start : start + _CHUNK]
            marks = ", ".join("?" * len(chunk))
            query = f"SELECT {_COLUMNS} FROM reading WHERE sha256 IN ({marks}) AND {_STANDING} ORDER BY id"
            for answer in map(_answer, self._database.rows(query, chunk)):
                answers.setdefault(answer.film_sha256, []).append(answer)
        return {film: tuple(given) for film, given in answers.items()}

    def note_shown(self, film_sha256: str, model_sha256: str) -> None:
        """The reader has seen what the model of these weights says of a film."""
        with self._database.transaction() as connection:
            connection.execute("INSERT OR IGNORE INTO shown_score VALUES (?, ?)", (film_sha256, model_sha256))

    def shown_of(self, films: Collection[str]) -> set[tuple[str, str]]:
        """Which answers a reader has seen: SHA-256 of film and of weights."""
        wanted, shown = sorted(set(films)), set[tuple[str, str]]()
        for start in range(0, len(wanted), _CHUNK):
            chunk = wanted[start : start + _CHUNK]
            marks = ", ".join("?" * len(chunk))
            rows = self._database.rows(f"SELECT sha256, model_sha256 FROM shown_score WHERE sha256 IN ({marks})", chunk)
            shown.update((film, model) for film, model in rows)
        return shown

    def _latest(self, films: list[str]) -> Iterator[ReaderAnswer]:
        marks = ", ".join("?" * len(films))
        rows = self._database.rows(
            f"SELECT {_COLUMNS} FROM reading WHERE id IN"
            f" (SELECT max(id) FROM reading WHERE sha256 IN ({marks}) AND {_STANDING} GROUP BY sha256)",
            films,
        )
        return map(_answer, rows)


_COLUMNS = (
    "sha256, answered_at, study, opinion, label, note, shown_before,"
    " model, model_sha256, probability, threshold, decision"
)


def _answer(row: tuple[Any, ...]) -> ReaderAnswer:
    sha256, answered_at, study, opinion, label, note, shown_before, *score = row
    return ReaderAnswer(
        film_sha256=sha256,
        opinion=Opinion(opinion),
        answered_at=datetime.fromisoformat(answered_at),
        label=label,
        note=note,
        seen=None if score[0] is None else SeenScore(*score),
        study_uid=study,
        shown_before=bool(shown_before),
    )


def _text(words: str) -> str:
    """What SQLite takes: a lone half of a character, which a keyboard may give, becomes a question mark."""
    return words.encode("utf-8", "replace").decode("utf-8")
