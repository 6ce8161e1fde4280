"""Arrivals: once each, and never a file that is still being written."""

import shutil
import zipfile

import pytest

from radassist.domain.cancellation import Cancelled, CancelToken
from radassist.imaging.discovery import discover
from radassist.workflow import watch as module
from radassist.workflow.watch import Delivered, Watcher, watch


class Folder:
    """A watched folder and a clock in the test's hand."""

    def __init__(self, path):
        self.path, self.time = path, 0.0
        path.mkdir()
        self.watcher = Watcher(path, discover, now=lambda: self.time)

    def after(self, seconds):
        self.time += seconds
        return [str(each.source).removeprefix(f"{self.path}/") for each in self.watcher.arrivals(CancelToken())]


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path / "inbox")


def test_a_film_arrives_once_it_has_stood_still_and_only_once(folder):
    (folder.path / "a.dcm").write_bytes(b"film")

    assert [folder.after(0), folder.after(0.5), folder.after(0.6), folder.after(5)] == [[], [], ["a.dcm"], []]


def test_a_file_that_grows_waits(folder):
    film = folder.path / "a.dcm"
    for size in range(1, 6):
        film.write_bytes(b"x" * size)
        assert folder.after(0.9) == []

    assert folder.after(0.9) == []
    assert folder.after(0.2) == ["a.dcm"]


def test_films_in_new_folders_arrive_too(folder):
    (folder.path / "study" / "series").mkdir(parents=True)
    (folder.path / "study" / "series" / "a.dcm").touch()

    folder.after(0)
    assert folder.after(1) == ["study/series/a.dcm"]


def test_a_film_that_is_replaced_later_arrives_again(folder):
    (folder.path / "a.dcm").write_bytes(b"one")
    folder.after(0)
    folder.after(1)
    (folder.path / "a.dcm").write_bytes(b"another")

    folder.after(0)
    assert folder.after(1) == ["a.dcm"]


def test_what_is_taken_away_before_it_stood_still_never_arrives(folder):
    (folder.path / "a.dcm").touch()
    folder.after(0)
    (folder.path / "a.dcm").unlink()

    assert folder.after(2) == []


def test_tables_and_texts_that_lie_there_are_no_films(folder):
    (folder.path / "results.csv").write_text("path")
    (folder.path / ".hidden").touch()

    folder.after(0)
    assert folder.after(2) == []


def test_an_archive_gives_its_films_when_it_is_whole(folder):
    with zipfile.ZipFile(folder.path / "cd.zip", "w") as archive:
        archive.writestr("a.dcm", b"film")

    folder.after(0)
    assert folder.after(1) == ["cd.zip!/a.dcm"]


def test_a_share_that_goes_and_comes_back_goes_on(folder):
    (folder.path / "a.dcm").touch()
    folder.after(0)
    folder.after(1)
    shutil.move(folder.path, folder.path.with_name("away"))
    assert folder.after(1) == []
    shutil.move(folder.path.with_name("away"), folder.path)
    (folder.path / "b.dcm").touch()

    folder.after(0)
    assert folder.after(1) == ["b.dcm"]


def test_watching_ends_when_it_is_cancelled(folder, monkeypatch):
    monkeypatch.setattr(module, "POLL_SECONDS", 0.001)
    (folder.path / "a.dcm").touch()
    cancel, ticks = CancelToken(), iter(range(10_000))
    events = watch(Watcher(folder.path, discover, now=lambda: float(next(ticks))), cancel)

    assert [instance.source.name for instance in next(events)] == ["a.dcm"]
    cancel.cancel()
    with pytest.raises(Cancelled):
        next(events)


def test_films_that_are_delivered_whole_arrive_at_once_and_only_once(tmp_path):
    films = [[tmp_path / "a.dcm", tmp_path / "b.dcm"], []]
    delivered = Delivered(lambda: films.pop(0))

    assert [[each.source.name for each in delivered.arrivals(CancelToken())] for _ in range(2)] == [
        ["a.dcm", "b.dcm"],
        [],
    ]
