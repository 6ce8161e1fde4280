import gc
import logging
import sys
import threading
import time
import weakref
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtCore import QEventLoop, QTimer

from radassist.domain.cancellation import Cancelled, CancelToken
from radassist.domain.errors import DecodeError
from radassist.gui.jobs import Job, JobRunner, Lane

ENDS = ("succeeded", "failed", "cancelled")


class Diary:
    """Everything one job emitted, in order, and in which thread it was heard."""

    def __init__(self, job: Job) -> None:
        self.entries: list[tuple[str, object]] = []
        self.threads: set[int] = set()
        for name in ("stepped", "succeeded", "failed"):
            getattr(job, name).connect(lambda value, name=name: self._write(name, value))
        for name in ("cancelled", "finished"):
            getattr(job, name).connect(lambda name=name: self._write(name, None))

    def _write(self, name: str, value: object) -> None:
        self.entries.append((name, value))
        self.threads.add(threading.get_ident())

    @property
    def names(self) -> list[str]:
        return [name for name, _ in self.entries]

    @property
    def steps(self) -> list[object]:
        return [value for name, value in self.entries if name == "stepped"]


@pytest.fixture
def runner(qtbot) -> Iterator[JobRunner]:
    runner = JobRunner()
    yield runner
    assert runner.shutdown(), "a worker did not end"
    assert not worker_threads()


def worker_threads() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name.startswith("radassist-")]


def count_to(last: int):
    yield from range(last)
    return "done"


def spin(seconds: float) -> None:
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        pass


def run_to_end(qtbot, job: Job) -> Diary:
    diary = Diary(job)
    with qtbot.waitSignal(job.finished):
        pass
    return diary


def test_steps_arrive_in_order_then_the_result_then_finished(qtbot, runner):
    diary = run_to_end(qtbot, runner.start(count_to(3), lane=Lane.IO))
    assert diary.entries == [("stepped", 0), ("stepped", 1), ("stepped", 2), ("succeeded", "done"), ("finished", None)]


def test_the_operation_runs_in_a_worker_and_is_heard_in_the_gui_thread(qtbot, runner):
    def where():
        yield threading.current_thread().name

    diary = run_to_end(qtbot, runner.start(where(), lane=Lane.FILM))
    assert str(diary.steps[0]).startswith("radassist-film")
    assert diary.threads == {threading.get_ident()}


def test_a_callable_is_given_the_token_of_its_job(qtbot, runner):
    started = threading.Event()

    def until_cancelled(token: CancelToken):
        yield "begun"
        started.set()
        assert token.wait(60)
        token.raise_if_cancelled()

    job = runner.start(until_cancelled, lane=Lane.BATCH)
    diary = Diary(job)
    assert started.wait(60)
    with qtbot.waitSignal(job.finished):
        job.cancel()
    assert diary.names == ["stepped", "cancelled", "finished"]


@pytest.mark.parametrize("error", [DecodeError("a.dcm is cut short."), ZeroDivisionError("a bug"), SystemExit(1)])
def test_whatever_ends_an_operation_reaches_failed_as_it_was_raised(qtbot, runner, error):
    def broken():
        yield 1
        raise error

    diary = run_to_end(qtbot, runner.start(broken(), lane=Lane.IO))
    assert diary.entries == [("stepped", 1), ("failed", error), ("finished", None)]


def test_cancelling_closes_the_generator_in_its_worker_so_that_with_blocks_run(qtbot, runner):
    left_in: list[str] = []

    @contextmanager
    def resource():
        try:
            yield
        finally:
            left_in.append(threading.current_thread().name)

    def endless():
        with resource():
            while True:
                yield

    steps = endless()
    job = runner.start(steps, lane=Lane.FILM)
    job.stepped.connect(lambda _: job.cancel())
    diary = run_to_end(qtbot, job)
    assert diary.names[-2:] == ["cancelled", "finished"]
    assert len(left_in) == 1
    assert left_in[0].startswith("radassist-film")


def test_an_operation_that_ends_before_it_notices_the_cancel_has_succeeded(qtbot, runner):
    begun, release = threading.Event(), threading.Event()

    def deaf():
        yield from ()
        begun.set()
        assert release.wait(60)
        return "written"

    job = runner.start(deaf(), lane=Lane.IO)
    assert begun.wait(60)
    job.cancel()
    release.set()
    diary = run_to_end(qtbot, job)
    assert diary.names == ["succeeded", "finished"]


def test_a_job_cancelled_while_it_waits_never_runs(qtbot, runner):
    release, ran = threading.Event(), []

    def blocking():
        assert release.wait(60)
        yield

    def never():
        ran.append(1)
        yield

    runner.start(blocking(), lane=Lane.BATCH)
    waiting = runner.start(never(), lane=Lane.BATCH)
    waiting.cancel()
    release.set()
    diary = run_to_end(qtbot, waiting)
    assert (diary.names, ran) == (["cancelled", "finished"], [])


@pytest.mark.parametrize(
    ("error", "end"), [(None, "succeeded"), (ValueError(), "failed"), (Cancelled(), "cancelled")], ids=ENDS
)
def test_a_job_ends_exactly_once(qtbot, runner, error, end):
    def ending():
        yield 1
        if error:
            raise error

    diary = run_to_end(qtbot, runner.start(ending(), lane=Lane.IO))
    runner.shutdown()
    assert [name for name in diary.names if name in ENDS] == [end]
    assert diary.names.count("finished") == 1
    assert diary.names[-1] == "finished"


