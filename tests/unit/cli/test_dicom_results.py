"""`radassist batch --dicom-out`."""

from pathlib import Path

import pytest
from helpers.dicom_results import write_film
from pydicom import dcmread


def test_results_are_written_beside_the_table_and_pictures_have_none(run, tmp_path: Path) -> None:
    films = tmp_path / "films"
    films.mkdir()
    write_film(films)
    (films / "picture.png").write_bytes(b"\x89PNG")
    paths = (films / "film.dcm", films / "picture.png")
    result = run("batch", *paths, "--csv", "out.csv", "--dicom-out", "objects", "--sr", "--sc")

    assert "DICOM results of 1 films written to objects; 1 are no DICOM films and have none." in result.output
    written = sorted((tmp_path / "objects").iterdir())
    assert [path.name[-7:] for path in written] == ["-sc.dcm", "-sr.dcm"]
    assert dcmread(written[1]).Modality == "SR"


def test_without_a_choice_there_is_a_report(run, tmp_path: Path) -> None:
    write_film(tmp_path)
    run("batch", tmp_path / "film.dcm", "--csv", "out.csv", "--dicom-out", "objects")
    assert [path.name[-7:] for path in (tmp_path / "objects").iterdir()] == ["-sr.dcm"]


def test_an_object_needs_a_folder(run, film: Path) -> None:
    result = run("batch", film, "--csv", "out.csv", "--pmap")
    assert result.exit_code == 2 or "--dicom-out" in str(result.exception)


@pytest.mark.parametrize("kind", ["--sc", "--gsps", "--pmap"])
def test_each_object_can_be_had_alone(run, tmp_path: Path, kind: str) -> None:
    write_film(tmp_path)
    run("batch", tmp_path / "film.dcm", "--csv", "out.csv", "--dicom-out", "objects", kind)
    assert len(list((tmp_path / "objects").iterdir())) == 1
