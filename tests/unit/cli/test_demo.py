"""`radassist demo` over fakes; with the real samples and the model it is run in tests/end_to_end."""

import csv
import sys
from types import SimpleNamespace

import pytest

from radassist import paths
from radassist.cli import demo
from radassist.domain.worklist import ItemState


@pytest.fixture
def samples(tmp_path, monkeypatch):
    """Samples of two films: the fakes take a path for a film."""
    folder = tmp_path / "samples"
    folder.mkdir()
    (folder / "labels.csv").write_text("path,label\nfilms,PNEUMONIA\n", encoding="utf-8")
    monkeypatch.setattr(paths, "samples_dir", lambda: folder)
    return folder


@pytest.fixture
def no_display(monkeypatch):
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")


def test_the_samples_are_listed_with_their_labels_and_written(run, samples, no_display, tmp_path):
    result = run("demo")

    assert result.exit_code == 0
    assert "p(PNEUMONIA)" in result.output
    assert "samples/films" in result.output
    assert "There is no display here, so the window stays closed." in result.output
    with (tmp_path / "results.csv").open(encoding="utf-8", newline="") as file:
        assert [row["status"] for row in csv.DictReader(file)] == ["scored"]


def test_the_window_opens_on_the_films_already_scored(run, samples, monkeypatch):
    shown = []
    monkeypatch.setattr(demo, "is_watched", lambda: True)
    monkeypatch.setattr(demo, "window_can_open", lambda: True)
    app = SimpleNamespace(run_window=lambda items, thumbnails: shown.extend(zip(items, thumbnails, strict=True)) or 0)
    monkeypatch.setitem(sys.modules, "radassist.app", app)

    result = run("demo")

    assert result.exit_code == 0
    ((item, pictured),) = shown
    assert (item.state, item.number) == (ItemState.SCORED, pictured)


def test_samples_without_labels_have_none(tmp_path):
    assert demo.read_labels(tmp_path) == {}


def test_every_shipped_sample_has_a_label():
    labels = demo.read_labels(paths.samples_dir())
    films = {path for path in (paths.samples_dir() / "films").rglob("*") if path.is_file()}

    assert set(labels) == films
    assert sorted(labels.values()) == ["NORMAL"] * 12 + ["PNEUMONIA"] * 12
