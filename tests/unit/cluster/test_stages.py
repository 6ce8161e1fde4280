"""The stages as Ray calls them, in this process; the decoder children and the model are real."""

from dataclasses import replace
from pathlib import Path

import pytest
from helpers.many_films import write_films
from helpers.models import save_model

from radassist.domain.precision import Precision
from radassist.domain.study import FilmSource
from radassist.domain.worklist import ItemState, WorklistItem
from radassist.imaging.decoding import DecoderPool
from radassist.inference.predictor import load_predictor

pa = pytest.importorskip("pyarrow", reason="needs the extra 'cluster'")

from radassist.cluster import stages
from radassist.cluster.conditions import OtherConditions, conditions_of
from radassist.cluster.plan import ScoringPlan
from radassist.cluster.rows import ended_item, sources_table

F32 = Precision.FLOAT32


@pytest.fixture(scope="module")
def model(tmp_path_factory) -> str:
    folder = tmp_path_factory.mktemp("models") / "tiny"
    save_model(folder)
    return str(folder)


@pytest.fixture
def plan(model) -> ScoringPlan:
    predictor = load_predictor(model, "cpu")
    return ScoringPlan(model, "cpu", F32, predictor.shape, conditions_of(predictor.facts, F32))


def _with_dying_reader(workers, reader):
    """In place of the real reader; it is the real one but for some names of files."""
    return DecoderPool(workers, reader="helpers.dying_reader")


def films(folder: Path, *names: str) -> list[WorklistItem]:
    """Items for films of these names."""
    return [WorklistItem(number, FilmSource(path)) for number, path in enumerate(write_films(folder, names))]


def through(items, plan):
    read = pa.concat_tables(stages.read_stage(sources_table(items), plan))
    rows = {row["number"]: row for row in stages.ScoreStage(plan)(read).to_pylist()}
    return [ended_item(item, rows[item.number]) for item in items]


def test_films_get_the_numbers_of_a_single_machine_bit_for_bit(plan, model, tmp_path):
    items = films(tmp_path, "a", "b", "c")
    predictor = load_predictor(model, "cpu")
    with DecoderPool(workers=1) as pool:
        alone = [predictor.predict([pool.submit(item.source).result()], with_blocks=False)[0] for item in items]

    ended = through(items, plan)

    assert [item.state for item in ended] == [ItemState.SCORED] * 3
    assert [item.analysis.prediction for item in ended] == [answer.prediction for answer in alone]


def test_a_film_that_kills_its_decoder_costs_itself_alone(plan, tmp_path, monkeypatch):
    monkeypatch.setattr(stages, "DecoderPool", _with_dying_reader)
    ended = through(films(tmp_path, "a", "aborts", "b"), plan)

    assert [item.state for item in ended] == [ItemState.SCORED, ItemState.FAILED, ItemState.SCORED]
    assert "made the decoder stop" in ended[1].reason


def test_a_machine_with_other_software_reads_nothing(plan, tmp_path):
    other = replace(plan, conditions=replace(plan.conditions, software="another"))

    with pytest.raises(OtherConditions):
        next(stages.read_stage(sources_table(films(tmp_path, "a")), other))


def test_a_machine_with_another_model_scores_nothing(plan, tmp_path):
    save_model(tmp_path / "tiny", seed=8)
    other = replace(plan, model=str(tmp_path / "tiny"))

    with pytest.raises(OtherConditions):
        stages.ScoreStage(other)
