"""One line a fault: what is injected into a batch of real films, how the films end, what is said. No row is lost."""

import errno
import os
import shutil
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from helpers.fault_desk import BATCH, FILMS, Desk, Trouble
from helpers.models import make_card, save_model

from radassist.domain.errors import StoreError
from radassist.domain.worklist import FINAL_STATES, ItemState
from radassist.export import files
from radassist.export.audit import AuditTrail
from radassist.export.keys import PlainKeys
from radassist.imaging import sources, stamps
from radassist.imaging.decoding import DecoderPool
from radassist.inference.backend import BatchOutput
from radassist.inference.device import DeviceChoice
from radassist.networks.preprocess import Preprocess
from radassist.store.database import Database
from radassist.store.results import StoredRun
from radassist.workflow.audited import AuditedRun
from radassist.workflow.resume import Reuse

BAD = 3
"""Number of the film, or of the call, that meets the fault."""


def failing_call(number: int, error: int, real: Callable[..., object]) -> Callable[..., object]:
    """`real`, but its `number`th call raises the system's error."""
    calls = iter(range(10_000))

    def call(*args: object, **options: object) -> object:
        if next(calls) == number:
            raise OSError(error, os.strerror(error))
        return real(*args, **options)

    return call


def reading_fails(error: int) -> Callable[[Desk], None]:
    """The system refuses to open one film."""

    def inject(desk: Desk) -> None:
        real = os.open

        def opening(path: object, *args: int, **options: int) -> int:
            if path == desk.paths[BAD]:
                raise OSError(error, os.strerror(error))
            return real(path, *args, **options)  # type: ignore[arg-type]

        desk.patch.setattr(sources.os, "open", opening)

    return inject


def film_vanishes(desk: Desk) -> None:
    desk.paths[BAD].unlink()


def table_fails(error: int) -> Callable[[Desk], None]:
    """The system refuses to write the table out."""
    return lambda desk: desk.patch.setattr(files.os, "fsync", failing_call(0, error, os.fsync))


class RefusingRun:
    """A run whose database refuses from the second batch on, as SQLite says it."""

    def __init__(self, why: str, run: StoredRun) -> None:
        self._run, self._why, self._saved = run, why, 0

    def __getattr__(self, name: str) -> object:
        return getattr(self._run, name)

    def save(self, ended: Sequence[object]) -> None:
        self._saved += 1
        if self._saved > 1:
            raise StoreError(f"The results cannot be kept in results.sqlite: {self._why}.")
        self._run.save(ended)  # type: ignore[arg-type]


def store_fails(why: str) -> Callable[[Desk], None]:
    def inject(desk: Desk) -> None:
        desk.wrap_run = partial(RefusingRun, why)

    return inject


def store_is_damaged(desk: Desk) -> None:
    desk.store.parent.mkdir()
    desk.store.write_bytes(b"damaged" * 1000)


def store_is_torn(desk: Desk) -> None:
    """The power goes while a batch is being written: what follows is lost, and of the log's last entry a part."""
    ended = iter(range(FILMS))
    log = Path(f"{desk.store}-wal")
    kept = desk.folder / "after the power cut"

    def keep_what_is_on_the_disk() -> None:
        if next(ended) == BATCH:
            kept.mkdir()
            shutil.copy(desk.store, kept / desk.store.name)
            (kept / log.name).write_bytes(log.read_bytes()[:-1000])

    def bring_back() -> None:
        shutil.rmtree(desk.store.parent)
        kept.rename(desk.store.parent)

    desk.after_each, desk.after_all = keep_what_is_on_the_disk, bring_back


def record_fails(desk: Desk) -> None:
    (desk.folder / "file").touch()
    trail = AuditTrail(desk.folder / "file" / "audit.jsonl", PlainKeys())
    desk.wrap_run = lambda run: AuditedRun(run, trail)


def target_folder_vanishes(desk: Desk) -> None:
    target = desk.folder / "results"
    target.mkdir()
    desk.table = target / "out.csv"
    desk.after_all = target.rmdir


def clock_is_set_back(desk: Desk) -> None:
    """By years, so that every film seems to come from the future."""
    calls = iter(range(1000))
    real = stamps.time.time_ns
    desk.patch.setattr(stamps.time, "time_ns", lambda: real() if next(calls) < BAD else 1_500_000_000_000_000_000)


def model_is_swapped(desk: Desk) -> None:
    desk.after_each = lambda: save_model(desk.model, make_card(version="2.0"), seed=8)


def gives_nan(desk: Desk) -> None:
    seen = iter(range(1000))

    def spoil(device: str, output: BatchOutput) -> BatchOutput:
        logits = output.logits.copy()
        for row in range(len(logits)):
            if next(seen) == BAD:
                logits[row] = np.nan
        return replace(output, logits=logits)

    desk.trouble = spoil


def on_a_graphics_card(trouble: Trouble) -> Callable[[Desk], None]:
    def inject(desk: Desk) -> None:
        desk.device = DeviceChoice("cuda:0", "Test card (CUDA)", "Asked for.")
        desk.trouble = trouble

    return inject


def too_big(device: str, output: BatchOutput) -> BatchOutput:
    if device != "cpu" and len(output.logits) > 1:
        raise MemoryError("out of memory")
    return output


def far_too_big(device: str, output: BatchOutput) -> BatchOutput:
    if device != "cpu":
        raise MemoryError("out of memory")
    return output


def device_is_lost(device: str, output: BatchOutput) -> BatchOutput:
    if device != "cpu":
        raise RuntimeError("CUDA error: unspecified launch failure")
    return output


