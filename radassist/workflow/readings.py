"""What readers say of films, kept and recorded."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol

from radassist.domain.reading import ReaderAnswer
from radassist.export.audit import Act, AuditTrail


class Readings(Protocol):
    """Keeps what readers say of films. Every method raises `StoreError` where that cannot be."""

    def add(self, answer: ReaderAnswer) -> None:
        """Keep `answer`, which stands from now on; durable on return."""
        ...

    def undo(self, film_sha256: str) -> ReaderAnswer | None:
        """Take back the answer that stands for a film and return it; the one before it stands again."""
        ...

    def latest_of(self, films: Collection[str]) -> dict[str, ReaderAnswer]:
        """The answers that stand, by the SHA-256 of their films; those without one are left out."""
        ...

    def history_of(self, films: Collection[str]) -> dict[str, tuple[ReaderAnswer, ...]]:
        """All answers that were not taken back, the newest last, by the SHA-256 of their films."""
        ...

    def note_shown(self, film_sha256: str, model_sha256: str) -> None:
        """The reader has seen what the model of these weights says of a film."""
        ...

    def shown_of(self, films: Collection[str]) -> set[tuple[str, str]]:
        """Which answers a reader has seen: SHA-256 of film and of weights."""
        ...


@dataclass(frozen=True, slots=True)
class AuditedReadings:
    """`Readings` that leave a line in the audit trail, after they are kept."""

    readings: Readings
    trail: AuditTrail

    def add(self, answer: ReaderAnswer) -> None:
        """As the readings', recorded as read, or as overridden where it contradicts the decision in view."""
        self.readings.add(answer)
        self.trail.record_answer(Act.OVERRIDDEN if answer.is_override else Act.READ, answer)

    def undo(self, film_sha256: str) -> ReaderAnswer | None:
        """As the readings', recorded as taken back."""
        answer = self.readings.undo(film_sha256)
        if answer:
            self.trail.record_answer(Act.TAKEN_BACK, answer)
        return answer

    def latest_of(self, films: Collection[str]) -> dict[str, ReaderAnswer]:
        """As the readings'."""
        return self.readings.latest_of(films)

    def history_of(self, films: Collection[str]) -> dict[str, tuple[ReaderAnswer, ...]]:
        """As the readings'."""
        return self.readings.history_of(films)

    def note_shown(self, film_sha256: str, model_sha256: str) -> None:
        """As the readings'."""
        self.readings.note_shown(film_sha256, model_sha256)

    def shown_of(self, films: Collection[str]) -> set[tuple[str, str]]:
        """As the readings'."""
        return self.readings.shown_of(films)