def test_a_job_lives_until_it_finished_even_if_nobody_keeps_it(qtbot, runner):
    heard: list[object] = []
    runner.start(count_to(2), lane=Lane.IO).succeeded.connect(heard.append)
    gc.collect()
    qtbot.waitUntil(lambda: heard == ["done"])


def test_lanes_do_not_wait_for_each_other(qtbot, runner):
    release = threading.Event()

    def blocking():
        assert release.wait(60)
        yield

    blocked = runner.start(blocking(), lane=Lane.BATCH)
    run_to_end(qtbot, runner.start(count_to(1), lane=Lane.FILM))
    with qtbot.waitSignal(blocked.finished):
        release.set()


def test_an_iterator_that_is_no_generator_will_do(qtbot, runner):
    diary = run_to_end(qtbot, runner.start(iter("ab"), lane=Lane.IO))
    assert diary.entries == [("stepped", "a"), ("stepped", "b"), ("succeeded", None), ("finished", None)]


def test_the_event_loop_turns_while_thousands_of_steps_are_delivered(qtbot, runner):
    delivered_at_turn: set[int] = set()
    job = runner.start(count_to(4000), lane=Lane.IO)
    job.stepped.connect(lambda _: spin(0.00005))
    diary = Diary(job)
    timer = QTimer(interval=0)
    timer.timeout.connect(lambda: delivered_at_turn.add(len(diary.entries)))
    timer.start()
    with qtbot.waitSignal(job.finished):
        pass
    timer.stop()
    assert diary.steps == list(range(4000))
    assert len(delivered_at_turn) >= 10


def test_a_runner_without_news_does_not_poll(qtbot, runner):
    run_to_end(qtbot, runner.start(count_to(5), lane=Lane.IO))
    timer = runner.findChild(QTimer)
    qtbot.waitUntil(lambda: not timer.isActive(), timeout=500)


def test_news_goes_on_while_a_slot_runs_a_dialog_of_its_own(qtbot, runner):
    job = runner.start(count_to(50), lane=Lane.IO)
    loop = QEventLoop()
    job.finished.connect(loop.quit)
    answers: list[int] = []
    job.stepped.connect(lambda step: answers.append(loop.exec()) if step == 0 else None)
    run_to_end(qtbot, job)
    assert answers == [0]


def test_shutdown_delivers_what_was_made_and_leaves_no_thread(qtbot):
    runner = JobRunner()
    made = threading.Event()

    def steps():
        yield from range(100)
        made.set()

    diary = Diary(runner.start(steps(), lane=Lane.IO))
    assert made.wait(60)
    assert diary.entries == []
    assert runner.shutdown()
    assert diary.steps == list(range(100))
    assert diary.names[-1] == "finished"
    assert not worker_threads()


def test_shutdown_ends_running_and_waiting_jobs(qtbot):
    runner = JobRunner()

    def endless(token: CancelToken):
        while not token.wait(0.01):
            yield

    diaries = [Diary(runner.start(endless, lane=lane)) for lane in Lane for _ in range(4)]
    assert runner.shutdown()
    assert all(diary.names[-1] == "finished" for diary in diaries)
    assert not worker_threads()


def test_shutdown_does_not_wait_longer_than_asked_and_says_so(qtbot):
    runner, release = JobRunner(), threading.Event()

    def deaf():
        release.wait(60)
        yield "too late"

    diary = Diary(runner.start(deaf(), lane=Lane.IO))
    workers = [thread for thread in threading.enumerate() if thread.name.startswith("radassist-")]
    assert not runner.shutdown(seconds=0.05)
    assert diary.names == ["cancelled", "finished"]
    assert not runner.shutdown(seconds=0.05)
    release.set()
    for worker in workers:
        worker.join(5)
    assert runner.shutdown()
    assert diary.names == ["cancelled", "finished"]


def test_a_job_started_after_shutdown_is_cancelled_without_running(qtbot):
    runner, ran = JobRunner(), []
    runner.shutdown()
    job = runner.start((ran.append(n) for n in range(3)), lane=Lane.IO)
    diary = run_to_end(qtbot, job)
    assert (diary.names, ran) == (["cancelled", "finished"], [])


def test_the_worker_keeps_nothing_of_an_error_alive(qtbot, runner):
    class Film:
        pass

    films: weakref.WeakSet[Film] = weakref.WeakSet()

    def broken():
        film = Film()
        films.add(film)
        yield 1
        raise ValueError(film is None)

    assert not gc.isenabled()  # no cycle is cleared up meanwhile
    with qtbot.waitSignal(runner.start(broken(), lane=Lane.IO).finished):
        pass
    qtbot.waitUntil(lambda: not films)


def test_emitting_takes_no_reference_away_from_true(qtbot):
    job = Job(CancelToken())
    job.stepped.connect(lambda _: None)
    job.finished.connect(lambda: None)
    before = sys.getrefcount(True)
    for step in range(50):
        job.stepped.emit(step)
        job.finished.emit()
    assert sys.getrefcount(True) > before - 25


def test_a_bug_that_ends_a_job_is_logged_once_without_what_it_says_and_a_sentence_for_the_user_is_not(
    qtbot, runner, caplog
):
    def broken():
        yield from ()
        raise TypeError("ZZCANARY")

    def refused():
        yield from ()
        raise DecodeError("The film is damaged.")

    with caplog.at_level(logging.ERROR):
        run_to_end(qtbot, runner.start(broken(), lane=Lane.IO))
        run_to_end(qtbot, runner.start(refused(), lane=Lane.IO))
    (record,) = caplog.records
    assert "TypeError" in record.message and "test_jobs" in record.message
    assert "ZZCANARY" not in caplog.text
