"""The record: every kind of tampering is told, and no name stands in it."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path
from threading import Thread

import pytest
from helpers.fakes import FACTS, make_analysis, make_film

from radassist.domain.errors import StoreError, UserError
from radassist.domain.study import FilmSource
from radassist.domain.worklist import WorklistItem
from radassist.export.audit import Act, AuditTrail, check_audit, last_lines
from radassist.export.keys import SaltedKeys

WAITING = WorklistItem(0, FilmSource(Path("/ZZCANARY/film.dcm")))


@pytest.fixture
def path(tmp_path):
    return tmp_path / "data" / "audit.jsonl"


@pytest.fixture
def trail(path):
    return AuditTrail(path, SaltedKeys(b"salt"))


def scored():
    return WAITING.started().scored(make_analysis(make_film("ZZCANARY")))


def entries(path):
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_a_score_is_recorded_with_model_and_threshold(trail, path):
    trail.record_ended([scored(), WAITING.started().failed("ZZCANARY is cut short.")])

    first, second = entries(path)
    assert (first["act"], first["model_sha256"], first["threshold"]) == ("scored", FACTS.sha256, FACTS.threshold)
    assert first["threshold_set_by"] == "card"
    assert first["decision"] == scored().analysis.prediction.decision
    assert (second["act"], "model" in second) == ("failed", False)


def test_films_are_named_by_salted_keys_of_their_content(trail, path):
    trail.record_ended([scored()])
    trail.record_film(Act.OPENED, scored().film_sha256)

    first, second = entries(path)
    assert first["film"] == second["film"] == SaltedKeys(b"salt").key(scored().film_sha256)


def test_no_name_and_no_reason_stands_in_it(trail, path):
    trail.record_ended([scored(), WAITING.started().refused("ZZCANARY is no chest film.")], recalled=True)

    assert "ZZCANARY" not in path.read_text()


@pytest.mark.skipif(os.name == "nt", reason="Windows names no owner of a file")
def test_every_line_names_the_account_of_the_system_whatever_the_environment_says(path, monkeypatch):
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.setenv(name, "somebody else")
    trail = AuditTrail(path, SaltedKeys(b"salt"))
    trail.record(Act.STARTED)
    trail.record_film(Act.OPENED, scored().film_sha256)
    trail.record_ended([scored(), WAITING.started().failed("It is cut short.")])

    assert [entry["user"] for entry in entries(path)] == [path.owner()] * 4


@pytest.mark.skipif(os.name == "nt", reason="there every process has an account's name")
def test_a_number_without_an_account_is_recorded_as_that_number(path, monkeypatch):
    monkeypatch.setattr(os, "getuid", lambda: 4_000_000_001)
    AuditTrail(path, SaltedKeys(b"")).record(Act.STARTED)

    assert entries(path)[0]["user"] == "uid 4000000001"


EARLIER = (
    '{"time":"2026-01-02T03:04:05.678+00:00","user":"","process":7,"act":"started","previous":"' + "0" * 64 + '",'
    '"sha256":"e9c9a91356631b34fbc0301dc62dd6ade3cdc563686d322133a6da7eaffe16ae"}\n'
)
"""As versions wrote it that knew of no account where the environment named none."""


def test_the_chain_goes_on_from_a_record_of_an_earlier_version(trail, path):
    path.parent.mkdir()
    path.write_text(EARLIER)
    trail.record(Act.EXPORTED, rows=3)

    assert check_audit(path).problems == ()
    assert [line.act for line in last_lines(path, 9)] == ["started", "exported"]


def test_the_last_lines_are_told_in_order_with_all_that_they_say(trail, path):
    trail.record(Act.STARTED)
    trail.record_ended([scored()])
    with path.open("ab") as file:
        file.write(b"cut sh")

    assert last_lines(path, 1) == ()
    (line,) = last_lines(path, 2)
    assert (line.act, line.model, line.threshold) == ("scored", FACTS.model, str(FACTS.threshold))
    assert line.more == f"decision {scored().analysis.prediction.decision}, threshold set by card"
    assert (line.time, line.account) == (entries_of(path)[1]["time"], entries_of(path)[1]["user"])


def entries_of(path):
    return [json.loads(line) for line in path.read_text().splitlines()[:2]]


def test_the_chain_is_whole_over_many_starts_of_the_program(trail, path):
    trail.record(Act.STARTED)
    AuditTrail(path, SaltedKeys(b"salt")).record(Act.EXPORTED, rows=3)

    assert check_audit(path).problems == ()
    assert check_audit(path).lines == 2


def change(lines):
    lines[2] = lines[2].replace(b'"rows":2', b'"rows":9')


def remove(lines):
    del lines[2]


def move(lines):
    lines[2], lines[3] = lines[3], lines[2]


def repeat(lines):
    lines.insert(2, lines[2])


def empty(lines):
    lines[2] = b"\n"


@pytest.mark.parametrize("tamper", [change, remove, move, repeat, empty])
def test_whatever_is_done_to_a_line_is_told(trail, path, tamper):
    for number in range(6):
        trail.record(Act.EXPORTED, rows=number)
    lines = path.read_bytes().splitlines(keepends=True)
    tamper(lines)
    path.write_bytes(b"".join(lines))

    problems = check_audit(path).problems
    assert problems
    assert problems[0].startswith(("Line 3 ", "Line 4 "))


def test_a_line_cut_short_by_a_power_cut_is_told_and_the_record_goes_on(trail, path):
    for number in range(3):
        trail.record(Act.EXPORTED, rows=number)
    path.write_bytes(path.read_bytes()[:-20])

    trail.record(Act.EXPORTED, rows=3)

    assert check_audit(path).problems == ("Line 3 is cut short or is no entry.",)
    assert entries_after(path) == 3


def entries_after(path):
    return json.loads(path.read_text().splitlines()[-1])["rows"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such mode")
def test_a_line_of_endless_brackets_is_told_and_the_record_goes_on(trail, path):
    path.parent.mkdir()
    path.write_bytes(b"[" * 100_000 + b"\n")
    trail.record(Act.STARTED)
    assert check_audit(path).problems == ("Line 1 is cut short or is no entry.",)


def test_it_is_for_its_owner_only(trail, path):
    trail.record(Act.STARTED)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_record_that_cannot_be_written_is_one_sentence(tmp_path):
    (tmp_path / "file").touch()

    with pytest.raises(StoreError, match="cannot be written"):
        AuditTrail(tmp_path / "file" / "audit.jsonl", SaltedKeys(b"")).record(Act.STARTED)


def test_nothing_recorded_is_said(path):
    with pytest.raises(UserError, match="Nothing has been recorded"):
        check_audit(path)


def test_a_record_that_cannot_be_read_is_said(tmp_path):
    with pytest.raises(UserError, match="cannot be read"):
        check_audit(tmp_path)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such locks")
def test_threads_and_programs_write_one_chain(trail, path):
    code = (
        "import sys; from pathlib import Path; from radassist.export.audit import *; "
        "from radassist.export.keys import SaltedKeys; trail = AuditTrail(Path(sys.argv[1]), SaltedKeys(b'')); "
        "[trail.record(Act.STARTED) for _ in range(50)]"
    )
    trail.record(Act.STARTED)
    program = subprocess.Popen([sys.executable, "-c", code, path])
    threads = [Thread(target=lambda: [trail.record(Act.STARTED) for _ in range(50)]) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert program.wait(30) == 0

    report = check_audit(path)
    assert (report.lines, report.problems) == (151, ())
