"""What must stay with the films: no log, record, temporary file or de-identified table names a patient.

Every header of the corpus that looks like a person carries the canary.
"""

import hashlib
import os
import shutil
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from helpers.commands import Radassist, read_rows
from helpers.fakes import make_answer
from helpers.hostile_corpus import make_all, make_groups
from helpers.models import save_model

from radassist import wiring
from radassist.domain.reading import Opinion
from radassist.paths import samples_dir

CANARIES = (b"ZZCANARY", b"19010203")


@pytest.fixture
def radassist(tmp_path: Path) -> Radassist:
    """The command, whose home and temporary files lie under the eyes of the test."""
    home, work, temporary = tmp_path / "home", tmp_path / "work", tmp_path / "temporary"
    for folder in (home, work, temporary):
        folder.mkdir()
    models = home / "data" / "models"
    save_model(models / "tiny")
    (models / "DEFAULT").write_text("tiny\n", encoding="utf-8")
    own = {"RADASSIST_HOME": str(home), "TMPDIR": str(temporary), "OMP_NUM_THREADS": "1"}
    return Radassist(work, os.environ | own)


def leaks(folder: Path) -> list[str]:
    """Files below `folder` that hold a canary, or are named after one."""
    found = []
    for path in folder.rglob("*"):
        text = path.name.encode() + (path.read_bytes() if path.is_file() else b"")
        found += [str(path) for canary in CANARIES if canary in text]
    return found


def assert_silent(radassist: Radassist, corpus: Path) -> None:
    ended = radassist("batch", corpus, "--csv", "out.csv", "--json", "out.json")

    assert ended.code == 3, ended.err
    assert len(read_rows(radassist.folder / "out.csv")) > 20
    assert leaks(radassist.folder.parent / "home") == []
    assert leaks(radassist.folder.parent / "temporary") == []
    assert leaks(radassist.folder) == []
    assert not any(canary.decode() in ended.out + ended.err for canary in CANARIES)
    assert radassist("audit", "verify").code == 0


def assert_private(home: Path) -> None:
    """Whatever the program made in its home is for its owner's eyes only; the models are the test's."""
    made = [path for path in home.rglob("*") if "models" not in path.relative_to(home).parts]
    assert {path.name for path in made} >= {"results.sqlite", "audit.jsonl", "key-salt", "radassist.log"}
    if os.name == "nt":
        return
    wrong = [str(path) for path in made if stat.S_IMODE(path.stat().st_mode) != (0o700 if path.is_dir() else 0o600)]
    assert wrong == []


@pytest.mark.shared
def test_de_identified_copies_of_telling_films_name_nobody(radassist, tmp_path) -> None:
    make_groups(tmp_path / "corpus", ["tags", "strings"])
    out = tmp_path / "copies"

    ended = radassist("deidentify", tmp_path / "corpus", out, "--burned-in-checked", "--keep-age-sex", "--shift-dates")

    assert ended.code in (0, 3), ended.err
    assert len(list(out.iterdir())) > 20
    assert leaks(out) == [] and leaks(radassist.folder.parent / "home") == []
    assert not any(canary.decode() in ended.out + ended.err for canary in CANARIES)


@pytest.mark.shared
def test_a_batch_over_telling_headers_leaves_no_name_and_only_private_files(radassist, tmp_path) -> None:
    make_groups(tmp_path / "corpus", ["tags", "strings"])

    assert_silent(radassist, tmp_path / "corpus")
    assert_private(tmp_path / "home")


@pytest.mark.shared
@pytest.mark.slow
def test_a_batch_over_the_whole_corpus_leaves_no_name(radassist, tmp_path) -> None:
    make_all(tmp_path / "corpus")
    # Its file names carry the canary, and store and table name files by their paths.
    shutil.rmtree(tmp_path / "corpus" / "g_fs", ignore_errors=True)

    assert_silent(radassist, tmp_path / "corpus")


def test_a_crash_leaves_no_name(tmp_path: Path) -> None:
    code = (
        "import sys; from radassist.cli import models, program; "
        "models.print_table = lambda *_, **__: {}['ZZCANARY^JOHN']; "
        "sys.argv = ['radassist', 'models', 'list']; program.main()"
    )
    own = {"RADASSIST_HOME": str(tmp_path)}
    crashed = subprocess.run(
        [sys.executable, "-c", code], env=os.environ | own, capture_output=True, timeout=60, check=False
    )

    assert crashed.returncode == 1
    assert b"went wrong" in crashed.stderr
    assert b"KeyError" in (tmp_path / "logs" / "radassist.log").read_bytes()
    assert leaks(tmp_path) == []
    assert b"ZZCANARY" not in crashed.stderr


def test_what_a_reader_wrote_leaves_the_store_only_in_identified_tables(radassist, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("RADASSIST_HOME", str(radassist.home))
    film = samples_dir() / "films" / "RAD-0012" / "CR_0001.dcm"
    with closing(wiring.open_results()) as results:
        digest = hashlib.sha256(film.read_bytes()).hexdigest()
        results.readings.add(make_answer(digest, Opinion.LABEL, label="ZZCANARY", note="ZZCANARY^JOHN, 19010203"))

    ended = radassist("batch", film, "--csv", "out.csv", "--json", "out.json")
    identified = radassist("batch", film, "--csv", tmp_path / "identified.csv", "--identified")

    (row,), (named,) = read_rows(radassist.folder / "out.csv"), read_rows(tmp_path / "identified.csv")
    assert (row["reader_answer"], named["reader_answer"]) == ("other", "ZZCANARY")
    assert named["reader_note"] == "ZZCANARY^JOHN, 19010203"
    assert leaks(radassist.folder) == leaks(tmp_path / "temporary") == []
    assert {Path(path).name for path in leaks(radassist.home)} <= {"results.sqlite", "results.sqlite-wal"}
    assert not any(canary.decode() in ended.out + ended.err + identified.out for canary in CANARIES)