def decoder_fails(how: str, **limits: int) -> Callable[[Desk], None]:
    """The child that reads one film does what `helpers.dying_reader` knows by the name `how`."""

    def inject(desk: Desk) -> None:
        desk.paths[BAD] = desk.paths[BAD].rename(desk.folder / f"{how}.png")
        desk.loader = DecoderPool(1, reader="helpers.dying_reader", **limits)

    return inject


ALL = {ItemState.SCORED: FILMS}
ONE_FAILED = {ItemState.SCORED: FILMS - 1, ItemState.FAILED: 1}
STOPPED = {ItemState.SCORED: BATCH, ItemState.WAITING: FILMS - BATCH}


@dataclass(frozen=True)
class Fault:
    """A fault and its rule.

    Attributes:
        ends: How many films stand where after the batch that met it.
        said: A part of the one sentence that is said; empty where nothing needs to be.
        cured: How the films stand after the next batch, when the fault is gone.
    """

    name: str
    inject: Callable[[Desk], None]
    ends: dict[ItemState, int]
    said: str = ""
    cured: dict[ItemState, int] = field(default_factory=lambda: ALL)


FAULTS = (
    Fault("disk full while results are kept", store_fails("the disk is full"), STOPPED, "the disk is full"),
    Fault("disk fails while results are kept", store_fails("the disk reports an error"), STOPPED, "reports an error"),
    Fault("disk full while the table is written", table_fails(errno.ENOSPC), ALL, "No space left"),
    Fault("target turned read-only", table_fails(errno.EROFS), ALL, "Read-only"),
    Fault("target's share gone", table_fails(errno.ESTALE), ALL, "Stale"),
    Fault("target's folder taken away", target_folder_vanishes, ALL, "its folder does not exist"),
    Fault("record of what was done refused", record_fails, STOPPED, "The record"),
    Fault("film's share broken", reading_fails(errno.EIO), ONE_FAILED, "Check the disc or the network folder"),
    Fault("film's share gone", reading_fails(errno.ESTALE), ONE_FAILED, "Check the disc or the network folder"),
    Fault("permission lost", reading_fails(errno.EACCES), ONE_FAILED, "Ask for the permission"),
    Fault("film taken away", film_vanishes, ONE_FAILED, "no longer there", ONE_FAILED),
    Fault("store damaged", store_is_damaged, ALL, "damaged"),
    Fault("write torn by a power cut", store_is_torn, ALL),
    Fault("clock set back", clock_is_set_back, ALL),
    Fault("model swapped under a running batch", model_is_swapped, ALL),
    Fault("answer not a number", gives_nan, ONE_FAILED, "not a finite number"),
    Fault("graphics memory too small for a batch", on_a_graphics_card(too_big), ALL),
    Fault("graphics memory too small for a film", on_a_graphics_card(far_too_big), ALL),
    Fault("graphics card lost", on_a_graphics_card(device_is_lost), ALL),
    Fault("decoder dies", decoder_fails("aborts"), ONE_FAILED, "made the decoder stop", ONE_FAILED),
    Fault("decoder hangs", decoder_fails("sleeps", seconds=1), ONE_FAILED, "took longer than 1 seconds", ONE_FAILED),
    Fault(
        "decoder wants all memory",
        decoder_fails("eats_memory", memory_limit=2**29),
        ONE_FAILED,
        "needs more memory",
        ONE_FAILED,
    ),
)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_costs_at_most_its_own_film_and_is_said_once(fault: Fault, tmp_path: Path, monkeypatch) -> None:
    desk = Desk(tmp_path, monkeypatch)
    fault.inject(desk)

    first = desk.batch()
    messages = list(desk.messages)
    desk.cure()
    desk.table.parent.mkdir(exist_ok=True)
    second = desk.batch(Reuse.NOT_FAILED)
    desk.loader.close()

    assert dict(Counter(item.state for item in first)) == fault.ends
    assert [fault.said in message for message in messages] == ([True] if fault.said else [])
    assert dict(Counter(item.state for item in second)) == fault.cured
    assert sum(item.state in FINAL_STATES for item in second) == FILMS
    assert len(desk.table.read_text().splitlines()) == 1 + FILMS


def test_a_swapped_model_scores_no_film_of_the_run_that_began_without_it(tmp_path: Path, monkeypatch) -> None:
    desk = Desk(tmp_path, monkeypatch)
    model_is_swapped(desk)

    kept = desk.batch()

    assert {item.analysis.provenance.model_sha256 for item in kept if item.analysis} == {desk.card.weights_sha256}


def test_a_torn_write_costs_the_batch_that_was_being_written(tmp_path: Path, monkeypatch) -> None:
    desk = Desk(tmp_path, monkeypatch)
    store_is_torn(desk)
    desk.batch()
    desk.cure()

    with closing(Database(desk.store)) as database:
        assert database.notice == ""
        assert database.rows("SELECT count(*) FROM result") == [(BATCH,)]


def test_films_of_a_lost_graphics_card_say_so_and_have_the_numbers_of_the_cpu(tmp_path: Path, monkeypatch) -> None:
    desk = Desk(tmp_path, monkeypatch)
    on_a_graphics_card(device_is_lost)(desk)
    lost = desk.batch()
    desk.device = DeviceChoice("cpu", "CPU", "Asked for.")
    on_cpu = desk.batch(Reuse.NOTHING)

    assert [item.analysis.prediction for item in lost] == [item.analysis.prediction for item in on_cpu]
    assert "DEVICE" in {notice.code for notice in lost[0].notices}
    assert Preprocess.from_card(desk.card).version == lost[0].analysis.provenance.preprocessing
