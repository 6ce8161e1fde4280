import json
import subprocess
import sys

import pytest

from radassist import __version__, paths
from radassist.cli.version import commit, default_model, version_lines


@pytest.fixture
def models(tmp_path, monkeypatch):
    """A folder of shipped models, empty."""
    monkeypatch.setattr(paths, "shipped_models_dir", lambda: tmp_path / "models")
    (tmp_path / "models" / "tiny").mkdir(parents=True)
    return tmp_path / "models"


def test_version_commit_model_and_device_are_named():
    heads = [line.split()[0] for line in version_lines()]

    assert version_lines()[0] == f"radassist {__version__}"
    assert heads == ["radassist", "commit", "model", "device"]
    assert all(line.split()[1] != "unknown" for line in version_lines()[2:])


def test_a_wheel_says_what_it_was_built_from(tmp_path):
    (tmp_path / "_data").mkdir()
    (tmp_path / "_data" / "COMMIT").write_text("abcdef123456\n")

    assert commit(tmp_path) == "abcdef123456"


def test_a_folder_that_is_no_checkout_knows_no_commit(tmp_path):
    assert commit(tmp_path / "radassist") == "unknown"


def test_a_checkout_without_git_knows_no_commit(tmp_path, monkeypatch):
    (tmp_path / ".git").mkdir()
    monkeypatch.setenv("PATH", "")

    assert commit(tmp_path / "radassist") == "unknown"


def test_the_default_model_is_named_with_its_weights(models):
    (models / "DEFAULT").write_text("tiny\n")
    (models / "tiny" / "card.json").write_text(json.dumps({"weights_sha256": "0123456789abcdef"}))

    assert default_model() == "tiny, weights 0123456789ab"


def test_what_is_wrong_with_the_default_model_is_said(models):
    assert default_model().startswith("none. No model is installed")
    (models / "DEFAULT").write_text("tiny\n")
    assert "copy its folder to" in default_model()
    (models / "tiny" / "card.json").write_text("{}")
    assert default_model() == "tiny, whose card cannot be read"


def test_nothing_large_is_loaded_for_it():
    code = "import sys; from radassist.cli.version import version_lines; version_lines(); print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert not {"torch", "openvino", "PySide6", "pydicom", "ray"} & set(run.stdout.split())
