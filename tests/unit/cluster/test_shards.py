import json
from dataclasses import replace
from pathlib import Path

import pytest
from helpers.fakes import FACTS, make_analysis, make_film

from radassist.domain.errors import StoreError
from radassist.domain.precision import Precision
from radassist.domain.study import FileStamp, FilmSource, Identity
from radassist.domain.threshold_rule import Aim, OperatingPoint, ThresholdRule, set_here
from radassist.domain.worklist import ItemState, WorklistItem
from radassist.workflow.outcome import conclude

pq = pytest.importorskip("pyarrow.parquet", reason="needs the extra 'cluster'")

from radassist.cluster.conditions import conditions_of
from radassist.cluster.shards import ShardedRun

CONDITIONS = conditions_of(FACTS, Precision.FLOAT32)
STAMP = FileStamp(10, 1_700_000_000_000)
YOUNG = FileStamp(10, None)


def waiting(number=0, name="a.dcm"):
    return WorklistItem(number, FilmSource(Path("films") / name))


def scored(item, probability=1 / 3):
    film = make_film(item.source.name, identity=Identity(study_uid="1.2"))
    return conclude(item.started(), make_analysis(film, probability=probability), film)


def kept(folder, *ended):
    run = ShardedRun(folder, CONDITIONS)
    run.add([item for item, _ in ended])
    run.save(ended)
    return run


def recall(folder, item, stamp, digest=None, conditions=CONDITIONS):
    return ShardedRun(folder, conditions).recall(item, stamp, lambda: digest)


def test_a_result_comes_back_bit_for_bit_from_another_run(tmp_path):
    item = scored(waiting())
    kept(tmp_path, (item, STAMP))
    back = recall(tmp_path, waiting(4), STAMP)

    assert back.number == 4
    assert back.analysis.prediction == item.analysis.prediction
    assert back.analysis.provenance == item.analysis.provenance
    assert back.identity.study_uid == "1.2"


def test_a_changed_film_is_not_recalled(tmp_path):
    kept(tmp_path, (scored(waiting()), STAMP))

    assert recall(tmp_path, waiting(), FileStamp(11, STAMP.mtime_ns)) is None
    assert recall(tmp_path, waiting(), FileStamp(10, 5), digest="other") is None


def test_a_film_with_another_time_and_the_same_content_is_recalled(tmp_path):
    item = scored(waiting())
    kept(tmp_path, (item, YOUNG))

    assert recall(tmp_path, waiting(), YOUNG, digest=item.film_sha256) is not None
    assert recall(tmp_path, waiting(), YOUNG, digest=None) is None


def test_results_of_other_conditions_are_not_recalled(tmp_path):
    kept(tmp_path, (scored(waiting()), STAMP))

    assert recall(tmp_path, waiting(), STAMP, conditions=replace(CONDITIONS, threshold=0.6)) is None


def test_a_failure_is_recalled_by_its_stamp_alone(tmp_path):
    kept(tmp_path, (waiting().started().failed("It is cut short."), STAMP))

    assert recall(tmp_path, waiting(), STAMP).reason == "It is cut short."
    assert recall(tmp_path, waiting(), YOUNG, digest="") is None


def test_the_newest_result_of_a_film_counts(tmp_path):
    kept(tmp_path, (scored(waiting(), 0.2), STAMP))
    kept(tmp_path, (scored(waiting(), 0.7), STAMP))

    assert recall(tmp_path, waiting(), STAMP).analysis.prediction.positive_probability == 0.7


def test_what_was_recalled_is_not_written_again(tmp_path):
    kept(tmp_path, (scored(waiting()), STAMP))
    run = ShardedRun(tmp_path, CONDITIONS)
    run.add([waiting()])
    run.save([(run.recall(waiting(), STAMP, lambda: None), STAMP)])

    assert len(list(tmp_path.rglob("*.parquet"))) == 1
    assert run.counts() == {ItemState.SCORED: 1}


def test_films_without_a_result_wait(tmp_path):
    run = kept(tmp_path, (scored(waiting()), STAMP))
    run.add([waiting(1, "b.dcm")])

    assert [item.state for item in run.items()] == [ItemState.SCORED, ItemState.WAITING]
    assert run.counts() == {ItemState.SCORED: 1, ItemState.WAITING: 1}


def test_one_film_named_twice_is_two_items(tmp_path):
    run = kept(tmp_path, (scored(waiting(0)), STAMP), (scored(waiting(1)), STAMP))

    assert run.counts() == {ItemState.SCORED: 2}
    assert [item.number for item in run.items()] == [0, 1]


def test_a_shard_is_plain_parquet_that_says_under_which_conditions_it_was_made(tmp_path):
    kept(tmp_path, (scored(waiting(0, "odd \udcff.dcm")), STAMP))
    (shard,) = tmp_path.rglob("*.parquet")
    table = pq.read_table(shard)
    (row,) = table.to_pylist()

    assert (row["status"], row["probability"], row["decision"]) == ("scored", 1 / 3, "NORMAL")
    assert row["path"].endswith("odd \\udcff.dcm")
    assert json.loads(table.schema.metadata[b"conditions"])["model_sha256"] == FACTS.sha256


def test_a_damaged_shard_is_told_and_not_passed_over(tmp_path):
    kept(tmp_path, (scored(waiting()), STAMP))
    (shard,) = tmp_path.rglob("*.parquet")
    shard.write_bytes(shard.read_bytes()[:-20])

    with pytest.raises(StoreError, match="cannot be read; remove it"):
        ShardedRun(tmp_path, CONDITIONS)


def test_shards_are_for_their_owners_eyes_only(tmp_path):
    kept(tmp_path / "shards", (scored(waiting()), STAMP))

    assert (tmp_path / "shards").stat().st_mode & 0o077 == 0


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").touch()

    with pytest.raises(StoreError, match="cannot be made"):
        ShardedRun(tmp_path / "file", CONDITIONS)


HERE = OperatingPoint(0.3, set_here(ThresholdRule(Aim.VALUE, 0.3)))


def test_films_come_back_decided_at_the_threshold_of_the_place_and_are_kept_at_the_cards(tmp_path):
    kept(tmp_path, (scored(waiting(), 0.4), STAMP))
    run = ShardedRun(tmp_path, CONDITIONS, HERE)
    run.add([waiting(), waiting(1, "b.dcm")])
    back = run.recall(waiting(), STAMP, lambda: None)
    assert (back.analysis.prediction.decision, back.analysis.prediction.point) == ("PNEUMONIA", HERE)
    run.save([(back, STAMP)])
    run.save([(scored(waiting(1, "b.dcm"), 0.35).at(HERE), STAMP)])

    assert [item.analysis.prediction.point for item in run.items()] == [HERE] * 2
    assert len(list(tmp_path.rglob("*.parquet"))) == 2, "what was recalled is not written again"
    assert [recall(tmp_path, waiting(0, name), STAMP).analysis.prediction.point for name in ("a.dcm", "b.dcm")] == [
        FACTS.point,
        FACTS.point,
    ]
