import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest
from helpers.models import make_card

from radassist import paths
from radassist.domain.errors import ModelUnavailable
from radassist.networks.card import ModelCard, write_card
from radassist.networks.catalogue import default_model_id, find_model, list_models


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(paths, "shipped_models_dir", lambda: tmp_path / "shipped")
    return tmp_path / "shipped"


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(paths, "user_models_dir", lambda: tmp_path / "own")
    return tmp_path / "own"


def _add(root: Path, model_id: str, **changes: object) -> ModelCard:
    card = make_card(id=model_id, **changes)
    write_card(card, root / model_id)
    return card


def test_models_are_listed_by_id_and_the_users_own_hides_a_shipped_one(shipped: Path, own: Path) -> None:
    b = _add(shipped, "b")
    _add(shipped, "a", title="shipped")
    a = _add(own, "a", title="own")
    assert list_models() == (a, b)
    assert find_model("a") == own / "a"
    assert find_model("b") == shipped / "b"


def test_a_folder_is_found_by_its_path(tmp_path: Path, shipped: Path, own: Path) -> None:
    _add(tmp_path, "elsewhere")
    assert find_model(str(tmp_path / "elsewhere")) == tmp_path / "elsewhere"


@pytest.mark.parametrize("name", ["c", "../shipped/c", "", "A B", "a" * 300, "A/" + "B" * 300])
def test_an_unknown_model_is_answered_with_the_known_ones(shipped: Path, own: Path, name: str) -> None:
    _add(shipped, "a")
    with pytest.raises(ModelUnavailable, match="models on this machine: a"):
        find_model(name)


def test_a_broken_card_and_a_misnamed_folder_are_left_out_and_logged(
    shipped: Path, own: Path, caplog: pytest.LogCaptureFixture
) -> None:
    good = _add(shipped, "good")
    _add(shipped, "bad")
    (shipped / "bad" / "card.json").write_text("{", encoding="utf-8")
    (shipped / "good").rename(shipped / "moved")
    _add(shipped, "good")
    with caplog.at_level(logging.WARNING):
        assert list_models() == (good,)
    assert len(caplog.records) == 2


def test_the_users_default_comes_before_the_shipped_one(shipped: Path, own: Path) -> None:
    with pytest.raises(ModelUnavailable, match="No model is installed"):
        default_model_id()
    shipped.mkdir()
    (shipped / "DEFAULT").write_text("a\n", encoding="utf-8")
    assert default_model_id() == "a"
    own.mkdir()
    (own / "DEFAULT").write_text("b\n", encoding="utf-8")
    assert default_model_id() == "b"


@pytest.mark.parametrize("content", [b"\xff\xfe", b"", b"  \n"])
def test_a_default_that_is_no_name_is_said(shipped: Path, own: Path, content: bytes) -> None:
    shipped.mkdir()
    (shipped / "DEFAULT").write_bytes(content)
    with pytest.raises(ModelUnavailable, match="DEFAULT"):
        default_model_id()


def test_folders_that_may_not_be_looked_at_hold_no_models(
    shipped: Path, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _add(shipped, "a")
    stat = os.stat

    def refuse(path: os.PathLike[str] | str, **options: bool) -> os.stat_result:
        if str(path).startswith(str(own)):
            raise PermissionError(13, "Permission denied", str(path))
        return stat(path, **options)

    monkeypatch.setattr(os, "stat", refuse)
    assert [card.id for card in list_models()] == ["a"]
    assert find_model("a") == shipped / "a"
    with pytest.raises(ModelUnavailable, match="No model is installed"):
        default_model_id()


def test_the_log_names_the_folder_of_a_broken_card_and_not_where_it_lies(
    shipped: Path, own: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (shipped / "bad").mkdir(parents=True)
    (shipped / "bad" / "card.json").write_text("{", encoding="utf-8")
    with caplog.at_level(logging.WARNING):
        list_models()
    assert "bad" in caplog.text
    assert str(shipped) not in caplog.text


def test_listing_models_waits_for_nothing_heavy() -> None:
    code = "import sys, radassist.networks.catalogue as c; c.list_models(); sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
