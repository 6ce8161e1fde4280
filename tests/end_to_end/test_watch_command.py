"""`radassist watch`: films that are copied in slowly, moved in and broken, until the command is asked to end."""

import hashlib
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers.commands import SECONDS, Radassist, read_rows, recorded_accounts, wait_until

SLOW_PIECES = 20
PIECE_SECONDS = 0.1
"""Far shorter than a file must stand still for; all pieces together take longer than that."""


@pytest.fixture
def inbox(radassist) -> Path:
    folder = radassist.folder / "inbox"
    folder.mkdir()
    return folder


@pytest.fixture
def watching(radassist, inbox) -> "Iterator[subprocess.Popen[str]]":
    """The command once it watches; ended in any case."""
    process = radassist.start("watch", inbox, "--csv", "out.csv")
    try:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("Watching ")
        yield process
    finally:
        process.kill()
        process.communicate()


def rows_of(radassist: Radassist) -> dict[str, dict[str, str]]:
    table = radassist.folder / "out.csv"
    return {Path(row["path"]).name: row for row in read_rows(table)} if table.exists() else {}


def copy_slowly(film: Path, target: Path) -> None:
    data = film.read_bytes()
    size = -(-len(data) // SLOW_PIECES)
    with target.open("wb") as file:
        for start in range(0, len(data), size):
            file.write(data[start : start + size])
            file.flush()
            time.sleep(PIECE_SECONDS)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a process without asking it")
def test_every_film_that_arrives_is_one_right_row_until_the_command_is_asked_to_end(
    radassist, samples, inbox, watching
):
    film, other = samples / "RAD-0012" / "CR_0001.dcm", samples / "RAD-0001" / "CHEST_AP.dcm"
    outside = shutil.copy(other, radassist.folder / "outside.dcm")
    (inbox / "study").mkdir()
    (inbox / "half.dcm").write_bytes(other.read_bytes()[:40_000])
    (inbox / "words.dcm").write_text("This is no film.\n")

    copy_slowly(film, inbox / "slow.dcm")
    outside.rename(inbox / "study" / "moved.dcm")
    wait_until(lambda: len(rows_of(radassist)) == 4)
    (inbox / "half.dcm").write_bytes(other.read_bytes())  # sent again, whole
    wait_until(lambda: rows_of(radassist)["half.dcm"]["status"] == "scored")
    watching.terminate()
    out, err = watching.communicate(timeout=SECONDS)

    assert (watching.returncode, err) == (0, "")
    rows = rows_of(radassist)
    assert {name: row["status"] for name, row in rows.items()} == {
        "half.dcm": "scored", "moved.dcm": "scored", "slow.dcm": "scored", "words.dcm": "refused",
    }  # fmt: skip
    assert rows["slow.dcm"]["sha256"] == hashlib.sha256(film.read_bytes()).hexdigest()
    assert rows["moved.dcm"]["p_PNEUMONIA"] == rows["half.dcm"]["p_PNEUMONIA"]
    told = [line.split(":")[0] for line in out.splitlines()]
    assert sorted(told) == ["half.dcm", "half.dcm", "moved.dcm", "slow.dcm", "words.dcm"]
    assert radassist("audit", "verify").code == 0
    accounts, owner = recorded_accounts(radassist)
    assert accounts == {owner}


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a process without asking it")
def test_films_that_were_scored_are_known_when_watching_begins_anew(radassist, samples, inbox, watching):
    shutil.copytree(samples / "RAD-0012", inbox / "RAD-0012")
    wait_until(lambda: len(rows_of(radassist)) == 1)
    watching.terminate()
    watching.communicate(timeout=SECONDS)
    first = (radassist.folder / "out.csv").read_text()
    (radassist.folder / "out.csv").unlink()

    again = radassist.start("watch", inbox, "--csv", "out.csv", "--quiet")
    wait_until(lambda: len(rows_of(radassist)) == 1)
    again.terminate()
    again.communicate(timeout=SECONDS)

    assert (radassist.folder / "out.csv").read_text() == first
