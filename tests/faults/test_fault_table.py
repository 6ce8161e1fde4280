"""One line a fault: what is injected into a batch of real films, how the films end, what is said. No row is lost."""

import errno
import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import cache, partial
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
import torch
from helpers.models import make_card, make_network, save_model
from numpy.typing import NDArray
from PIL import Image

from radassist.domain.analysis import BlockSpec
from radassist.domain.cancellation import CancelToken
from radassist.domain.errors import StoreError, UserError
from radassist.domain.radiograph import Radiograph
from radassist.domain.study import FilmSource, Identity
from radassist.domain.worklist import FINAL_STATES, ItemState, WorklistItem
from radassist.export import files
from radassist.export.csv_table import write_csv
from radassist.export.keys import PlainKeys
from radassist.imaging import sources
from radassist.imaging.decoding import DecoderPool
from radassist.imaging.discovery import discover
from radassist.imaging.formats import read_radiograph
from radassist.inference.device import DeviceChoice
from radassist.inference.engine import InferenceEngine
from radassist.inference.predictor import ModelPredictor
from radassist.inference.torch_backend import BatchOutput, TorchBackend
from radassist.networks.preprocess import Preprocess
from radassist.paths import samples_dir
from radassist.store.database import Database
from radassist.store.results import ResultStore, RunKind, StoredRun
from radassist.workflow.batch import EndedEvent
from radassist.workflow.resume import Reuse, run_kept
from radassist.workflow.services import Services

LABELS = ("NORMAL", "PNEUMONIA")
FILMS = 8
BAD = 3
"""Number of the film, or of the call, that meets the fault."""


@cache
def small_films() -> tuple[bytes, ...]:
    """`FILMS` films, each of its own content, small enough to be read in no time."""
    made = []
    sample = Image.open(next((samples_dir() / "films" / "exports").glob("*.png"))).convert("L").resize((256, 256))
    for number in range(FILMS):
        grey = np.asarray(sample).copy()
        grey[0, 0] = number
        buffer = BytesIO()
        Image.fromarray(grey).save(buffer, "PNG")
        made.append(buffer.getvalue())
    return tuple(made)


class ReaderHere:
    """The real reader, in this process, so that the system below it can be made to fail."""

    def submit(self, source: FilmSource, *, urgent: bool = False) -> "Future[Radiograph]":
        future: Future[Radiograph] = Future()
        try:
            future.set_result(read_radiograph(source))
        except UserError as error:
            future.set_exception(error)
        return future

    def identify(self, source: FilmSource) -> "Future[Identity | None]":
        raise NotImplementedError

    def close(self) -> None:
        pass


class FailingBackend:
    """The real backend on the CPU; `trouble` may raise, or spoil what came out."""

    def __init__(self, trouble: "Trouble", network: torch.nn.Module, device: str) -> None:
        self._trouble, self._device = trouble, device
        self._backend = TorchBackend(network, "cpu")

    def run(self, batch: NDArray[np.float32], blocks: Sequence[BlockSpec] = ()) -> BatchOutput:
        return self._trouble(self._device, self._backend.run(batch, blocks))


Trouble = Callable[[str, BatchOutput], BatchOutput]


