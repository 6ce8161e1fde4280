"""Which model is used when none is named; more of it in `test_catalogue`."""

import pytest

from radassist import paths
from radassist.domain.errors import ModelUnavailable
from radassist.networks.default_model import default_model_id, is_file, model_roots


@pytest.fixture
def roots(tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "shipped_models_dir", lambda: tmp_path / "shipped")
    monkeypatch.setattr(paths, "user_models_dir", lambda: tmp_path / "own")
    for name in ("shipped", "own"):
        (tmp_path / name).mkdir()
    return tmp_path


def test_the_users_choice_comes_before_the_shipped_one(roots):
    (roots / "shipped" / "DEFAULT").write_text("a\n")
    assert default_model_id() == "a"
    (roots / "own" / "DEFAULT").write_text("b\n")
    assert default_model_id() == "b"
    assert model_roots() == (roots / "own", roots / "shipped")


def test_an_empty_choice_is_told(roots):
    (roots / "own" / "DEFAULT").write_text(" \n")

    with pytest.raises(ModelUnavailable, match="is empty"):
        default_model_id()


def test_a_name_that_is_too_long_is_no_file(tmp_path):
    assert not is_file(tmp_path / ("x" * 5000))
