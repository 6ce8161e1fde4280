from pathlib import Path

import pytest

from radassist.domain.errors import StoreError
from radassist.networks.storage import write_together


def test_files_are_written_whole_and_nothing_else_is_left(tmp_path: Path) -> None:
    write_together(tmp_path / "new", {"a": b"1", "b": b"2"})
    assert {path.name: path.read_bytes() for path in (tmp_path / "new").iterdir()} == {"a": b"1", "b": b"2"}


def test_when_the_second_file_cannot_be_written_the_first_keeps_its_old_content(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    (tmp_path / ".b.part").mkdir()
    with pytest.raises(StoreError, match="cannot be written"):
        write_together(tmp_path, {"a": b"new", "b": b"new"})
    assert (tmp_path / "a").read_bytes() == b"old"


def test_what_cannot_be_written_leaves_no_half_files(tmp_path: Path) -> None:
    (tmp_path / ".b.part").mkdir()
    with pytest.raises(StoreError):
        write_together(tmp_path, {"a": b"new", "b": b"new"})
    assert [path.name for path in tmp_path.iterdir()] == [".b.part"]
