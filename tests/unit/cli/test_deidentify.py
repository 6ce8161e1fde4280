"""`radassist deidentify`."""

from dataclasses import replace
from pathlib import Path

import pytest
from helpers.fakes import FakeLoader, make_services
from pydicom import dcmread

from radassist import wiring
from radassist.domain.deidentification import BURNED_IN_TAG
from radassist.domain.study import FilmSource, Instance
from radassist.domain.tags import TagList, TagRow

CLEAN = TagList("DICOM", (TagRow(0, BURNED_IN_TAG, "CS", "Burned In Annotation", "NO"),))


@pytest.fixture
def two_films(loader: FakeLoader, monkeypatch) -> None:
    """Any folder holds two films, of which one says that there is no writing in its picture."""
    loader.tags = {"one.dcm": CLEAN}
    names = ("one.dcm", "two.dcm")
    services = replace(
        make_services(loader), discover=lambda paths, cancel: iter(Instance(FilmSource(Path(name))) for name in names)
    )
    monkeypatch.setattr(wiring, "make_services", lambda: services)


@pytest.mark.usefixtures("two_films")
def test_what_is_left_out_is_counted_with_its_reason(run, tmp_path: Path) -> None:
    result = run("deidentify", tmp_path, "out")
    assert result.exit_code == 3
    assert "1 copied to out; 1 left out: the picture has, or may have, writing in it." in result.output
    (copy,) = (tmp_path / "out").iterdir()
    assert dcmread(copy).PatientIdentityRemoved == "YES"


@pytest.mark.usefixtures("two_films")
def test_films_somebody_has_looked_at_are_copied_too(run, tmp_path: Path) -> None:
    words = ("--burned-in-checked", "--keep-age-sex", "--shift-dates", "--quiet")
    result = run("deidentify", tmp_path, "out", *words)
    assert (result.exit_code, result.output) == (0, "")
    codes = [dcmread(path).DeidentificationMethodCodeSequence for path in (tmp_path / "out").iterdir()]
    assert [[code.CodeValue for code in each] for each in codes] == [["113100", "113107", "113108"]] * 2


def test_nothing_to_copy_is_told_in_a_sentence(run, film: Path) -> None:
    result = run("deidentify", film, "out")
    assert result.exit_code == 1
    assert "Nothing was copied: 1 left out: the picture" in str(result.exception)


def test_a_folder_that_cannot_be_made_is_told(run, film: Path, tmp_path: Path) -> None:
    result = run("deidentify", film, film / "out")
    assert "cannot be made" in str(result.exception)
