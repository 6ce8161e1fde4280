"""The wheel: built, installed into an empty folder, and used from there."""

import configparser
import importlib.util
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from helpers.commands import read_rows

ROOT = Path(__file__).parents[2]
DESKTOP = ROOT / "resources" / "desktop" / "radassist.desktop"

slow = pytest.mark.slow


def _run(*words: object, **options: object) -> str:
    ended = subprocess.run([str(word) for word in words], capture_output=True, text=True, check=False, **options)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory) -> Path:
    """A folder with the installed wheel and nothing else; its dependencies are those of the tests."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "-q")
    _run(*pip, "wheel", ROOT, "--no-deps", "--no-build-isolation", "-w", folder / "dist")
    (wheel,) = (folder / "dist").glob("radassist-*.whl")
    _run(*pip, "install", "--no-deps", "--target", folder / "site", wheel)
    return folder / "site"


@pytest.fixture
def use(installed, converted_models, tmp_path):
    """Runs the installed command in an empty folder, for a user of its own."""
    home = tmp_path / "home"
    home.mkdir()
    (home / "cache").symlink_to(converted_models)
    environment = {**os.environ, "PYTHONPATH": str(installed), "RADASSIST_HOME": str(home)}
    return lambda *words: _run(sys.executable, "-P", "-m", "radassist", *words, cwd=tmp_path, env=environment)


@slow
def test_an_installed_wheel_says_what_it_is(use, installed):
    words = use("--version")

    assert re.search(r"^radassist \d+\.\d+", words)
    assert re.search(r"^model +efficientnet_lite0, weights [0-9a-f]{12}$", words, re.MULTILINE)
    if (ROOT / ".git").exists():
        assert re.search(r"^commit +[0-9a-f]{12}(-dirty)?$", words, re.MULTILINE)
        assert (installed / "radassist" / "_data" / "COMMIT").is_file()


@slow
def test_an_installed_wheel_scores_a_sample_with_its_own_model(use, installed, tmp_path):
    sample = installed / "radassist" / "_data" / "resources" / "samples" / "films" / "RAD-0001"
    use("batch", sample, "--csv", "out.csv", "--device", "cpu", "--quiet")
    rows = read_rows(tmp_path / "out.csv")

    assert [(row["status"], row["model"]) for row in rows] == [("scored", "efficientnet_lite0")]


@slow
def test_desktops_find_the_program_and_its_icon(installed):
    share = installed / "share"

    assert (share / "applications" / "radassist.desktop").read_bytes() == DESKTOP.read_bytes()
    assert (share / "icons" / "hicolor" / "scalable" / "apps" / "radassist.svg").is_file()


def test_the_desktop_entry_starts_the_program_with_the_films_it_is_given():
    entry = configparser.ConfigParser(interpolation=None, delimiters="=")
    entry.optionxform = str
    entry.read(DESKTOP, encoding="utf-8")
    values = entry["Desktop Entry"]

    assert values["Exec"] == "radassist %F"
    assert values["Icon"] == "radassist"
    assert "not for diagnosis" in values["Comment"]
    assert "application/dicom" in values["MimeType"].split(";")


def test_the_bill_of_materials_names_every_shipped_model_by_its_weights():
    spec = importlib.util.spec_from_file_location("make_sbom", ROOT / "tools" / "make_sbom.py")
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    cards = [json.loads(card.read_text(encoding="utf-8")) for card in sorted((ROOT / "models").glob("*/card.json"))]
    components = tool.model_components(ROOT / "models")

    assert [component["name"] for component in components] == [card["id"] for card in cards]
    assert [component["hashes"][0]["content"] for component in components] == [card["weights_sha256"] for card in cards]
