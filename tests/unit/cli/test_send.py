"""`radassist send`, over a stand-in for the archive."""

from pathlib import Path

import pytest

from radassist import wiring


class Archive:
    def __init__(self) -> None:
        self.sent: list[str] = []
        self.refused: set[str] = set()

    def open(self, folder: Path | None, password: str) -> "Archive":
        return self

    def store(self, files, cancel):
        for file in files:
            self.sent.append(file.name)
            yield file.name not in self.refused


@pytest.fixture
def archive(monkeypatch) -> Archive:
    made = Archive()
    monkeypatch.setattr(wiring, "open_archive", made.open)
    return made


@pytest.fixture
def objects(tmp_path: Path) -> Path:
    folder = tmp_path / "objects"
    folder.mkdir()
    for name in ("1-sr.dcm", "2-sc.dcm", "table.csv"):
        (folder / name).touch()
    return folder


def test_the_objects_of_a_folder_are_sent(run, archive: Archive, objects: Path) -> None:
    result = run("send", objects)
    assert (result.exit_code, archive.sent) == (0, ["1-sr.dcm", "2-sc.dcm"])
    assert "2 of 2 objects were accepted by the archive." in result.output


def test_what_was_refused_is_counted(run, archive: Archive, objects: Path) -> None:
    archive.refused = {"2-sc.dcm"}
    result = run("send", objects / "1-sr.dcm", objects / "2-sc.dcm")
    assert result.exit_code == 3 and "1 of 2 objects" in result.output


def test_a_folder_without_objects_is_told(run, archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert "no DICOM files" in str(run("send", tmp_path / "empty").exception)
