"""What cannot be done is said in one sentence, with the exit code that was promised, and nothing is written."""

import json
import subprocess
import sys

import pytest
from helpers.commands import Radassist
from helpers.displays import DEAD_DISPLAY
from helpers.models import save_model

FILM = "RAD-0012/CR_0001.dcm"


def assert_one_sentence(ended, code, *words):
    assert ended.code == code
    assert ended.out == ""
    assert ended.err.endswith(".\n")
    assert ended.err.count("\n") == 1
    for word in words:
        assert word in ended.err


@pytest.mark.parametrize("command", ["batch", "explain"])
def test_a_path_that_is_not_there(radassist, command):
    option = "--csv" if command == "batch" else "--out"

    assert_one_sentence(radassist(command, "nowhere.dcm", option, "out"), 2, "no file or folder nowhere.dcm")
    assert not (radassist.folder / "out").exists()


def test_a_file_to_open_that_is_not_there(radassist):
    assert_one_sentence(radassist("nowhere.dcm"), 2, "nowhere.dcm")


def test_a_window_without_a_display(radassist):
    assert_one_sentence(radassist(), 1, "no display")


def test_a_folder_without_files(radassist):
    (radassist.folder / "empty").mkdir()

    assert_one_sentence(radassist("batch", "empty", "--csv", "out.csv"), 1, "No files were found")
    assert not (radassist.folder / "out.csv").exists()


def test_a_table_that_cannot_be_written(radassist, samples):
    assert_one_sentence(radassist("batch", samples / FILM, "--csv", "missing/out.csv"), 1, "its folder does not exist")


def test_a_model_nobody_has(radassist, samples):
    ended = radassist("batch", samples / FILM, "--csv", "out.csv", "--model", "nobodys")

    assert_one_sentence(ended, 1, "nobodys", "tiny")
    assert not (radassist.folder / "out.csv").exists()


def test_a_model_whose_weights_are_not_its_cards(radassist, samples):
    model = radassist.folder / "changed"
    save_model(model)
    weights = bytearray((model / "weights.safetensors").read_bytes())
    weights[-1] ^= 1
    (model / "weights.safetensors").write_bytes(bytes(weights))

    ended = radassist("batch", samples / FILM, "--csv", "out.csv", "--model", model)

    assert_one_sentence(ended, 1, "checksums differ")


def test_a_model_with_a_broken_card(radassist, samples):
    model = radassist.folder / "broken"
    save_model(model)
    card = json.loads((model / "card.json").read_text())
    del card["labels"]
    (model / "card.json").write_text(json.dumps(card))

    ended = radassist("batch", samples / FILM, "--csv", "out.csv", "--model", model)

    assert_one_sentence(ended, 1, "is not valid", "labels")


def test_wrong_words(radassist):
    ended = radassist("batch", "--nonsense")

    assert ended.code == 2
    assert "--nonsense" in ended.err


_BUG = """
import sys
from radassist import wiring
from radassist.cli import main

def make_services(*words, **options):
    raise KeyError("DOE^JOHN")

wiring.make_services = make_services
sys.argv = ["radassist", "batch", sys.argv[1], "--csv", "out.csv"]
main()
"""


def test_a_bug_is_one_sentence_and_its_place_is_in_the_log(environment, samples, tmp_path):
    environment = environment | {"RADASSIST_HOME": str(tmp_path)}
    model = save_model(tmp_path / "data" / "models" / "tiny")
    (tmp_path / "data" / "models" / "DEFAULT").write_text(model.id, encoding="utf-8")
    words = [sys.executable, "-c", _BUG, str(samples / FILM)]

    ended = subprocess.run(words, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)

    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.startswith("Something went wrong inside the program (KeyError)")
    assert ended.stderr.count("\n") == 1
    log = (tmp_path / "logs" / "radassist.log").read_text(encoding="utf-8")
    assert "KeyError at " in log
    assert "make_services" not in ended.stderr
    assert "DOE" not in log


@pytest.mark.parametrize("option", ["path", "--model"])
def test_a_name_longer_than_the_system_takes(radassist, samples, option):
    name = "a" * 300
    words = [name] if option == "path" else [samples / FILM, "--model", name]

    assert_one_sentence(radassist("batch", *words, "--csv", "out.csv"), 2 if option == "path" else 1, name)


def test_a_display_that_nobody_runs(environment, tmp_path):
    dead = Radassist(tmp_path, environment | {"DISPLAY": DEAD_DISPLAY})

    assert_one_sentence(dead(), 1, "display")
