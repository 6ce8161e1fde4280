"""The options of `batch --ray`; with Ray itself it is run in tests/end_to_end."""

import os
from pathlib import Path

import pytest
from helpers.commands import read_rows
from helpers.fakes import FakePredictor, make_analysis, make_film

from radassist import wiring
from radassist.cli import cluster
from radassist.cli.cluster import cluster_order
from radassist.cli.terminal import WrongUsage
from radassist.domain.errors import ModelUnavailable
from radassist.domain.precision import Precision
from radassist.workflow.outcome import conclude

F32 = Precision.FLOAT32


@pytest.fixture
def installed(monkeypatch):
    """Whether the extra is there or not, the order is made."""
    monkeypatch.setattr(cluster, "find_spec", lambda name: name)


def test_without_ray_there_is_no_order():
    assert cluster_order(None, None, None, "auto", F32) is None


def test_shards_need_a_cluster():
    with pytest.raises(WrongUsage, match="--shards needs --ray"):
        cluster_order(None, Path("x"), None, "auto", F32)


def test_the_missing_extra_is_named(monkeypatch):
    monkeypatch.setattr(cluster, "find_spec", lambda name: None)

    with pytest.raises(ModelUnavailable, match=r"pip install 'radassist\[cluster\]'"):
        cluster_order("auto", None, None, "auto", F32)


@pytest.mark.parametrize("device", ["cuda:1", "mps"])
def test_a_device_of_one_machine_means_nothing_on_a_cluster(device):
    with pytest.raises(WrongUsage, match=device):
        cluster_order("auto", None, None, device, F32)


def test_a_model_is_called_as_every_machine_finds_it(installed, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine").mkdir()

    assert cluster_order("auto", None, "mine", "auto", F32).model == str(tmp_path / "mine")
    assert cluster_order("auto", None, "gap_cnn", "auto", F32).model == "gap_cnn"


def test_shards_lie_in_the_users_own_folder_unless_told_otherwise(installed, tmp_path):
    assert cluster_order("auto", None, "gap_cnn", "cpu", F32).shards.name == "shards"
    assert cluster_order("auto", tmp_path, "gap_cnn", "cpu", F32).shards == tmp_path


def test_the_sentence_reaches_the_one_who_asked(run, film, monkeypatch):
    monkeypatch.setattr(cluster, "find_spec", lambda name: None)
    result = run("batch", film, "--csv", "out.csv", "--ray", "auto")

    assert isinstance(result.exception, ModelUnavailable)


def test_another_threshold_is_in_force_where_the_rows_are_made_and_the_machines_know_the_cards_alone(
    run, film, installed, monkeypatch
):
    pytest.importorskip("pyarrow", reason="needs the extra 'cluster'")
    from radassist.cluster import run as on_ray

    plans = []
    os.utime(film, (1_700_000_000, 1_700_000_000))  # long unchanged

    def score_at(address, items, plan, cancel):
        plans.append(plan)
        films = [make_film(item.source.name) for item in items]
        yield [conclude(item.started(), make_analysis(film), film) for item, film in zip(items, films, strict=True)]

    monkeypatch.setattr(on_ray, "score_at", score_at)
    monkeypatch.setattr(cluster, "_predictor", lambda order, quiet: FakePredictor())
    monkeypatch.setattr(wiring, "decide_by", lambda rule, predictor: predictor.decide_by(rule))
    for name, rule in (("here", "threshold=0.01"), ("card", "card"), ("again", "threshold=0.01")):
        words = ("batch", film, "--csv", f"{name}.csv", "--ray", "auto", "--threshold-rule", rule)
        result = run(*words)
        assert result.exit_code == 0, result.output

    assert [plan.conditions.threshold for plan in plans] == [0.5], "known films are decided anew, not scored again"
    rows = {name: read_rows(film.parent / f"{name}.csv")[0] for name in ("here", "card", "again")}
    assert (rows["card"]["threshold"], rows["card"]["decision"]) == ("0.500000", "NORMAL")
    assert (rows["here"]["threshold"], rows["here"]["decision"]) == ("0.010000", "PNEUMONIA")
    assert rows["here"]["threshold_set_by"] == "set here: threshold=0.01"
    assert rows["again"] == rows["here"]
