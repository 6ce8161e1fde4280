"""The batch that forgets nothing, over a real store and fakes for decoders and model."""

import os
from contextlib import closing, suppress
from dataclasses import replace
from functools import partial
from threading import Event

import pytest
from helpers.fakes import FACTS, FakeLoader, FakePredictor, make_analysis, make_film, make_services

from radassist.domain.cancellation import Cancelled, CancelToken
from radassist.domain.errors import DecodeError, StoreError
from radassist.domain.study import FilmSource
from radassist.domain.threshold_rule import OperatingPoint
from radassist.domain.worklist import FINAL_STATES, ItemState, WorklistItem
from radassist.store.database import Database
from radassist.store.results import ResultStore, RunKind
from radassist.workflow.batch import BatchFinished, FilmsLost, ItemFailed, ItemScored, PauseGate
from radassist.workflow.inference_thread import InferenceThread
from radassist.workflow.resume import ModelAwaited, ResultsUnsaved, Reuse, run_kept

LONG_AGO = 1_700_000_000


@pytest.fixture
def store(tmp_path):
    with closing(ResultStore(Database(tmp_path / "home" / "results.sqlite"), "1.0")) as store:
        yield store


@pytest.fixture
def films(tmp_path):
    """Ten files, each of a size of its own and long unchanged."""
    items = []
    for number in range(10):
        path = tmp_path / f"{number}.dcm"
        path.write_bytes(b"x" * (100 + number))
        os.utime(path, (LONG_AGO, LONG_AGO))
        items.append(WorklistItem(number, FilmSource(path)))
    return items


class Run:
    """One batch over `store`, and what it asked of decoders and model."""

    def __init__(self, store, *, loader=None, predictor=None, reuse=Reuse.ALL, gate=None, begin=None, ready=None):
        self.loader, self.predictor, self.cancel = loader or FakeLoader(), predictor or FakePredictor(), CancelToken()
        services = make_services(self.loader, self.predictor, batch_size=4)
        self._services = replace(services, begin_run=begin or partial(self._begin, store), model_ready=ready)
        self._gate, self._reuse = gate, reuse
        self.stored = None

    def _begin(self, store, facts):
        self.stored = store.begin(facts, RunKind.COMMAND)
        return self.stored

    def events(self, items, ended=()):
        return run_kept(items, self._services, cancel=self.cancel, gate=self._gate, reuse=self._reuse, ended=ended)

    def to_end(self, items):
        *_, last = self.events(items)
        assert isinstance(last, BatchFinished)
        return last.summary


def test_a_second_run_scores_nothing_and_has_the_same_results(store, films):
    first, second = Run(store), Run(store)

    first.to_end(films)
    summary = second.to_end(films)

    assert (summary.found, summary.scored, summary.recalled) == (10, 10, 10)
    assert second.loader.submitted == []
    answers = [
        [(item.source, item.film_sha256, item.analysis.prediction, item.analysis.provenance) for item in run.items()]
        for run in (first.stored, second.stored)
    ]
    assert answers[0] == answers[1]


class OtherModel(FakePredictor):
    """Another model than `FACTS` tells of, with an input of another size."""

    facts = replace(FACTS, model="other", sha256="ff" * 32)

    def predict(self, films, *, with_blocks):
        return [
            replace(answer, provenance=replace(answer.provenance, model="other", model_sha256="ff" * 32))
            for answer in super().predict(films, with_blocks=with_blocks)
        ]


@pytest.fixture
def between_models():
    """The one inference thread while its first model gives way to another, and what lets that one come."""
    may_load, thread = Event(), InferenceThread(FakePredictor)
    thread.facts  # noqa: B018  (waits for the first)
    thread.change(lambda: may_load.wait(60) and OtherModel())
    yield thread, may_load
    may_load.set()
    thread.close()


def test_a_batch_begun_between_two_models_waits_for_the_second_and_says_so(films, store, between_models):
    thread, may_load = between_models
    run = Run(store, predictor=thread, ready=thread.ready)
    events = run.events(films)

    assert next(events) == ModelAwaited()
    may_load.set()
    *_, last = events
    assert last.summary.scored == len(films)
    assert {item.analysis.provenance.model for item in run.stored.items()} == {"other"}


