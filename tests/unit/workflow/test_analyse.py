"""The film on screen."""

from collections.abc import Iterator
from dataclasses import replace
from threading import Event, Semaphore, Timer

import pytest
from helpers.fakes import FACTS, FakeLoader, FakePredictor, make_analysis, make_film, make_services

from radassist.domain.cancellation import Cancelled, CancelToken
from radassist.domain.errors import DecodeError, ModelUnavailable, RefusedImage
from radassist.domain.study import FilmSource
from radassist.domain.worklist import ItemState
from radassist.imaging.stamps import stamp_of
from radassist.workflow.analyse import FilmLoaded, FilmRefused, FilmScored, analyse, analyse_film, load
from radassist.workflow.inference_thread import InferenceThread
from radassist.workflow.outcome import WrongFilm
from radassist.workflow.services import Services


@pytest.fixture
def source(tmp_path) -> FilmSource:
    return FilmSource(tmp_path / "a.dcm")


def test_the_film_comes_before_its_score(source):
    loaded, scored = analyse_film(source, make_services(), with_blocks=True)

    assert isinstance(loaded, FilmLoaded)
    assert isinstance(scored, FilmScored)
    assert scored.radiograph is loaded.radiograph
    assert scored.analysis.film_sha256 == loaded.radiograph.facts.sha256
    assert [feature_map.block.name for feature_map in scored.analysis.feature_maps] == ["block1", "block2"]


def test_block_maps_are_made_only_when_wanted(source):
    *_, scored = analyse_film(source, make_services(), with_blocks=False)

    assert scored.analysis.feature_maps == ()


def test_a_damaged_file_is_refused_without_a_film(source):
    loader = FakeLoader({"a.dcm": DecodeError("a.dcm is cut short.")})

    (refused,) = analyse_film(source, make_services(loader), with_blocks=True)

    assert isinstance(refused, FilmRefused)
    assert (str(refused.problem), refused.radiograph) == ("a.dcm is cut short.", None)


def test_a_film_that_may_not_be_scored_is_shown_all_the_same(source):
    film = make_film("a.dcm")
    predictor = FakePredictor(answers={film.facts.sha256: RefusedImage("This is no chest film.")})

    loaded, refused = analyse_film(source, make_services(predictor=predictor), with_blocks=True)

    assert isinstance(loaded, FilmLoaded)
    assert refused.radiograph is loaded.radiograph


def kept_by(loader, predictor, source):
    """What was kept of the film at `source` before each event."""
    kept = []
    services = replace(
        make_services(loader, predictor), keep=lambda item, stamp, facts: kept.append((item.state, stamp, facts))
    )
    return [(type(event), tuple(kept)) for event in analyse_film(source, services, with_blocks=False)]


def test_what_the_model_says_is_kept_before_it_is_told(source):
    source.path.write_bytes(b"film")
    refusing = FakePredictor(answers={make_film("a.dcm").facts.sha256: RefusedImage("This is no chest film.")})

    loaded, scored = kept_by(FakeLoader(), FakePredictor(), source)
    *_, refused = kept_by(FakeLoader(), refusing, source)

    assert loaded == (FilmLoaded, ())
    assert scored == (FilmScored, ((ItemState.SCORED, stamp_of(source), FACTS),))
    assert refused == (FilmRefused, ((ItemState.REFUSED, stamp_of(source), FACTS),))


def test_a_file_that_is_no_film_waits_for_no_model_to_be_kept_under(source):
    loader = FakeLoader({"a.dcm": DecodeError("a.dcm is cut short.")})

    assert kept_by(loader, FakePredictor(), source) == [(FilmRefused, ())]


def test_a_missing_model_is_no_fault_of_the_film(source):
    def make_predictor():
        raise ModelUnavailable("There is no model 'x'.")

    services = Services(discover=None, loader=FakeLoader(), make_predictor=make_predictor)
    steps = analyse_film(source, services, with_blocks=True)

    assert isinstance(next(steps), FilmLoaded)
    with pytest.raises(ModelUnavailable):
        next(steps)


def test_an_answer_for_another_film_is_never_shown():
    film, other = make_film("a"), make_film("b")
    predictor = FakePredictor(answers={film.facts.sha256: make_analysis(other)})

    with pytest.raises(WrongFilm):
        analyse(film, make_services(predictor=predictor))


def test_a_film_nobody_waits_for_any_more_is_given_up(source):
    loader, cancel = FakeLoader(held=frozenset({"a.dcm"})), CancelToken()
    timer = Timer(0.05, cancel.cancel)
    timer.start()

    with pytest.raises(Cancelled):
        load(source, make_services(loader), cancel=cancel)

    timer.join()
    assert loader._open["a.dcm"].cancelled()


def test_a_film_that_is_left_before_its_score_is_not_scored(source):
    cancel, predictor = CancelToken(), FakePredictor()
    steps = analyse_film(source, make_services(predictor=predictor), with_blocks=True, cancel=cancel)
    next(steps)
    cancel.cancel()

    with pytest.raises(Cancelled):
        next(steps)
    assert predictor.calls == []


def test_a_loader_closed_meanwhile_is_no_fault_of_the_film(source):
    loader = FakeLoader({"a.dcm": Cancelled()})

    with pytest.raises(Cancelled):
        list(analyse_film(source, make_services(loader), with_blocks=True))


@pytest.fixture
def gate() -> Iterator[Event]:
    """Closed during the test, open after it, so that no thread is left."""
    gate = Event()
    yield gate
    gate.set()


def given_up(source: FilmSource, thread: InferenceThread) -> None:
    """Leave the film at `source` once it is shown and waits for its score."""
    services = Services(discover=None, loader=FakeLoader(), make_predictor=lambda: thread.urgent)
    cancel = CancelToken()
    steps = analyse_film(source, services, with_blocks=True, cancel=cancel)
    assert isinstance(next(steps), FilmLoaded)
    Timer(0.05, cancel.cancel).start()
    with pytest.raises(Cancelled):
        next(steps)


def test_a_film_that_is_left_while_the_model_loads_is_given_up_at_once_and_never_scored(source, gate):
    predictor = FakePredictor()
    thread = InferenceThread(lambda: gate.wait() and predictor)

    given_up(source, thread)
    given_up(source, thread)
    gate.set()
    thread.predict([make_film()], with_blocks=False)

    assert predictor.calls == [1]
    assert thread.close()


def test_a_film_that_is_left_while_others_are_scored_is_given_up_at_once_and_never_scored(source, gate):
    entered = Semaphore(0)
    predictor = FakePredictor(before_predict=lambda: (entered.release(), gate.wait()))
    thread = InferenceThread(lambda: predictor)
    batch = thread.submit([make_film("b"), make_film("c")], with_blocks=False)
    entered.acquire()

    given_up(source, thread)
    gate.set()

    assert len(batch.result()) == 2
    assert thread.close()
    assert predictor.calls == [2]


def test_a_film_whose_score_is_being_computed_can_be_left(source, gate):
    thread = InferenceThread(lambda: FakePredictor(before_predict=gate.wait))

    given_up(source, thread)
    gate.set()

    assert thread.close()
