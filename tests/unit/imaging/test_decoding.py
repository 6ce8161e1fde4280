"""The pool with real children and a reader that misbehaves on request."""

import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers.dicom_factory import film_bytes, phantom, to_bytes
from helpers.dicom_results import scored_film

from radassist.domain.cancellation import Cancelled
from radassist.domain.dicom_results import ReaderView
from radassist.domain.errors import DecodeError, UnsupportedImage
from radassist.domain.radiograph import VoiFunction, Window
from radassist.domain.study import FilmSource, Identity
from radassist.export.dicom.film_header import read_film_header
from radassist.export.dicom.presentation_state import presentation_state
from radassist.imaging.decoding import DecoderPool

READER = "helpers.misbehaving_reader"


@pytest.fixture
def pool() -> Iterator[DecoderPool]:
    with DecoderPool(1, reader=READER) as pool:
        yield pool


def film(name: str = "chest.dcm", folder: Path = Path("/films"), member: str = "") -> FilmSource:
    return FilmSource(folder / name, member)


def test_films_are_read_outside_this_process(pool: DecoderPool) -> None:
    assert pool.submit(film()).result().facts.frames != os.getpid()


def test_one_child_serves_one_film_after_the_other(pool: DecoderPool) -> None:
    films = [pool.submit(film(f"{number}.dcm")) for number in range(5)]
    assert [future.result().facts.sha256 for future in films] == [f"{number}.dcm" for number in range(5)]
    assert len({future.result().facts.frames for future in films}) == 1


def test_as_many_children_work_at_once_as_the_pool_has(tmp_path: Path) -> None:
    with DecoderPool(2, reader=READER) as pool:
        futures = [pool.submit(film("gate.dcm", tmp_path)) for _ in range(3)]
        while not (tmp_path / "began").exists() or (tmp_path / "began").read_text() != "xx":
            time.sleep(0.005)
        (tmp_path / "open").touch()
        assert len({future.result().facts.frames for future in futures}) == 2


def test_headers_are_read_by_children_too(pool: DecoderPool) -> None:
    assert pool.identify(film()).result() == Identity(study_uid="1.2", patient_name="chest.dcm")
    assert pool.identify(film("anonymous.dcm")).result() is None


def test_tags_are_read_by_children_too(tmp_path: Path) -> None:
    path = tmp_path / "film.dcm"
    path.write_bytes(film_bytes(phantom(20, 16), bits=12, elements={"PatientName": "<b>Å</b>"}))
    with DecoderPool(1) as pool:
        rows = {row.name: row for row in pool.read_tags(FilmSource(path)).result().rows}
        assert rows["Patient's Name"].value == "<b>Å</b>" and rows["Patient's Name"].vr == "PN"
        with pytest.raises(DecodeError, match="no longer there"):
            pool.read_tags(FilmSource(tmp_path / "gone.dcm")).result()


def test_presentation_states_made_elsewhere_are_read_by_a_child(tmp_path: Path) -> None:
    """Written by highdicom."""
    scored = scored_film(tmp_path, RescaleSlope="1", RescaleIntercept="0")
    seen = ReaderView(Window(500.0, 1200.0, VoiFunction.SIGMOID), is_inverted=True)
    header = read_film_header(scored.source)
    (tmp_path / "state.dcm").write_bytes(to_bytes(presentation_state(header, scored.film, seen)))
    with DecoderPool(1) as pool:
        state = pool.read_presentation(FilmSource(tmp_path / "state.dcm")).result()
        assert state.films == (str(header.SOPInstanceUID),) and state.inverse
        window = state.windows[0].window
        assert (window.center, window.width, window.function) == (500.0, 1200.0, VoiFunction.SIGMOID)
        with pytest.raises(UnsupportedImage, match="is no greyscale presentation state"):
            pool.read_presentation(scored.source).result()


