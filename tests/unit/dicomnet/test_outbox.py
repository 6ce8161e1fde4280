"""Results wait on disk until they are accepted, and are never made or sent twice."""

import os
from pathlib import Path

import pytest

from radassist.dicomnet.outbox import Outbox, Sent
from radassist.domain.errors import StoreError

KEY = "ab12-cd34"


@pytest.fixture
def outbox(tmp_path: Path) -> Outbox:
    outbox = Outbox(tmp_path / "outbox")
    outbox.open()
    return outbox


def fill(outbox: Outbox, key: str = KEY, *names: str) -> None:
    with outbox.place_for(key) as folder:
        for name in names or ("sr.dcm", "sc.dcm"):
            (folder / name).write_text(name)


def test_a_result_waits_until_all_its_files_are_accepted_and_is_known_ever_after(outbox: Outbox) -> None:
    assert not outbox.knows(KEY)
    fill(outbox)
    first, second = outbox.waiting()
    assert outbox.knows(KEY)
    outbox.accepted(first)
    assert outbox.waiting() == [second]
    outbox.accepted(second)
    assert outbox.waiting() == []
    assert outbox.knows(KEY)


def test_what_waits_and_what_was_sent_is_known_to_the_next_start(outbox: Outbox) -> None:
    fill(outbox)
    fill(outbox, "ef")
    for file in outbox.waiting()[:2]:
        outbox.accepted(file)
    again = Outbox(outbox.folder)
    again.open()
    assert len(again.waiting()) == 2
    assert again.knows(KEY) and again.knows("ef")


def test_what_was_made_first_is_sent_first(outbox: Outbox) -> None:
    for age, key in enumerate(("aa", "cc", "bb")):
        fill(outbox, key)
        for file in (outbox.folder / "waiting" / key).iterdir():
            os.utime(file, (age, age))
    assert [file.parent.name for file in outbox.waiting()][::2] == ["aa", "cc", "bb"]
    outbox.accepted(outbox.waiting()[0])
    assert [file.parent.name for file in outbox.waiting()][:2] == ["aa", "cc"]


def test_a_result_that_is_not_made_to_its_end_vanishes(outbox: Outbox) -> None:
    with pytest.raises(ZeroDivisionError), outbox.place_for(KEY) as folder:
        (folder / "sr.dcm").write_text("half")
        _ = 1 / 0
    assert outbox.waiting() == []
    assert not outbox.knows(KEY)
    assert list((outbox.folder / "making").iterdir()) == []


def test_a_film_without_results_leaves_nothing(outbox: Outbox) -> None:
    with outbox.place_for(KEY):
        pass
    assert not outbox.knows(KEY)


def test_what_an_end_cut_short_is_tidied_up(outbox: Outbox) -> None:
    (outbox.folder / "making" / "half").mkdir()
    (outbox.folder / "waiting" / KEY).mkdir()  # its last file was accepted just before
    again = Outbox(outbox.folder)
    again.open()
    assert list((outbox.folder / "making").iterdir()) == again.waiting() == []
    assert again.knows(KEY)


def test_what_is_put_aside_waits_no_more_and_is_not_lost(outbox: Outbox) -> None:
    fill(outbox)
    for file in outbox.waiting():
        outbox.put_aside(file)
    assert outbox.waiting() == []
    assert sorted(file.read_text() for file in outbox.damaged.iterdir()) == ["sc.dcm", "sr.dcm"]
    assert outbox.knows(KEY)


@pytest.mark.parametrize("key", ["", "..", "../x", "A/B", "x" * 300])
def test_a_key_is_no_path(outbox: Outbox, key: str) -> None:
    with pytest.raises(ValueError, match="no key"), outbox.place_for(key):
        pass


def test_a_folder_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    with pytest.raises(StoreError, match="cannot be kept"):
        Outbox(tmp_path / "taken").open()


@pytest.mark.parametrize(
    ("status", "accepted"),
    [(0, True), (0xB000, True), (0xB007, True), (0xA700, False), (0xC000, False), (0x0122, False)],
)
def test_a_warning_is_an_acceptance(status: int, accepted: bool) -> None:
    assert Sent(Path("x"), status).is_accepted is accepted
