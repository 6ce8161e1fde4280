"""The archive that was chosen."""

from pathlib import Path

import pytest

from radassist.dicomnet.archives import ChosenArchive
from radassist.dicomnet.dimse_archive import DimseArchive
from radassist.dicomnet.web_archive import WebArchive
from radassist.domain.archive import ArchiveKind, ArchivePlace, ArchiveProblem


def test_each_kind_is_spoken_to_in_its_own_way(tmp_path: Path) -> None:
    archives = ChosenArchive(tmp_path / "archive.json", tmp_path / "films")
    assert archives.place() is None
    with pytest.raises(ArchiveProblem, match="No archive was chosen"):
        archives.open("")
    archives.choose(ArchivePlace(ArchiveKind.DIMSE, peer="ORTHANC@127.0.0.1:4242"))
    assert isinstance(archives.open(""), DimseArchive)
    archives.choose(ArchivePlace(ArchiveKind.WEB, url="https://pacs.example/dicom-web"))
    assert isinstance(archives.open("secret"), WebArchive)