def test_urgent_films_pass_the_queue_and_headers_the_other_films(pool: DecoderPool, tmp_path: Path) -> None:
    gate = pool.submit(film("gate.dcm", tmp_path))
    while not (tmp_path / "began").exists():
        time.sleep(0.005)
    identity = pool.identify(film())
    films = [
        pool.submit(film("order", tmp_path, "first")),
        pool.submit(film("order", tmp_path, "second")),
        pool.submit(film("order", tmp_path, "urgent"), urgent=True),
    ]
    order = []
    for name, future in zip(("first", "second", "urgent", "identity"), (*films, identity), strict=True):
        future.add_done_callback(lambda _, name=name: order.append(name))
    (tmp_path / "open").touch()
    for future in (gate, identity, *films):
        future.result()
    assert (tmp_path / "order").read_text().split() == ["urgent", "first", "second"]
    assert order == ["urgent", "identity", "first", "second"]


def test_a_cancelled_film_is_never_read(pool: DecoderPool, tmp_path: Path) -> None:
    gate = pool.submit(film("gate.dcm", tmp_path))
    unwanted = pool.submit(film("order", tmp_path, "unwanted"))
    wanted = pool.submit(film("order", tmp_path, "wanted"))
    assert unwanted.cancel()
    (tmp_path / "open").touch()
    gate.result()
    wanted.result()
    assert (tmp_path / "order").read_text().split() == ["wanted"]


def test_a_bad_film_fails_alone(pool: DecoderPool) -> None:
    futures = [pool.submit(film(name)) for name in ("before.dcm", "aborts.dcm", "after.dcm")]
    assert futures[0].result().facts.sha256 == "before.dcm"
    with pytest.raises(DecodeError, match=r"^aborts\.dcm made the decoder stop"):
        futures[1].result()
    assert futures[2].result().facts.sha256 == "after.dcm"


def test_no_child_runs_before_a_film_waits() -> None:
    with DecoderPool(1, reader=READER):
        assert not [thread for thread in threading.enumerate() if thread.name.startswith("decoder-")]


def test_start_starts_every_child_ahead() -> None:
    with DecoderPool(3, reader=READER) as pool:
        pool.start()
        pool.start()
        assert len([thread for thread in threading.enumerate() if thread.name.startswith("decoder-")]) == 3


def test_close_takes_less_than_a_second_and_gives_up_what_is_read_and_what_waits(tmp_path: Path) -> None:
    pool = DecoderPool(1, reader=READER)
    reading, waiting = pool.submit(film("gate.dcm", tmp_path)), pool.submit(film())
    while not (tmp_path / "began").exists():
        time.sleep(0.005)
    began = time.monotonic()
    pool.close()
    pool.close()
    assert time.monotonic() - began < 1
    assert waiting.cancelled()
    with pytest.raises(Cancelled):
        reading.result(timeout=0)


def test_close_leaves_neither_threads_nor_processes() -> None:
    threads = set(threading.enumerate())
    with DecoderPool(2, reader=READER) as pool:
        pool.start()
        child = pool.submit(film()).result().facts.frames
    assert set(threading.enumerate()) == threads
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)


def test_a_closed_pool_takes_no_more_films(pool: DecoderPool) -> None:
    pool.close()
    assert pool.submit(film()).cancelled()
    assert pool.identify(film()).cancelled()


def test_a_film_may_be_submitted_by_the_answer_to_another(pool: DecoderPool) -> None:
    later = []
    answered = threading.Event()

    def submit_next(_: object) -> None:
        later.append(pool.submit(film("second.dcm")))
        answered.set()

    pool.submit(film("first.dcm")).add_done_callback(submit_next)
    assert answered.wait(10)
    assert later[0].result().facts.sha256 == "second.dcm"


def test_many_threads_may_submit_at_once() -> None:
    answers: list[str] = []
    with DecoderPool(2, reader=READER) as pool:

        def read(start: int) -> None:
            futures = [pool.submit(film(f"{number}.dcm")) for number in range(start, start + 25)]
            answers.extend(future.result().facts.sha256 for future in futures)

        threads = [threading.Thread(target=read, args=(start,)) for start in range(0, 100, 25)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(answers) == sorted(f"{number}.dcm" for number in range(100))