def test_a_batch_that_waits_for_its_model_can_be_cancelled(films, store, between_models):
    thread, _ = between_models
    run = Run(store, predictor=thread, ready=thread.ready)
    events = run.events(films)

    assert next(events) == ModelAwaited()
    run.cancel.cancel()
    with pytest.raises(Cancelled):
        next(events)
    assert run.stored is None and run.loader.submitted == []


def test_nothing_is_said_of_a_model_that_is_there(films, store):
    thread = InferenceThread(FakePredictor)
    thread.facts  # noqa: B018
    events = list(Run(store, predictor=thread, ready=thread.ready).events(films))
    thread.close()
    assert ModelAwaited() not in events


def test_restart_scores_every_film_again(store, films):
    Run(store).to_end(films)

    again = Run(store, reuse=Reuse.NOTHING)
    again.to_end(films)

    assert len(again.loader.submitted) == 10


def test_films_that_end_together_are_kept_together_before_any_of_them_is_told(store, films):
    saved = []

    class Counting:
        def __init__(self, run):
            self._run = run

        def __getattr__(self, name):
            return getattr(self._run, name)

        def save(self, ended):
            self._run.save(ended)
            saved.append([item.number for item, _ in ended])

    told = []
    for event in Run(store, begin=lambda facts: Counting(store.begin(facts, RunKind.COMMAND))).events(films):
        if isinstance(event, ItemScored):
            told.append(event.item.number)
            assert event.item.number in saved[-1]

    assert told == [number for batch in saved for number in batch]
    assert [len(batch) for batch in saved] == [4, 4, 2]


@pytest.mark.parametrize("asked", range(10))
def test_a_run_stopped_anywhere_goes_on_with_nothing_lost_and_nothing_doubled(store, films, asked):
    first = Run(store)
    events = first.events(films)
    told = [item.number for item in _ended(events, at_most=asked)]
    events.close()

    second = Run(store)
    summary = second.to_end(films)

    assert (summary.found, summary.scored) == (10, 10)
    assert summary.recalled >= len(told)
    assert [item.state for item in second.stored.items()] == [ItemState.SCORED] * 10
    assert set(second.loader.submitted).isdisjoint(films[number].source.name for number in told)


def _ended(events, at_most):
    found = []
    while len(found) < at_most:
        event = next(events)
        if isinstance(event, ItemScored):
            found.append(event.item)
    return found


def test_a_result_is_on_the_disk_before_it_is_told(store, films):
    run = Run(store)

    for event in run.events(films):
        if isinstance(event, ItemScored):
            states = {item.number: item.state for item in run.stored.items()}
            assert states[event.item.number] is ItemState.SCORED


def test_a_changed_film_is_scored_again(store, films):
    Run(store).to_end(films)
    films[3].source.path.write_bytes(b"another film")

    second = Run(store)
    second.to_end(films)

    assert second.loader.submitted == ["3.dcm"]


def test_a_film_of_another_model_is_scored_again(store, films):
    class Other(FakePredictor):
        facts = replace(FACTS, sha256="cd" * 32)

    Run(store).to_end(films)

    second = Run(store, predictor=Other())
    list(second.events(films))

    assert len(second.loader.submitted) == 10


def test_failed_films_stay_failed_until_they_are_to_be_retried(store, films):
    bad = FakeLoader({"3.dcm": DecodeError("3.dcm is cut short.")})
    assert Run(store, loader=bad).to_end(films).failed == 1

    kept, retried = Run(store), Run(store, reuse=Reuse.NOT_FAILED)

    assert kept.to_end(films).failed == 1
    assert retried.to_end(films).scored == 10
    assert (kept.loader.submitted, retried.loader.submitted) == ([], ["3.dcm"])


def test_a_film_that_was_not_there_is_tried_again_by_itself(store, films, tmp_path):
    gone = WorklistItem(0, FilmSource(tmp_path / "gone.dcm"))
    missing = FakeLoader({"gone.dcm": DecodeError("gone.dcm is no longer there.")})
    assert Run(store, loader=missing).to_end([gone]).failed == 1

    gone.source.path.write_bytes(b"back")

    assert Run(store).to_end([gone]).scored == 1


def test_cancelling_keeps_what_has_ended(store, films):
    first = Run(store)
    first.predictor.before_predict = first.cancel.cancel
    with pytest.raises(Cancelled):
        first.to_end(films)
    done = sum(item.state in FINAL_STATES for item in first.stored.items())

    summary = Run(store).to_end(films)

    assert done == 4
    assert summary.recalled == done


