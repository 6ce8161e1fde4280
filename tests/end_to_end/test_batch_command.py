"""`radassist batch` from films to tables."""

import json
import os
import re
import shutil
import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from helpers.commands import SECONDS, Radassist, read_rows, wait_until


@pytest.fixture(scope="module")
def scored(environment, samples, tmp_path_factory) -> Path:
    """A folder with the tables of the samples, scored once for all tests."""
    folder = tmp_path_factory.mktemp("scored")
    ended = Radassist(folder, environment)("batch", samples, "--csv", "out.csv", "--json", "out.json")
    assert ended.code == 0, ended.err
    assert "24 found: 24 scored, 0 refused, 0 failed" in ended.out
    return folder


def test_every_sample_is_one_scored_row_sorted_by_path(scored, samples):
    rows = read_rows(scored / "out.csv")

    films = sorted(str(path) for path in samples.rglob("*") if path.is_file())
    assert [row["path"] for row in rows] == films
    assert {row["status"] for row in rows} == {"scored"}
    assert {row["model"] for row in rows} == {"tiny"}


def test_probabilities_are_probabilities(scored):
    for row in read_rows(scored / "out.csv"):
        normal, pneumonia = float(row["p_NORMAL"]), float(row["p_PNEUMONIA"])
        assert 0 <= pneumonia <= 1
        assert normal + pneumonia == pytest.approx(1, abs=2e-6)
        assert float(row["confidence"]) == {"NORMAL": normal, "PNEUMONIA": pneumonia}[row["prediction"]]
        assert (row["prediction"] == "PNEUMONIA") == (pneumonia >= float(row["threshold"]))


def test_json_has_the_same_rows(scored):
    rows, twins = read_rows(scored / "out.csv"), json.loads((scored / "out.json").read_text())

    assert [row["sha256"] for row in rows] == [twin["sha256"] for twin in twins]
    assert [float(row["p_NORMAL"]) for row in rows] == [twin["p_NORMAL"] for twin in twins]


def test_the_table_is_proved_to_the_last_digit_and_a_changed_one_is_not(radassist, scored):
    honest = radassist("verify", scored / "out.csv")
    text = (scored / "out.csv").read_text(encoding="utf-8")
    line = text.splitlines()[5]
    normal = read_rows(scored / "out.csv")[4]["p_NORMAL"]
    (radassist.folder / "forged.csv").write_text(text.replace(line, line.replace(normal, "0.123456")), encoding="utf-8")
    forged = radassist("verify", "forged.csv")

    assert (honest.code, honest.out) == (0, "24 rows: 24 proved, 24 of them to the last digit.\n"), honest.err
    assert (forged.code, forged.out) == (3, "24 rows: 23 proved, 23 of them to the last digit.\n")
    assert re.match(r"Row 5, .*: p_NORMAL was 0.123456 and is ", forged.err)


def test_tables_are_de_identified_unless_asked_otherwise(radassist, scored, samples):
    film = samples / "RAD-0002" / "CHEST.dcm"
    radassist("batch", film, "--csv", "identified.csv", "--identified", "--quiet")

    (identified,) = read_rows(radassist.folder / "identified.csv")
    (hashed,) = (row for row in read_rows(scored / "out.csv") if row["path"] == str(film))
    assert identified["study_key"].startswith("2.25.")
    assert re.fullmatch("[0-9a-f]{16}", hashed["study_key"])
    assert identified["p_PNEUMONIA"] == hashed["p_PNEUMONIA"]
    assert "Birch" not in (scored / "out.csv").read_text(encoding="utf-8")


def test_bad_files_are_rows_and_exit_code_3(radassist, samples):
    films = radassist.folder / "films"
    films.mkdir()
    shutil.copy(samples / "RAD-0012" / "CR_0001.dcm", films / "good.dcm")
    whole = (samples / "RAD-0001" / "CHEST_AP.dcm").read_bytes()
    (films / "half.dcm").write_bytes(whole[: len(whole) // 2])
    (films / "empty.png").touch()
    (films / "words.dcm").write_text("=1+1\n")

    ended = radassist("batch", films, "--csv", "out.csv")

    rows = {Path(row["path"]).name: row for row in read_rows(radassist.folder / "out.csv")}
    assert ended.code == 3
    assert "4 found: 1 scored" in ended.out
    assert rows["good.dcm"]["status"] == "scored"
    for name in ("half.dcm", "empty.png", "words.dcm"):
        assert rows[name]["status"] in ("refused", "failed")
        assert rows[name]["reason"].count(".") >= 1
        assert rows[name]["p_PNEUMONIA"] == ""


def test_ctrl_c_keeps_what_is_done(radassist, samples):
    films = radassist.folder / "films"
    films.mkdir()
    for number in range(800):
        (films / f"{number}.dcm").hardlink_to(_copied_once(samples / "RAD-0001" / "CHEST_AP.dcm", radassist.folder))
    running = radassist.start("batch", films, "--csv", "out.csv", "--restart")
    wait_until(lambda: _results(radassist.home / "data" / "results.sqlite", films) > 0)

    running.send_signal(signal.SIGINT)
    _, err = running.communicate(timeout=SECONDS)

    assert running.returncode == 1
    assert re.fullmatch("Stopped.*\n", err)
    done = len(read_rows(radassist.folder / "out.csv"))
    assert 0 < done < 800
    assert f"the {done} of 800 films" in err


def test_a_killed_batch_goes_on_where_it_was(radassist, samples):
    films = radassist.folder / "films"
    shutil.copytree(samples, films)
    running = radassist.start("batch", films, "--csv", "out.csv", "--restart")
    store = radassist.home / "data" / "results.sqlite"
    wait_until(lambda: _results(store, films) >= 3)
    running.kill()
    running.communicate()
    assert not (radassist.folder / "out.csv").exists()
    kept = _results(store, films)

    ended = radassist("batch", films, "--csv", "out.csv")

    assert ended.code == 0
    assert len(read_rows(radassist.folder / "out.csv")) == 24
    assert int(re.search(r"(\d+) of them are results of an earlier run", ended.out)[1]) >= kept


def _results(store: Path, films: Path) -> int:
    if not store.exists():
        return 0
    with closing(sqlite3.connect(store)) as connection:
        try:
            names = connection.execute("SELECT path FROM result JOIN film ON film.id = film").fetchall()
        except sqlite3.OperationalError:
            return 0  # its tables are not made yet
    return sum(name.startswith(os.fsencode(films)) for (name,) in names)


def _copied_once(film: Path, folder: Path) -> Path:
    copy = folder / "film.dcm"
    if not copy.exists():
        shutil.copy(film, copy)
    return copy
