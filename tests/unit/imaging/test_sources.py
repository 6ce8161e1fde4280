"""Bytes come from ordinary files and archives, bounded, and every refusal is a sentence."""

import os
import zipfile
from pathlib import Path

import pytest

from radassist.domain.errors import DecodeError, UnsupportedImage
from radassist.domain.study import FilmSource
from radassist.imaging import sources
from radassist.imaging.sources import read_bytes, read_head


def archive(folder: Path, data: bytes, method: int = zipfile.ZIP_DEFLATED) -> FilmSource:
    path = folder / "cd.zip"
    with zipfile.ZipFile(path, "w", method) as opened:
        opened.writestr("disc/film.dcm", data)
    return FilmSource(path, "disc/film.dcm")


def test_a_file_is_read_whole_and_its_head_alone(tmp_path: Path) -> None:
    (tmp_path / "film").write_bytes(b"0123456789")
    source = FilmSource(tmp_path / "film")
    assert read_bytes(source) == b"0123456789"
    assert read_head(source, 4) == b"0123"


def test_a_film_inside_an_archive_is_read_without_unpacking(tmp_path: Path) -> None:
    source = archive(tmp_path, b"0123456789")
    assert read_bytes(source) == b"0123456789"
    assert read_head(source, 4) == b"0123"
    assert [path.name for path in tmp_path.iterdir()] == ["cd.zip"]


def test_a_link_to_a_film_is_read(tmp_path: Path) -> None:
    (tmp_path / "film").write_bytes(b"x")
    (tmp_path / "link").symlink_to("film")
    assert read_bytes(FilmSource(tmp_path / "link")) == b"x"


def test_a_pipe_without_writer_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.dcm")
    with pytest.raises(DecodeError, match="not an ordinary file"):
        read_bytes(FilmSource(tmp_path / "pipe.dcm"))


def test_folders_and_devices_are_refused_before_reading(tmp_path: Path) -> None:
    (tmp_path / "zero.dcm").symlink_to("/dev/zero")
    for path in (tmp_path, tmp_path / "zero.dcm"):
        with pytest.raises(DecodeError, match="not an ordinary file"):
            read_bytes(FilmSource(path))


def test_a_file_that_is_gone_is_said_to_be_gone(tmp_path: Path) -> None:
    with pytest.raises(DecodeError, match="no longer there"):
        read_bytes(FilmSource(tmp_path / "gone.dcm"))


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "closed").write_bytes(b"x")
    (tmp_path / "closed").chmod(0)
    with pytest.raises(DecodeError, match="permission"):
        read_bytes(FilmSource(tmp_path / "closed"))


def test_a_loop_of_links_is_a_sentence_too(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(DecodeError, match="cannot be read from where it lies"):
        read_bytes(FilmSource(tmp_path / "loop"))


def test_eight_gigabytes_are_refused_unread(tmp_path: Path) -> None:
    with (tmp_path / "sparse").open("wb") as stream:
        stream.truncate(8 << 30)
    with pytest.raises(UnsupportedImage, match=r"8\.6 GB"):
        read_bytes(FilmSource(tmp_path / "sparse"))


def test_a_member_that_grows_too_much_is_refused_unread(tmp_path: Path) -> None:
    with pytest.raises(UnsupportedImage, match="grows too much"):
        read_bytes(archive(tmp_path, bytes(32 << 20)))


def test_a_member_that_is_far_too_long_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "MAX_FILE_BYTES", 9)
    with pytest.raises(UnsupportedImage, match="far larger"):
        read_bytes(archive(tmp_path, b"0123456789"))


def test_a_member_that_is_not_there_is_said_to_be_gone(tmp_path: Path) -> None:
    source = archive(tmp_path, b"x")
    with pytest.raises(DecodeError, match="no longer in its ZIP"):
        read_bytes(FilmSource(source.path, "other.dcm"))


def test_a_damaged_archive_is_named_as_the_reason(tmp_path: Path) -> None:
    source = archive(tmp_path, b"0123456789" * 100, zipfile.ZIP_STORED)
    data = bytearray(source.path.read_bytes())
    data[100] ^= 255
    source.path.write_bytes(data)
    with pytest.raises(DecodeError, match="archive that is damaged"):
        read_bytes(source)


def test_no_change_of_a_byte_of_an_archive_is_more_than_a_sentence(tmp_path: Path) -> None:
    source = archive(tmp_path, b"0123456789" * 10)
    sound = source.path.read_bytes()
    for position in range(len(sound)):
        for value in (0, 0x7F, 0xFF):
            source.path.write_bytes(sound[:position] + bytes([value]) + sound[position + 1 :])
            try:
                assert read_bytes(source) == b"0123456789" * 10
            except (DecodeError, UnsupportedImage) as error:
                assert str(error).endswith(".")


def test_an_encrypted_member_asks_for_unpacking(tmp_path: Path) -> None:
    source = archive(tmp_path, b"x", zipfile.ZIP_STORED)
    data = bytearray(source.path.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1  # general purpose flag: encrypted
    source.path.write_bytes(data)
    with pytest.raises(UnsupportedImage, match="password"):
        read_bytes(source)


def test_unusual_packing_asks_for_unpacking(tmp_path: Path) -> None:
    with pytest.raises(UnsupportedImage, match="unusual way"):
        read_bytes(archive(tmp_path, b"x", zipfile.ZIP_LZMA))
