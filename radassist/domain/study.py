"""Who and what a film belongs to, in DICOM's own order: Study > Series > Instance."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, order=True)
class FilmSource:
    """Where the bytes of one film lie.

    Attributes:
        path: A file; for a film inside an archive, the archive.
        member: Name inside the archive, empty for a plain file.
    """

    path: Path
    member: str = ""

    def __str__(self) -> str:
        return f"{self.path}!/{self.member}" if self.member else str(self.path)

    @property
    def name(self) -> str:
        """Last part of the name, for lists and titles."""
        return self.member.rsplit("/", 1)[-1] if self.member else self.path.name


@dataclass(frozen=True, slots=True)
class FileStamp:
    """What the file system says of a file: equal stamps are taken for equal content, until the digest says otherwise.

    Attributes:
        size: Bytes; of the archive for a film inside one.
        mtime_ns: Time of the last change in nanoseconds; None where the file was so young when looked at that another
            change might not show in it.
    """

    size: int
    mtime_ns: int | None


@dataclass(frozen=True, slots=True)
class Identity:
    """What the header says of a film. Every text is raw, hostile until shown as plain text; empty when absent.

    Attributes:
        age_years: Age at the study in years, None when unknown.
        sex: `M`, `F`, `O` or empty.
        view: DICOM view position: `PA`, `AP`, `LL` (left lateral), ...
        study_date: `YYYYMMDD` or empty.
        series_number: As the modality counted, a whole number in digits as a rule.
    """

    study_uid: str = ""
    series_uid: str = ""
    instance_uid: str = ""
    patient_id: str = ""
    patient_name: str = ""
    age_years: float | None = None
    sex: str = ""
    modality: str = ""
    body_part: str = ""
    view: str = ""
    laterality: str = ""
    study_date: str = ""
    study_time: str = ""
    study_description: str = ""
    series_number: str = ""
    series_description: str = ""
    accession_number: str = ""
    institution: str = ""


_UNKNOWN = Identity()
"""Of a film without a header; one for all, since thousands of them cost more to make than the grouping."""


@dataclass(frozen=True, slots=True)
class Instance:
    """One film file that discovery found.

    Attributes:
        identity: From the header; None for rasters and for headers that cannot be read.
    """

    source: FilmSource
    identity: Identity | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """Films of one acquisition, in the order found."""

    uid: str
    description: str
    instances: tuple[Instance, ...]


@dataclass(frozen=True, slots=True)
class Study:
    """All films of one examination of one patient; a raster is a study of its own."""

    uid: str
    patient_name: str
    patient_id: str
    date: str
    description: str
    series: tuple[Series, ...]


def study_key(source: FilmSource, identity: Identity | None) -> tuple[str, str]:
    """Equal for films of one study.

    The patient is part of it, since files made anonymous carelessly share one study UID among many patients.
    """
    known = identity or _UNKNOWN
    return (known.study_uid, known.patient_id) if known.study_uid else (str(source), "")


def group_by_study(instances: Iterable[Instance]) -> tuple[Study, ...]:
    """Group films into studies and series by their UIDs, keeping the order of first appearance."""
    studies: dict[tuple[str, str], dict[str, list[Instance]]] = {}
    for instance in instances:
        identity = instance.identity or _UNKNOWN
        key = study_key(instance.source, identity)
        studies.setdefault(key, {}).setdefault(identity.series_uid or key[0], []).append(instance)
    return tuple(_study(uid, series) for (uid, _), series in studies.items())


def _study(uid: str, series: dict[str, list[Instance]]) -> Study:
    first = next(iter(series.values()))[0]
    identity = first.identity or _UNKNOWN
    return Study(
        uid=uid,
        patient_name=identity.patient_name,
        patient_id=identity.patient_id,
        date=identity.study_date,
        description=identity.study_description or first.source.name,
        series=tuple(_series(series_uid, members) for series_uid, members in series.items()),
    )


def _series(uid: str, members: list[Instance]) -> Series:
    identity = members[0].identity or _UNKNOWN
    return Series(uid=uid, description=identity.series_description, instances=tuple(members))