class FullDisk:
    """A run that cannot be written down for a while."""

    def __init__(self, run, times):
        self._run, self.times = run, times

    def __getattr__(self, name):
        return getattr(self._run, name)

    def save(self, ended):
        if self.times:
            self.times -= 1
            raise StoreError("The results cannot be kept: the disk is full.")
        self._run.save(ended)


def test_a_full_disk_ends_a_batch_that_nobody_watches_and_keeps_what_was_told(store, films):
    run = Run(store, begin=lambda facts: FullDisk(store.begin(facts, RunKind.COMMAND), times=1))

    with pytest.raises(StoreError, match="disk is full"):
        run.to_end(films)

    assert Run(store).to_end(films).scored == 10


def test_a_full_disk_pauses_a_queue_and_nothing_is_lost_when_it_goes_on(store, films):
    gate = PauseGate()
    run = Run(store, gate=gate, begin=lambda facts: FullDisk(store.begin(facts, RunKind.COMMAND), times=2))

    problems, ended = [], []
    for event in run.events(films):
        if isinstance(event, ResultsUnsaved):
            assert gate.is_paused
            problems.append(str(event.error))
            gate.resume()
        elif isinstance(event, ItemScored):
            ended.append(event.item.number)

    assert len(problems) == 2
    assert sorted(ended) == list(range(10))
    assert len(run.predictor.calls) == 3


def test_a_queue_paused_by_a_full_disk_can_be_cancelled(store, films):
    run = Run(store, gate=PauseGate(), begin=lambda facts: FullDisk(store.begin(facts, RunKind.COMMAND), times=99))

    with suppress(Cancelled):
        for event in run.events(films):
            if isinstance(event, ResultsUnsaved):
                run.cancel.cancel()

    assert Run(store).to_end(films).scored == 10


def test_an_answer_of_another_model_than_the_run_began_with_is_no_score(store, films):
    film = make_film("3.dcm")
    analysis = make_analysis(film)
    swapped = replace(analysis, provenance=replace(analysis.provenance, model_sha256="cd" * 32))
    run = Run(store, predictor=FakePredictor(answers={film.facts.sha256: swapped}))

    failed = [event.item for event in run.events(films) if isinstance(event, ItemFailed)]

    assert [item.number for item in failed] == [3]
    assert "another model" in failed[0].reason
    assert run.stored.counts() == {ItemState.SCORED: 9, ItemState.FAILED: 1}


def test_an_answer_is_decided_at_the_threshold_the_run_began_with(store, films):
    film = make_film("3.dcm")
    elsewhere = make_analysis(film, probability=0.6).at(OperatingPoint(0.9, "set here: threshold=0.9"))
    late = FakePredictor()
    late.predict = lambda films, with_blocks: [elsewhere for _ in films]
    run = Run(store, predictor=late)
    ended = [event.item for event in run.events([films[3]]) if isinstance(event, ItemScored)]

    assert [item.analysis.prediction.point for item in ended] == [FACTS.point]
    assert ended[0].analysis.prediction.decision == "PNEUMONIA"


def test_a_store_that_lost_a_result_is_a_bug_that_is_noticed(store, films):
    class Forgetful(FullDisk):
        def save(self, ended):
            self._run.save(ended[1:])

    with pytest.raises(FilmsLost):
        Run(store, begin=lambda facts: Forgetful(store.begin(facts, RunKind.COMMAND), 0)).to_end(films)


def test_films_that_had_ended_are_kept_beside_the_others_and_not_counted(store, films):
    done = films[0].started().failed("0.dcm is cut short.")
    run = Run(store)

    *_, last = run.events(films[1:], ended=[done])

    assert (last.summary.found, last.summary.scored) == (9, 9)
    assert run.stored.counts() == {ItemState.FAILED: 1, ItemState.SCORED: 9}


def test_answers_of_the_model_before_are_not_kept_as_answers_of_this_one(store, films):
    answer = make_analysis(make_film("0.dcm"))
    other = replace(answer, provenance=replace(answer.provenance, model_sha256="cd" * 32))
    run = Run(store)

    *_, last = run.events(films[1:], ended=[films[0].started().scored(other)])

    assert last.summary.scored == 9
    assert [item.number for item in run.stored.items()] == list(range(1, 10))


def test_without_a_store_it_is_the_plain_batch(films):
    *_, last = run_kept(films, make_services(), cancel=CancelToken())

    assert last.summary.scored == 10
