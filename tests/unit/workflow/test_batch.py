"""The batch: every film ends once, and one bad film is one row."""

import logging
from dataclasses import replace
from threading import Thread

import pytest
from helpers.fakes import FakeLoader, FakePredictor, make_analysis, make_film, make_items, make_services

from radassist.domain.cancellation import Cancelled, CancelToken
from radassist.domain.errors import DecodeError, ModelUnavailable, RefusedImage, UnsupportedImage
from radassist.domain.worklist import ItemState
from radassist.workflow.batch import (
    BatchFinished,
    BatchSummary,
    FilmsLost,
    ItemPutBack,
    ItemScored,
    ItemStarted,
    PauseGate,
    run_batch,
)
from radassist.workflow.services import Services


def digest(name: str) -> str:
    return make_film(name).facts.sha256


def run(names, loader=None, predictor=None, **options):
    services = make_services(loader, predictor, **options)
    events = list(run_batch(make_items(*names), services, cancel=CancelToken()))
    assert isinstance(events[-1], BatchFinished)
    ended = {e.item.source.name: e.item for e in events[:-1] if not isinstance(e, ItemStarted)}
    return ended, events[-1].summary


def test_every_film_is_scored_with_its_own_answer():
    names = [f"film{number}" for number in range(11)]

    ended, summary = run(names)

    assert (summary.found, summary.scored) == (11, 11)
    for name in names:
        assert ended[name].analysis.prediction == make_analysis(make_film(name)).prediction


def test_films_are_scored_in_batches_and_the_rest_in_a_smaller_one():
    predictor = FakePredictor()

    run([f"film{number}" for number in range(10)], predictor=predictor, batch_size=4)

    assert predictor.calls == [4, 4, 2]


def test_refused_and_failed_films_do_not_stop_the_others():
    loader = FakeLoader({"damaged": DecodeError("damaged is cut short."), "video": UnsupportedImage("A video.")})
    predictor = FakePredictor(answers={digest("hand"): RefusedImage("This is no chest film.")})

    ended, summary = run(["damaged", "good", "video", "hand"], loader, predictor)

    assert {name: item.state for name, item in ended.items()} == {
        "damaged": ItemState.FAILED,
        "good": ItemState.SCORED,
        "video": ItemState.REFUSED,
        "hand": ItemState.REFUSED,
    }
    assert (summary.found, summary.scored, summary.refused, summary.failed) == (4, 1, 2, 1)


def test_a_film_that_makes_its_batch_raise_fails_alone(caplog):
    predictor = FakePredictor(poison={digest("bad"): ZeroDivisionError("JOHN DOE")})

    with caplog.at_level(logging.ERROR):
        ended, summary = run(["a", "bad", "b", "c"], predictor=predictor)

    assert summary.scored == 3
    assert "internal error (ZeroDivisionError)" in ended["bad"].reason
    assert "JOHN DOE" not in ended["bad"].reason
    assert len(caplog.records) == 1


def test_a_film_that_cannot_be_prepared_fails_alone():
    undrawable = replace(make_film("bad"), windows=())

    _, summary = run(["bad", "good"], FakeLoader({"bad": undrawable}))

    assert (summary.scored, summary.failed) == (1, 1)


def test_a_model_that_answers_for_too_few_films_scores_none_of_them():
    class Forgetful(FakePredictor):
        def predict(self, films, *, with_blocks):
            return super().predict(films, with_blocks=with_blocks)[:-1]

    _, summary = run(["a", "b", "c"], predictor=Forgetful())

    assert (summary.scored, summary.failed) == (0, 3)


def test_answers_that_were_mixed_up_are_never_shown_as_right():
    class MixedUp(FakePredictor):
        def predict(self, films, *, with_blocks):
            return super().predict(films, with_blocks=with_blocks)[::-1]

    ended, _ = run(["a", "b"], predictor=MixedUp())

    for name, item in ended.items():
        assert item.analysis is None or item.analysis.film_sha256 == digest(name)


def test_a_batch_of_no_films_finishes_at_once():
    ended, summary = run([])

    assert ended == {}
    assert summary.found == 0


def test_a_model_that_cannot_be_loaded_ends_the_batch_before_it_begins():
    def make_predictor():
        raise ModelUnavailable("There is no model 'x'.")

    services = Services(discover=None, loader=FakeLoader(), make_predictor=make_predictor)

    with pytest.raises(ModelUnavailable):
        next(run_batch(make_items("a"), services, cancel=CancelToken()))


def test_a_film_may_be_scored_again():
    scored = run(["a"])[0]["a"]

    events = list(run_batch([scored], make_services(), cancel=CancelToken()))

    assert isinstance(events[1], ItemScored)


def test_cancelling_puts_running_films_back_and_leaves_the_others_waiting():
    loader = FakeLoader(held=frozenset({"c", "d"}))
    cancel = CancelToken()
    scored, put_back = [], []
    steps = run_batch(make_items("a", "b", "c", "d"), make_services(loader, batch_size=2), cancel=cancel)

    with pytest.raises(Cancelled):
        for event in steps:
            if isinstance(event, ItemScored):
                scored.append(event.item.source.name)
                cancel.cancel()
            elif isinstance(event, ItemPutBack):
                put_back.append(event.item)

    assert sorted(scored) == ["a", "b"]
    assert {(item.source.name, item.state) for item in put_back} == {
        ("c", ItemState.WAITING),
        ("d", ItemState.WAITING),
    }


def test_closing_the_generator_gives_up_what_has_not_begun():
    loader = FakeLoader(held=frozenset({"a", "b"}))
    steps = run_batch(make_items("a", "b"), make_services(loader), cancel=CancelToken())
    next(steps)

    steps.close()

    assert loader._open["a"].cancelled()


def test_a_closed_inference_thread_cancels_the_batch_and_fails_no_film():
    def closed():
        raise Cancelled

    steps = run_batch(
        make_items("a"), make_services(predictor=FakePredictor(before_predict=closed)), cancel=CancelToken()
    )

    with pytest.raises(Cancelled):
        list(steps)


def test_a_paused_batch_begins_nothing_until_it_is_resumed():
    loader, gate, events = FakeLoader(), PauseGate(), []
    gate.pause()
    steps = run_batch(make_items("a"), make_services(loader), cancel=CancelToken(), gate=gate)
    thread = Thread(target=lambda: events.extend(steps))
    thread.start()
    thread.join(0.2)
    assert gate.is_paused
    assert loader.submitted == []

    gate.resume()
    thread.join(5)

    assert isinstance(events[-1], BatchFinished)


def test_a_paused_batch_can_be_cancelled():
    gate, cancel = PauseGate(), CancelToken()
    gate.pause()
    cancel.cancel()

    with pytest.raises(Cancelled):
        list(run_batch(make_items("a"), make_services(), cancel=cancel, gate=gate))


def test_a_summary_that_lost_a_film_cannot_be_made():
    with pytest.raises(FilmsLost):
        BatchSummary(found=3, scored=1, refused=1, failed=0, seconds=0.0)


def test_no_more_films_are_held_than_allowed_ahead():
    held = []

    class Watching(FakePredictor):
        def predict(self, films, *, with_blocks):
            held.append(len(loader.submitted) - sum(self.calls))
            return super().predict(films, with_blocks=with_blocks)

    loader = FakeLoader()
    services = make_services(loader, Watching(), batch_size=4)

    list(run_batch(make_items(*(f"film{n}" for n in range(100))), services, cancel=CancelToken()))

    assert max(held) <= services.films_ahead
