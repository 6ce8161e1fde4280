"""`radassist fetch`, over a stand-in for the archive."""

from pathlib import Path

import pytest

from radassist import wiring
from radassist.domain.archive import MOST_STUDIES, ArchiveProblem, FetchStep, FoundStudy

LARCH = FoundStudy("1.2", "Larch^Arvid", "RAD-8", "20240911", "DX", "Chest")


class Archive:
    """Has `studies`, each with one film."""

    def __init__(self) -> None:
        self.studies: tuple[FoundStudy, ...] = (LARCH,)
        self.asked: list[object] = []

    def open(self, folder: Path | None, password: str) -> "Archive":
        self.asked.append((folder, password))
        return self

    def find(self, query, cancel) -> tuple[FoundStudy, ...]:
        self.asked.append(query.patient_name)
        return self.studies

    def fetch(self, study, cancel):
        yield FetchStep(0, 1)
        yield FetchStep(1, 1, Path("film.dcm"))


@pytest.fixture
def archive(monkeypatch) -> Archive:
    made = Archive()
    monkeypatch.setattr(wiring, "open_archive", made.open)
    return made


def test_studies_are_listed_and_nothing_is_brought(run, archive: Archive, monkeypatch) -> None:
    monkeypatch.setenv("RADASSIST_ARCHIVE_PASSWORD", "secret")
    result = run("fetch", "--patient-name", "Larch")
    assert result.output == "20240911  Larch^Arvid  RAD-8  DX  Chest\n"
    assert archive.asked == [(None, "secret"), "Larch"]


def test_films_of_every_study_are_brought_into_a_folder(run, archive: Archive) -> None:
    archive.studies = (LARCH, FoundStudy("1.3"))
    result = run("fetch", "--since", "2024-01-01", "--out", "films")
    assert "2 films of 2 studies are in films." in result.output and "-  -  -  -  -" in result.output
    assert archive.asked[0] == (Path("films"), "")


def test_what_cannot_be_asked_or_is_not_there_is_one_sentence(run, archive: Archive) -> None:
    assert "at least one thing" in str(run("fetch").exception)
    archive.studies = ()
    assert "Nothing in the archive matches" in str(run("fetch", "--modality", "DX").exception)
    archive.studies = (LARCH,) * MOST_STUDIES
    assert isinstance(run("fetch", "--modality", "DX", "--out", "films", "--quiet").exception, ArchiveProblem)


def test_without_an_archive_it_says_where_one_is_named(run) -> None:
    assert "No archive was chosen yet" in str(run("fetch", "--patient-id", "1").exception)
