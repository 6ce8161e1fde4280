import time

import pytest
from helpers.fakes import make_items

from radassist.domain.cancellation import Cancelled, CancelToken
from radassist.domain.errors import ModelUnavailable, UserError

pytest.importorskip("pyarrow", reason="needs the extra 'cluster'")

from radassist.cluster import pipeline
from radassist.cluster.pipeline import FilmsDoubled, films_a_task, score_on_cluster
from radassist.cluster.rows import result_row, results_table
from radassist.cluster.session import Resources


class Results:
    """A dataset that gives these tables, then raises `error`."""

    def __init__(self, tables, error=None, seconds=0.0):
        self.tables, self.error, self.seconds = tables, error, seconds

    def iter_batches(self, **_):
        yield from self.tables
        time.sleep(self.seconds)
        if self.error:
            raise self.error


@pytest.fixture
def score(monkeypatch):
    """Scores items on a cluster that gives `results` back."""

    def score(items, results, cancel=None):
        monkeypatch.setattr(pipeline, "_dataset", lambda *_: results)
        groups = score_on_cluster(items, None, Resources(2, 0, 1), cancel or CancelToken())
        return [group for group in groups if group]

    return score


def table(*items):
    return results_table([result_row(item.started().failed("No.")) for item in items])


@pytest.mark.parametrize(("films", "cores", "size"), [(1, 8, 1), (62, 2, 8), (10_000, 2, 256), (1_000_000, 64, 256)])
def test_every_core_has_several_tasks_and_none_is_large(films, cores, size):
    assert films_a_task(films, cores) == size


def test_films_come_as_they_end(score):
    a, b, c = make_items("a", "b", "c")

    assert [[item.number for item in group] for group in score([a, b, c], Results([table(c), table(a, b)]))] == [
        [2],
        [0, 1],
    ]


def test_a_film_that_comes_back_twice_is_a_bug_that_is_noticed(score):
    (a,) = make_items("a")

    with pytest.raises(FilmsDoubled):
        score([a], Results([table(a), table(a)]))


def test_waiting_for_a_cluster_can_be_cancelled(score):
    cancel = CancelToken()
    cancel.cancel()

    with pytest.raises(Cancelled):
        score([], Results([], seconds=0.5), cancel)


def test_the_sentence_of_a_machine_that_cannot_do_it_is_told(score):
    class Wrapped(ModelUnavailable):
        cause = ModelUnavailable("There is no model 'x'.")

    with pytest.raises(UserError, match=r"^There is no model .x.\.$"):
        score([], Results([], error=Wrapped("a traceback")))


def test_any_other_error_stays_a_bug(score):
    with pytest.raises(ZeroDivisionError):
        score([], Results([], error=ZeroDivisionError()))
