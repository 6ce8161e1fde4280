"""A batch of a few real films over real parts, each of which a fault may reach into."""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import closing
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
from radassist.domain.prepared import InputShape, PreparedFilm
from radassist.domain.presentation import PresentationState
from radassist.domain.radiograph import Radiograph
from radassist.domain.study import FilmSource, Identity
from radassist.domain.tags import TagList
from radassist.domain.worklist import WorklistItem
from radassist.export.csv_table import write_csv
from radassist.export.keys import PlainKeys
from radassist.imaging.decoding import DecoderPool
from radassist.imaging.discovery import discover
from radassist.imaging.formats import read_radiograph
from radassist.inference.backend import BatchOutput
from radassist.inference.device import DeviceChoice
from radassist.inference.engine import InferenceEngine
from radassist.inference.film_reader import read_prepared
from radassist.inference.predictor import ModelPredictor
from radassist.inference.torch_backend import TorchBackend
from radassist.paths import samples_dir
from radassist.store.database import Database
from radassist.store.results import ResultStore, RunKind, StoredRun
from radassist.workflow.batch import EndedEvent
from radassist.workflow.resume import Reuse, run_kept
from radassist.workflow.services import Services

LABELS = ("NORMAL", "PNEUMONIA")
FILMS = 8
BATCH = 4


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

    def prepare(self, source: FilmSource, shape: InputShape) -> "Future[PreparedFilm]":
        future: Future[PreparedFilm] = Future()
        try:
            future.set_result(read_prepared(source, shape))
        except UserError as error:
            future.set_exception(error)
        return future

    def identify(self, source: FilmSource) -> "Future[Identity | None]":
        raise NotImplementedError

    def read_tags(self, source: FilmSource) -> "Future[TagList]":
        raise NotImplementedError

    def read_presentation(self, source: FilmSource) -> "Future[PresentationState]":
        raise NotImplementedError

    def close(self) -> None:
        pass


class FailingBackend:
    """The real backend on the CPU; `trouble` may raise, or spoil what came out."""

    title = "failing"

    def __init__(self, trouble: "Trouble", network: torch.nn.Module, device: str) -> None:
        self._trouble, self._device = trouble, device
        self._backend = TorchBackend(network, "cpu", make_card().input)

    def run(self, batch: NDArray[np.uint8], blocks: Sequence[BlockSpec] = ()) -> BatchOutput:
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
        self.after_each: Callable[[], object] = lambda: None
        self.after_all: Callable[[], object] = lambda: None
        self.store, self.table = folder / "home" / "results.sqlite", folder / "out.csv"
        self.messages: list[str] = []

    def batch(self, reuse: Reuse = Reuse.ALL) -> list[WorklistItem]:
        """Score all films; what is kept in the end."""
        with closing(ResultStore(Database(self.store), "1.0")) as store:
            self.messages += [store.notice] if store.notice else []
            made: list[StoredRun] = []
            services = self._services(store, made)
            items = [WorklistItem(number, FilmSource(path)) for number, path in enumerate(self.paths)]
            try:
                self._follow(run_kept(items, services, cancel=CancelToken(), reuse=reuse))
            except StoreError as error:
                self.messages.append(str(error))
            kept = [item for run in made for item in run.items()]
        self.after_all()
        self._write(kept)
        return kept

    def cure(self) -> None:
        """Take every fault away but those that lie in the files themselves."""
        self.patch.undo()
        self.wrap_run, self.trouble = lambda run: run, lambda device, output: output
        self.after_each = self.after_all = lambda: None

    def _services(self, store: ResultStore, made: list[StoredRun]) -> Services:
        network = make_network(self.card)
        engine = InferenceEngine(self.device, partial(FailingBackend, self.trouble, network))
        predictor = ModelPredictor(self.card, engine, None)

        def begin(facts: object) -> object:
            made.append(store.begin(predictor.facts, RunKind.COMMAND))
            return self.wrap_run(made[-1])

        return Services(discover, self.loader, lambda: predictor, batch_size=BATCH, begin_run=begin)

    def _follow(self, events: Iterator[object]) -> None:
        for event in events:
            if isinstance(event, EndedEvent):
                self.after_each()
                if event.item.reason:
                    self.messages.append(event.item.reason)

    def _write(self, items: list[WorklistItem]) -> None:
        try:
            write_csv(items, self.table, labels=LABELS, keys=PlainKeys())
        except StoreError as error:
            self.messages.append(str(error))
