"""A batch over fakes of the cluster; with Ray itself it is run in tests/end_to_end."""

import os
from collections import Counter

import pytest
from helpers.fakes import FACTS, make_analysis, make_film, make_items

from radassist.cluster.conditions import conditions_of
from radassist.cluster.session import ClusterUnavailable, Resources
from radassist.domain.cancellation import Cancelled, CancelToken
from radassist.domain.precision import Precision
from radassist.domain.study import FilmSource
from radassist.domain.threshold_rule import OperatingPoint
from radassist.domain.worklist import ItemState, WorklistItem
from radassist.workflow.batch import BatchFinished, EndedEvent, FilmsLost
from radassist.workflow.outcome import conclude
from radassist.workflow.resume import Reuse

pytest.importorskip("pyarrow", reason="needs the extra 'cluster'")

from radassist.cluster.run import decided_at, device_for, gathered, run_sharded
from radassist.cluster.shards import ShardedRun

LONG_AGO = 1_700_000_000


@pytest.fixture
def items(tmp_path):
    """Seven files that have not changed for long."""
    paths = [tmp_path / f"{number}.dcm" for number in range(7)]
    for path in paths:
        path.write_text(path.name)
        os.utime(path, (LONG_AGO, LONG_AGO))
    return [WorklistItem(number, FilmSource(path)) for number, path in enumerate(paths)]


class Cluster:
    """Ends films in groups of `group`, backwards; cancels `cancel` after `groups` of them."""

    def __init__(self, group=2, cancel=None, groups=99):
        self.asked, self.group, self.cancel, self.groups = [], group, cancel, groups

    def __call__(self, items):
        self.asked += [item.number for item in items]
        waiting = list(items)
        while waiting:
            if not self.groups:
                self.cancel.cancel()
                raise Cancelled
            self.groups -= 1
            yield []
            yield [self._ended(waiting.pop()) for _ in range(min(self.group, len(waiting)))]

    def _ended(self, item):
        film = make_film(item.source.name)
        return conclude(item.started(), make_analysis(film), film)


def run(items, folder, cluster, **options):
    sharded = ShardedRun(folder, conditions_of(FACTS, Precision.FLOAT32))
    events = run_sharded(items, sharded, cluster, **({"cancel": CancelToken()} | options))
    return events, sharded


def test_every_film_ends_once_and_is_in_a_shard(items, tmp_path):
    events, sharded = run(items, tmp_path / "shards", Cluster())
    told = list(events)

    assert Counter(event.item.number for event in told if isinstance(event, EndedEvent)) == Counter(range(7))
    assert isinstance(told[-1], BatchFinished)
    assert told[-1].summary.scored == 7
    assert sharded.counts() == {ItemState.SCORED: 7}


def test_a_second_run_asks_the_cluster_for_nothing(items, tmp_path):
    list(run(items, tmp_path / "shards", Cluster())[0])
    again = Cluster()
    told = list(run(items, tmp_path / "shards", again)[0])

    assert again.asked == []
    assert told[-1].summary.recalled == 7


def test_restart_asks_for_every_film_again(items, tmp_path):
    list(run(items, tmp_path / "shards", Cluster())[0])
    again = Cluster()
    told = list(run(items, tmp_path / "shards", again, reuse=Reuse.NOTHING)[0])

    assert again.asked == list(range(7))
    assert told[-1].summary.scored == 7


def test_a_run_that_was_stopped_goes_on_with_nothing_lost_and_nothing_doubled(items, tmp_path):
    cancel = CancelToken()
    events, first = run(items, tmp_path / "shards", Cluster(cancel=cancel, groups=2), cancel=cancel)
    with pytest.raises(Cancelled):
        list(events)
    assert first.counts()[ItemState.SCORED] == 4

    rest = Cluster()
    told = list(run(items, tmp_path / "shards", rest)[0])

    assert sorted(rest.asked) == [0, 1, 2]
    assert Counter(event.item.number for event in told if isinstance(event, EndedEvent)) == Counter(range(7))


def test_a_result_is_in_a_shard_before_it_is_told(items, tmp_path):
    events, sharded = run(items, tmp_path / "shards", Cluster())

    for event in events:
        if isinstance(event, EndedEvent):
            states = {item.number: item.state for item in sharded.items()}
            assert states[event.item.number] is ItemState.SCORED


def test_a_film_that_does_not_come_back_is_noticed(items, tmp_path):
    events, _ = run(items, tmp_path / "shards", lambda waiting: Cluster()(waiting[:-1]))

    with pytest.raises(FilmsLost):
        list(events)


def test_groups_are_joined_until_they_are_large_enough():
    films = make_items(*"abcdefg")
    groups = ([film] for film in films)

    assert [len(group) for group in gathered(groups, films=3)] == [3, 3, 1]


def test_a_group_does_not_wait_for_long():
    films = make_items(*"abc")
    groups = (group for group in ([films[0]], [], [films[1], films[2]]))

    assert [len(group) for group in gathered(groups, films=3, seconds=0)] == [1, 2]


@pytest.mark.parametrize(
    ("wanted", "cards", "device"), [("auto", 0, "cpu"), ("auto", 2, "cuda"), ("cpu", 2, "cpu"), ("cuda", 1, "cuda")]
)
def test_films_are_scored_on_cards_where_there_are_any(wanted, cards, device):
    assert device_for(wanted, Resources(4, cards, 1)) == device


def test_a_cluster_without_cards_says_so():
    with pytest.raises(ClusterUnavailable, match="no device 'cuda'"):
        device_for("cuda", Resources(4, 0, 1))


def test_films_that_a_cluster_scored_are_decided_at_the_threshold_of_the_place(items):
    groups = list(decided_at(OperatingPoint(0.9), Cluster())(items))

    assert {item.analysis.prediction.threshold for group in groups for item in group} == {0.9}
    assert sum(map(len, groups)) == len(items)
