"""What was opened before is remembered, in order, and can be forgotten."""

from pathlib import Path

import pytest

from radassist.gui.recent.recent_paths import RecentPaths, entry_title
from radassist.gui.settings import WindowSettings


@pytest.fixture
def settings(tmp_path: Path) -> WindowSettings:
    return WindowSettings(tmp_path / "window.ini")


def test_the_newest_comes_first_and_each_only_once(settings: WindowSettings) -> None:
    recent = RecentPaths(settings)
    for name in ("/a", "/b", "/a"):
        recent.add([Path(name)])
    assert [entry[0].name for entry in recent.entries] == ["a", "b"]


def test_ten_are_remembered_over_a_restart(settings: WindowSettings) -> None:
    for number in range(15):
        RecentPaths(settings).add([Path(f"/films/{number}"), Path("/more")])
    settings.save()
    entries = RecentPaths(WindowSettings(settings.path)).entries
    assert [entry[0].name for entry in entries] == [str(number) for number in range(14, 4, -1)]
    assert all(len(entry) == 2 for entry in entries)


def test_one_or_all_are_forgotten(settings: WindowSettings) -> None:
    recent = RecentPaths(settings)
    recent.add([Path("/a")])
    recent.add([Path("/b")])
    recent.remove((Path("/b"),))
    assert recent.entries == ((Path("/a"),),)
    recent.forget()
    assert recent.entries == ()


@pytest.mark.parametrize("text", ["", "{", "7", '["a"', "[[1]]", "null"])
def test_a_damaged_list_is_an_empty_one(settings: WindowSettings, text: str) -> None:
    settings.set_text("files/recent", text)
    assert RecentPaths(settings).entries == ()


def test_a_title_is_one_harmless_line_with_the_end_of_the_path() -> None:
    long = Path("/very") / ("x" * 200) / "film\n\u202e.dcm"
    title = entry_title((long,))
    assert title.endswith("film .dcm") and title.startswith("… ") and len(title) < 80
    assert entry_title((Path("/a"), Path("/b"), Path("/c"))) == "/a and 2 more"
    assert entry_title((Path.home() / "films",)) == str(Path("~") / "films")
