"""The commands in processes of their own, on the sample films, for a user who has no display."""

import os
from pathlib import Path

import pytest
from helpers.commands import Radassist
from helpers.models import save_model

from radassist.paths import samples_dir


@pytest.fixture(scope="session")
def samples() -> Path:
    return samples_dir().resolve() / "films"


@pytest.fixture(scope="session")
def home(tmp_path_factory, converted_models: Path) -> Path:
    """A user's folder with one untrained model, which is the default."""
    home = tmp_path_factory.mktemp("home")
    (home / "cache").symlink_to(converted_models)
    models = home / "data" / "models"
    save_model(models / "tiny")
    (models / "DEFAULT").write_text("tiny\n", encoding="utf-8")
    return home


@pytest.fixture(scope="session")
def environment(home) -> dict[str, str]:
    """No display, and no more threads than a test should take."""
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    kept = {name: value for name, value in os.environ.items() if name not in hidden}
    return kept | {"RADASSIST_HOME": str(home), "OMP_NUM_THREADS": "1", "COLUMNS": "120"}


@pytest.fixture
def radassist(environment, tmp_path) -> Radassist:
    """Runs `radassist` in an empty folder."""
    return Radassist(tmp_path, environment)
