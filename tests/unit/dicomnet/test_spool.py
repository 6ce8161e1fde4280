"""Films in the spool are whole, durable, kept once, and never more than there is room for."""

import errno
import os
import sys
from pathlib import Path
from threading import Thread

import pytest

from radassist.dicomnet import spool as module
from radassist.dicomnet.limits import Quota
from radassist.dicomnet.spool import Kept, Spool, SpoolFull
from radassist.domain.errors import StoreError


@pytest.fixture
def spool(tmp_path: Path) -> Spool:
    spool = Spool(tmp_path / "spool", Quota(total_bytes=100, films=3))
    spool.open()
    return spool


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_film_is_kept_whole_and_told_of_once(spool: Spool) -> None:
    assert spool.keep("1.2", (b"head", memoryview(b"body"))) is Kept.NEW
    (film,) = spool.take_new()
    assert film.read_bytes() == b"headbody"
    assert spool.take_new() == []
    assert names(spool.folder / "partial") == []


def test_the_same_film_again_is_accepted_and_not_kept_twice(spool: Spool) -> None:
    spool.keep("1.2", (b"film",))
    assert spool.keep("1.2", (b"film",)) is Kept.AGAIN
    assert len(names(spool.films)) == len(spool.take_new()) == 1


def test_a_film_that_comes_again_later_is_told_of_again(spool: Spool) -> None:
    spool.keep("1.2", (b"film",))
    first = spool.take_new()
    spool.keep("1.2", (b"film",))
    assert spool.take_new() == first


def test_another_film_with_the_same_uid_is_kept_beside_the_first(spool: Spool) -> None:
    spool.keep("1.2", (b"film",))
    assert spool.keep("1.2", (b"mlif",)) is Kept.BESIDE
    assert {path.read_bytes() for path in spool.take_new()} == {b"film", b"mlif"}


@pytest.mark.parametrize("uid", ["../../etc/passwd", "/etc/passwd", "..", "", "1.2\0", "C:\\x", "é" * 200])
def test_nothing_that_a_sender_says_becomes_part_of_a_path(spool: Spool, uid: str) -> None:
    spool.keep(uid, (b"film",))
    (film,) = spool.take_new()
    assert film.parent == spool.films
    assert len(film.name) == len("-.dcm") + 64


def test_more_than_the_quota_is_refused_and_leaves_nothing(spool: Spool) -> None:
    spool.keep("1.2", (b"x" * 60,))
    with pytest.raises(SpoolFull, match="No room"):
        spool.keep("1.3", (b"y" * 41,))
    assert spool.keep("1.4", (b"z" * 40,)) is Kept.NEW
    assert len(names(spool.films)) == 2
    assert names(spool.folder / "partial") == []


def test_more_films_than_allowed_are_refused_until_some_are_taken_away(spool: Spool) -> None:
    for number in range(3):
        spool.keep(f"1.{number}", (b"x",))
    with pytest.raises(SpoolFull):
        spool.keep("1.9", (b"x",))
    spool.take_new()[0].unlink()
    assert spool.keep("1.9", (b"x",)) is Kept.NEW


@pytest.mark.parametrize(
    ("number", "kind"), [(errno.ENOSPC, SpoolFull), (errno.EFBIG, SpoolFull), (errno.EIO, StoreError)]
)
def test_a_disk_that_takes_no_more_leaves_nothing_half(
    spool: Spool, monkeypatch: pytest.MonkeyPatch, number: int, kind: type[StoreError]
) -> None:
    def fails(descriptor: int) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(module.os, "fsync", fails)
        with pytest.raises(kind) as raised:
            spool.keep("1.2", (b"film",))
    assert type(raised.value) is kind
    assert names(spool.films) == names(spool.folder / "partial") == []
    assert spool.keep("1.2", (b"x" * 100,)) is Kept.NEW  # its room was given back


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_a_file_that_may_not_grow_so_large_is_refused_and_leaves_nothing(spool: Spool) -> None:
    import resource

    spool.quota = Quota()
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, before[1]))
    try:
        with pytest.raises(SpoolFull, match="could not be kept"):
            spool.keep("1.2", (b"x" * 50_000,))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert names(spool.films) == names(spool.folder / "partial") == []
    assert spool.keep("1.2", (b"x" * 50_000,)) is Kept.NEW


def test_what_an_earlier_end_cut_short_is_dropped_and_whole_films_are_new_once_more(spool: Spool) -> None:
    spool.keep("1.2", (b"x" * 99,))
    (spool.folder / "partial" / "half").write_bytes(b"half")
    again = Spool(spool.folder, spool.quota)
    again.open()
    assert [path.read_bytes() for path in again.take_new()] == [b"x" * 99]
    assert names(spool.folder / "partial") == []
    assert again.keep("1.2", (b"y",)) is Kept.BESIDE
    with pytest.raises(SpoolFull):
        again.keep("1.3", (b"y",))


def test_the_same_film_from_many_senders_at_once_is_kept_once(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool", Quota(films=1000))
    spool.open()
    kept: list[Kept] = []
    threads = [Thread(target=lambda: kept.append(spool.keep("1.2", (b"film" * 1000,)))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(each.name for each in kept) == ["AGAIN"] * 7 + ["NEW"]
    assert len(names(spool.films)) == len(spool.take_new()) == 1


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    with pytest.raises(StoreError, match="cannot be kept"):
        Spool(tmp_path / "taken").open()