class Desk:
    """A batch of `FILMS` films over real parts, each of which a fault may reach into."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.patch = monkeypatch
        self.folder, self.model = folder, folder / "model"
        self.paths = [folder / f"{number}.png" for number in range(FILMS)]
        for number, (path, film) in enumerate(zip(self.paths, small_films(), strict=True)):
            path.write_bytes(film)
            os.utime(path, (1_700_000_000 + number,) * 2)
        self.card = save_model(self.model, make_card())
        self.loader: ReaderHere | DecoderPool = ReaderHere()
        self.device = DeviceChoice("cpu", "CPU", "Asked for.")
        self.trouble: Trouble = lambda device, output: output
        self.wrap_run: Callable[[StoredRun], object] = lambda run: run
        self.after_first: Callable[[], object] = lambda: None
        self.table = folder / "out.csv"
        self.messages: list[str] = []

    def batch(self, reuse: Reuse = Reuse.ALL) -> list[WorklistItem]:
        """Score all films; what is kept in the end."""
        with closing(ResultStore(Database(self.folder / "home" / "results.sqlite"), "1.0")) as store:
            self.messages += [store.notice] if store.notice else []
            made: list[StoredRun] = []
            services = self._services(store, made)
            items = [WorklistItem(number, FilmSource(path)) for number, path in enumerate(self.paths)]
            try:
                self._follow(run_kept(items, services, cancel=CancelToken(), reuse=reuse))
            except StoreError as error:
                self.messages.append(str(error))
            kept = [item for run in made for item in run.items()]
        self._write(kept)
        return kept

    def _services(self, store: ResultStore, made: list[StoredRun]) -> Services:
        network = make_network(self.card)
        engine = InferenceEngine(network, self.device, partial(FailingBackend, self.trouble))
        predictor = ModelPredictor(self.card, engine, None)

        def begin(facts: object) -> object:
            made.append(store.begin(predictor.facts, RunKind.COMMAND))
            return self.wrap_run(made[-1])

        return Services(discover, self.loader, lambda: predictor, batch_size=4, begin_run=begin)

    def _follow(self, events: Iterator[object]) -> None:
        for event in events:
            if isinstance(event, EndedEvent):
                self.after_first()
                if event.item.reason:
                    self.messages.append(event.item.reason)

    def _write(self, items: list[WorklistItem]) -> None:
        try:
            write_csv(items, self.table, labels=LABELS, keys=PlainKeys())
        except StoreError as error:
            self.messages.append(str(error))


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
    """A run whose database refuses from the `BAD`th result on, as SQLite says it."""

    def __init__(self, why: str, run: StoredRun) -> None:
        self._run, self._why, self._saved = run, why, 0

    def __getattr__(self, name: str) -> object:
        return getattr(self._run, name)

    def save(self, ended: Sequence[object]) -> None:
        self._saved += 1
        if self._saved > BAD:
            raise StoreError(f"The results cannot be kept in results.sqlite: {self._why}.")
        self._run.save(ended)  # type: ignore[arg-type]


def store_fails(why: str) -> Callable[[Desk], None]:
    def inject(desk: Desk) -> None:
        desk.wrap_run = partial(RefusingRun, why)

    return inject


def store_is_damaged(desk: Desk) -> None:
    home = desk.folder / "home"
    home.mkdir()
    (home / "results.sqlite").write_bytes(b"damaged" * 1000)


def model_is_swapped(desk: Desk) -> None:
    desk.after_first = lambda: save_model(desk.model, make_card(version="2.0"), seed=8)


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
        raise torch.OutOfMemoryError("CUDA out of memory")
    return output


def far_too_big(device: str, output: BatchOutput) -> BatchOutput:
    if device != "cpu":
        raise torch.OutOfMemoryError("CUDA out of memory")
    return output


def device_is_lost(device: str, output: BatchOutput) -> BatchOutput:
    if device != "cpu":
        raise RuntimeError("CUDA error: unspecified launch failure")
    return output


def decoder_dies(desk: Desk) -> None:
    desk.paths[BAD] = desk.paths[BAD].rename(desk.folder / "aborts.png")
    desk.loader = DecoderPool(1, reader="helpers.dying_reader")


ALL = {ItemState.SCORED: FILMS}
ONE_FAILED = {ItemState.SCORED: FILMS - 1, ItemState.FAILED: 1}
STOPPED = {ItemState.SCORED: BAD, ItemState.WAITING: FILMS - BAD}


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
    Fault("film's share broken", reading_fails(errno.EIO), ONE_FAILED, "Check the disc or the network folder"),
    Fault("film's share gone", reading_fails(errno.ESTALE), ONE_FAILED, "Check the disc or the network folder"),
    Fault("permission lost", reading_fails(errno.EACCES), ONE_FAILED, "Ask for the permission"),
    Fault("film taken away", film_vanishes, ONE_FAILED, "no longer there", ONE_FAILED),
    Fault("store damaged", store_is_damaged, ALL, "damaged"),
    Fault("model swapped under a running batch", model_is_swapped, ALL),
    Fault("answer not a number", gives_nan, ONE_FAILED, "not a finite number"),
    Fault("graphics memory too small for a batch", on_a_graphics_card(too_big), ALL),
    Fault("graphics memory too small for a film", on_a_graphics_card(far_too_big), ALL),
    Fault("graphics card lost", on_a_graphics_card(device_is_lost), ALL),
    Fault("decoder dies", decoder_dies, ONE_FAILED, "made the decoder stop", ONE_FAILED),
)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_costs_at_most_its_own_film_and_is_said_once(fault: Fault, tmp_path: Path, monkeypatch) -> None:
    desk = Desk(tmp_path, monkeypatch)
    fault.inject(desk)

    first = desk.batch()
    messages = list(desk.messages)
    monkeypatch.undo()
    desk.wrap_run, desk.after_first, desk.trouble = (lambda run: run), (lambda: None), (lambda device, output: output)
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


def test_films_of_a_lost_graphics_card_say_so_and_have_the_numbers_of_the_cpu(tmp_path: Path, monkeypatch) -> None:
    desk = Desk(tmp_path, monkeypatch)
    on_a_graphics_card(device_is_lost)(desk)
    lost = desk.batch()
    desk.device = DeviceChoice("cpu", "CPU", "Asked for.")
    on_cpu = desk.batch(Reuse.NOTHING)

    assert [item.analysis.prediction for item in lost] == [item.analysis.prediction for item in on_cpu]
    assert "DEVICE" in {notice.code for notice in lost[0].notices}
    assert Preprocess.from_card(desk.card).version == lost[0].analysis.provenance.preprocessing
