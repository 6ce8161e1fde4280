"""Which films are key images is kept whole or not at all, and nothing of it is lost in silence."""

from pathlib import Path

import pytest

from radassist.domain.errors import StoreError
from radassist.store.key_images import KeyImageFile

ONE, OTHER = "1" * 64, "ab" * 32


def test_what_was_kept_is_there_again_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "data" / "key_images.json"
    assert KeyImageFile(path).load() == frozenset()
    KeyImageFile(path).save({ONE, OTHER})
    assert KeyImageFile(path).load() == {ONE, OTHER}
    assert path.stat().st_mode & 0o077 == 0
    assert [each.name for each in path.parent.iterdir()] == ["key_images.json"]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"films": 3}', '{"films": [1]}', "[" * 100_000])
def test_a_damaged_file_is_told_and_never_taken_for_an_empty_one(tmp_path: Path, text: str) -> None:
    path = tmp_path / "key_images.json"
    path.write_text(text)
    with pytest.raises(StoreError, match="damaged"):
        KeyImageFile(path).load()
    assert path.read_text() == text


def test_what_is_no_digest_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "key_images.json"
    path.write_text(f'{{"films": ["{ONE}", "../x"]}}')
    assert KeyImageFile(path).load() == {ONE}


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot be kept"):
        KeyImageFile(tmp_path / "file" / "key_images.json").save({ONE})
    with pytest.raises(StoreError, match="cannot be read"):
        KeyImageFile(tmp_path / "file" / "key_images.json").load()
