"""An archive of films elsewhere: where it is, what is asked of it and what it answers. Nothing here connects."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from radassist.domain.cancellation import CancelToken
from radassist.domain.errors import UserError

MOST_STUDIES = 200
"""An answer with more is cut off there, and said to be."""
_LONGEST_TEXT = 64


class ArchiveProblem(UserError):
    """The archive is away, refuses, or answers what cannot be used."""


class WrongQuery(UserError):
    """What was typed cannot be looked for."""


class ArchiveKind(StrEnum):
    """How the archive is spoken to."""

    DIMSE = "dimse"
    WEB = "web"


@dataclass(frozen=True, slots=True)
class ArchivePlace:
    """The one archive that is searched.

    Attributes:
        peer: `TITLE@HOST:PORT`; for DIMSE.
        own_title: The title this program calls itself by; for DIMSE.
        move_to: `ADDRESS:PORT` where this program listens while films come by C-MOVE; empty for C-GET, which has no
            need of one.
        url: Root of the DICOMweb services; for the web.
        user: Who signs in there; empty for nobody. The password is never kept.
        authority: A file of certificates that sign the archive's; empty for those the system trusts (the web), or
            for a plain connection (DIMSE).
        certificate: A file with what this program shows of itself, where the archive asks for it and while films come
            by C-MOVE; for DIMSE with TLS.
        key: A file with the key of `certificate`, without a password; empty where that holds it, too.
    """

    kind: ArchiveKind
    peer: str = ""
    own_title: str = "RADASSIST"
    move_to: str = ""
    url: str = ""
    user: str = ""
    authority: str = ""
    certificate: str = ""
    key: str = ""

    def __str__(self) -> str:
        return self.peer if self.kind is ArchiveKind.DIMSE else self.url


@dataclass(frozen=True, slots=True)
class ArchiveQuery:
    """What is looked for; an empty text matches everything.

    Attributes:
        patient_name, patient_id, description: Parts of them, `*` and `?` stand for any letters and any letter.
        since, until: Days of the study, both included; None for any.
        modality: For instance `DX`.
    """

    patient_name: str = ""
    patient_id: str = ""
    since: date | None = None
    until: date | None = None
    modality: str = ""
    description: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether it would ask for the whole archive."""
        return self == ArchiveQuery()

    @property
    def dates(self) -> str:
        """As a DICOM range of days (PS3.4 C.2.2.2.5); empty for any."""
        since, until = (f"{day:%Y%m%d}" if day else "" for day in (self.since, self.until))
        if since == until:
            return since
        return f"{since}-{until}"


def make_query(texts: "QueryTexts") -> ArchiveQuery:
    """The query that a person typed.

    Raises:
        WrongQuery: If a day is none, the first comes after the last, or nothing was typed at all.
    """
    query = ArchiveQuery(
        patient_name=_plain(texts.patient_name),
        patient_id=_plain(texts.patient_id),
        since=_day(texts.since),
        until=_day(texts.until),
        modality=_plain(texts.modality).upper()[:16],
        description=_plain(texts.description),
    )
    if query.since and query.until and query.since > query.until:
        raise WrongQuery("The first day comes after the last.")
    if query.is_empty:
        raise WrongQuery("Say at least one thing to look for: the whole archive would be too much.")
    return query


@dataclass(frozen=True, slots=True)
class QueryTexts:
    """A query as it was typed; days as `2024-01-31` or `20240131`."""

    patient_name: str = ""
    patient_id: str = ""
    since: str = ""
    until: str = ""
    modality: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class FoundStudy:
    r"""A study the archive knows. Every text but the UID is raw, hostile until shown as plain text.

    Attributes:
        uid: Digits and dots, at most 64.
        modalities: Of its series, for instance `DX\\SR`.
        instances: How many objects; None where the archive does not say.
    """

    uid: str
    patient_name: str = ""
    patient_id: str = ""
    study_date: str = ""
    modalities: str = ""
    description: str = ""
    instances: int | None = None


@dataclass(frozen=True, slots=True)
class FetchStep:
    """How far a retrieval is.

    Attributes:
        done, total: Objects; the total is 0 where nobody knows.
        path: A file that has come and was not there before; None for a step without one.
    """

    done: int
    total: int
    path: Path | None = None


class Archive(Protocol):
    """An archive that can be asked; every call may take long and raises `ArchiveProblem`, or `Cancelled`."""

    def find(self, query: ArchiveQuery, cancel: CancelToken) -> tuple[FoundStudy, ...]:
        """Studies that match, at most `MOST_STUDIES`."""
        ...

    def fetch(self, study: FoundStudy, cancel: CancelToken) -> Iterator[FetchStep]:
        """Bring the pictures of `study` to this machine; their files are whole when they are told of."""
        ...

    def store(self, files: Sequence[Path], cancel: CancelToken) -> Iterator[bool]:
        """Hand DICOM files to the archive; whether it took each, in order."""
        ...


class Archives(Protocol):
    """Which archive is searched."""

    def place(self) -> ArchivePlace | None:
        """Where it is; None where none was chosen. Raises `StoreError`."""
        ...

    def choose(self, place: ArchivePlace | None) -> None:
        """Search `place` from now on, or nothing; raises `UserError` if it cannot be an archive."""
        ...

    def open(self, password: str) -> Archive:
        """The archive, not connected yet; raises `UserError` where none was chosen."""
        ...


def wildcard(text: str) -> str:
    """`text` as the beginning of what is looked for, unless it has wildcards of its own; empty stays empty."""
    return text if not text or "*" in text or "?" in text else f"{text}*"


def _plain(text: str) -> str:
    """Without what would be two values, or no text at all (PS3.5 6.4)."""
    kept = "".join(letter for letter in text if letter.isprintable() and letter != "\\")
    return kept.strip()[:_LONGEST_TEXT]


def _day(text: str) -> date | None:
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise WrongQuery(f"{text.strip()[:20]} is not a day: write it like 2024-01-31.") from error
