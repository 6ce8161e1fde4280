"""Finding and scoring behind progress bars."""

from pathlib import Path

import pytest
from helpers.fakes import FakeLoader, FakePredictor, make_items, make_services
from helpers.models import save_model

from radassist.cli.scoring import check_model, find_films, score_films
from radassist.domain.cancellation import Cancelled, CancelToken
from radassist.domain.errors import DecodeError, ModelUnavailable, UserError


def test_a_model_is_looked_for_before_any_work(tmp_path, monkeypatch):
    monkeypatch.setenv("RADASSIST_HOME", str(tmp_path))
    save_model(tmp_path / "data" / "models" / "tiny")

    check_model("tiny")
    with pytest.raises(ModelUnavailable, match="nobodys"):
        check_model("nobodys")


def test_films_are_found_in_order_of_arrival():
    items = find_films([Path("b"), Path("a")], make_services(), CancelToken(), quiet=True)

    assert [(item.number, item.source.name) for item in items] == [(0, "b"), (1, "a")]


def test_finding_nothing_is_said():
    with pytest.raises(UserError, match="No files were found"):
        find_films([], make_services(), CancelToken(), quiet=True)


def test_finding_can_be_stopped():
    cancel = CancelToken()
    cancel.cancel()

    with pytest.raises(Cancelled):
        find_films([Path("a")], make_services(), cancel, quiet=True)


def test_every_film_ends():
    services = make_services(FakeLoader({"b": DecodeError("b is cut short.")}))

    scored = score_films(make_items("a", "b"), services, CancelToken(), quiet=True)

    assert sorted(item.state for item in scored.items) == ["failed", "scored"]
    assert not scored.is_complete
    assert scored.in_words().startswith("2 found: 1 scored, 0 refused, 1 failed, in ")


def test_stopping_keeps_what_has_ended():
    cancel = CancelToken()
    services = make_services(predictor=FakePredictor(before_predict=cancel.cancel), batch_size=2)

    scored = score_films(make_items("a", "b", "c"), services, cancel, quiet=True)

    assert len(scored.items) == 2
    assert scored.summary is None
    assert scored.in_words() == ""
