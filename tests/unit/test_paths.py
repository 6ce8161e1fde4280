"""Where things lie."""

import pytest

from radassist import paths


def test_samples_lie_among_the_resources():
    assert paths.samples_dir().parent == paths.resources_dir()
    assert (paths.samples_dir() / "labels.csv").is_file()


@pytest.mark.parametrize(
    ("folder", "name"),
    [(paths.user_data_dir, "data"), (paths.log_dir, "logs"), (paths.cache_dir, "cache")],
)
def test_one_variable_moves_everything_of_the_user(monkeypatch, tmp_path, folder, name):
    monkeypatch.setenv("RADASSIST_HOME", str(tmp_path))

    assert folder() == tmp_path / name


def test_without_the_variable_they_lie_where_the_system_wants_them(monkeypatch):
    monkeypatch.delenv("RADASSIST_HOME", raising=False)

    assert "radassist" in paths.user_data_dir().parts
    assert paths.user_models_dir().parent == paths.user_data_dir()
