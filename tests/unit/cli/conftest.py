"""The commands over fakes, run in this process."""

from collections.abc import Callable
from pathlib import Path

import pytest
from helpers.fakes import FakeLoader, FakePredictor, fake_point, make_services
from typer.testing import CliRunner, Result

from radassist import wiring
from radassist.cli import scoring
from radassist.cli.program import app

Run = Callable[..., Result]


@pytest.fixture
def loader(monkeypatch) -> FakeLoader:
    """The loader of the services every command gets."""
    loader = FakeLoader()
    monkeypatch.setattr(
        wiring,
        "make_services",
        lambda model=None, device="auto", precision="float32", rule=None: make_services(
            loader, FakePredictor(point=fake_point(rule))
        ),
    )
    return loader


@pytest.fixture
def run(loader, tmp_path, monkeypatch) -> Run:
    """Runs the command line in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("RADASSIST_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(scoring, "check_model", lambda model: None)
    return lambda *words: CliRunner().invoke(app, [str(word) for word in words])


@pytest.fixture
def film(tmp_path) -> Path:
    """A file the fake loader takes for a film."""
    path = tmp_path / "a.dcm"
    path.touch()
    return path
