"""`--version`, `models`, `explain` and `demo`."""

import numpy as np
import pytest
from helpers.commands import Radassist, read_rows
from PIL import Image

from radassist import __version__, paths


def test_the_version_is_told_with_commit_model_and_device(radassist):
    first, *facts = radassist("--version").out.splitlines()
    assert first == f"radassist {__version__}"
    assert [fact.split()[0] for fact in facts] == ["commit", "model", "device"]


def test_python_m_lists_models_and_marks_the_default(radassist):
    assert "tiny *" in radassist("models", "list").out


def test_block_maps_have_the_films_size(radassist, samples):
    ended = radassist("explain", samples / "RAD-0012" / "CR_0001.dcm", "--out", "maps")

    assert ended.code == 0, ended.err
    with Image.open(radassist.folder / "maps" / "block1_mean.png") as picture:
        assert picture.size == (1000, 816)
    assert np.isfinite(np.load(radassist.folder / "maps" / "block1_mean.npy")).all()


@pytest.fixture(scope="module")
def demo_home(tmp_path_factory, converted_models) -> str:
    """Of somebody who has the program for the first time, but for the models that other tests have converted."""
    home = tmp_path_factory.mktemp("fresh")
    (home / "cache").symlink_to(converted_models)
    return str(home)


def test_the_demo_scores_the_samples_with_the_shipped_model(environment, demo_home, tmp_path):
    if not (paths.shipped_models_dir() / "DEFAULT").is_file():
        pytest.skip("no model is shipped yet")
    demo = Radassist(tmp_path, environment | {"RADASSIST_HOME": demo_home})

    ended = demo("demo")

    assert ended.code == 0, ended.err
    assert "24 found: 24 scored" in ended.out
    assert "There is no display here, so the window stays closed." in ended.out
    rows = read_rows(tmp_path / "results.csv")
    assert len(rows) == 24
    probabilities = [float(line.split()[2]) for line in ended.out.splitlines() if line.startswith(("RAD-", "exports"))]
    assert probabilities == sorted(probabilities, reverse=True)
    labels = {str(paths.samples_dir().resolve() / path): label for path, label in _labels()}
    right = [row["prediction"] == labels[row["path"]] for row in rows]
    assert sum(right) >= 20


def _labels():
    lines = (paths.samples_dir() / "labels.csv").read_text(encoding="utf-8").splitlines()
    return [line.split(",") for line in lines[1:]]
