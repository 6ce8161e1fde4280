"""What the use cases need from the outside, as protocols; `app` and `cli` hand in the real ones."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, runtime_checkable

from radassist.domain.analysis import Analysis, ModelFacts
from radassist.domain.cancellation import CancelToken
from radassist.domain.errors import UserError
from radassist.domain.prepared import AnyFilm, InputShape, PreparedFilm
from radassist.domain.presentation import PresentationState
from radassist.domain.radiograph import Radiograph
from radassist.domain.study import FileStamp, FilmSource, Identity, Instance
from radassist.domain.tags import TagList
from radassist.domain.worklist import ItemState, WorklistItem

Answers = list[Analysis | UserError]
"""One answer a film, in order: its analysis, or why no score may be given."""


class FilmLoader(Protocol):
    """Turns a file into a Radiograph, somewhere hostile bytes can do no harm."""

    def submit(self, source: FilmSource, *, urgent: bool = False) -> "Future[Radiograph]":
        """Start reading; the future raises `UserError` where the file gives no film. `urgent` passes what waits."""
        ...

    def prepare(self, source: FilmSource, shape: InputShape) -> "Future[PreparedFilm]":
        """Start reading a film and making it ready for a network where it is read; the future raises as `submit`'s."""
        ...

    def identify(self, source: FilmSource) -> "Future[Identity | None]":
        """Start reading only the header, before films that wait; None where there is none that can be read."""
        ...

    def read_tags(self, source: FilmSource) -> "Future[TagList]":
        """Start reading what a file says of itself, before films that wait; raises as `submit`."""
        ...

    def read_presentation(self, source: FilmSource) -> "Future[PresentationState]":
        """Start reading a presentation state, before films that wait; raises as `submit`."""
        ...

    def close(self) -> None:
        """End the workers; safe to call twice. Futures are cancelled, those of films being read raise `Cancelled`."""
        ...


class Predictor(Protocol):
    """A loaded model. Called by one thread at a time."""

    @property
    def facts(self) -> ModelFacts:
        """What the screen says of the model."""
        ...

    @property
    def shape(self) -> InputShape:
        """What films are prepared for."""
        ...

    def predict(self, films: Sequence[AnyFilm], *, with_blocks: bool) -> Answers:
        """One answer a film, in order: its analysis, or why no score may be given."""
        ...


@runtime_checkable
class SharedPredictor(Protocol):
    """What a predictor offers besides if its callers wait for the model and for each other.

    Does not inherit `Predictor`: Python 3.11 would read `facts` to check an instance, and that waits for the model.
    """

    def submit(self, films: Sequence[AnyFilm], *, with_blocks: bool) -> "Future[Answers]":
        """Start `predict`; the future can be cancelled until the films' turn comes."""
        ...


class Discover(Protocol):
    """Finds films below paths, links and loops harmless, in order of arrival."""

    def __call__(self, paths: Sequence[Path], cancel: CancelToken) -> Iterator[Instance]:
        """Every regular file is yielded once, a film or not: nothing found may vanish."""
        ...


class ResultsSink(Protocol):
    """Keeps one run's films and results. Every method raises `StoreError` where they cannot be kept."""

    def add(self, items: Sequence[WorklistItem]) -> None:
        """Write down the films of the run, as still to be done."""
        ...

    def recall(self, item: WorklistItem, stamp: FileStamp, digest: Callable[[], str | None]) -> WorklistItem | None:
        """`item` as it ended before under the same conditions, if its file is unchanged; else None."""
        ...

    def save(self, ended: Sequence[tuple[WorklistItem, FileStamp | None]]) -> None:
        """Write down how items ended, each with its file's stamp before it was read; durable on return."""
        ...

    def items(self) -> Iterator[WorklistItem]:
        """Every film of the run, ended or waiting, in order of number."""
        ...

    def counts(self) -> dict[ItemState, int]:
        """How many films of the run stand where, as kept."""
        ...

    def finish(self) -> None:
        """Every film has ended."""
        ...


class KeepResult(Protocol):
    """Keeps the result of one film that is looked at."""

    def __call__(self, item: WorklistItem, stamp: FileStamp | None, facts: ModelFacts) -> None:
        """Keep how `item` ended under the loaded model; raises nothing, since the film is shown in any case.

        Args:
            item: In a final state.
            stamp: Of its file before it was read; None where there was none.
            facts: Of the model that was asked.
        """
        ...


@dataclass(frozen=True, slots=True)
class Services:
    """The outside world of the use cases.

    Attributes:
        make_predictor: Loads the model when first called; slow, so never in the GUI thread.
        model_ready: Gives what is done when one and the same model answers every later call, after the loading or the
            change that is under way; raises where there is no model. None where `make_predictor` is all there is.
        batch_size: Films scored in one call.
        films_ahead: Films that may be read and not yet scored at any one time.
        begin_run: Makes the place where a batch of the loaded model keeps its results; None where nothing is kept.
        keep: Keeps the results of single films that are looked at; None where nothing is kept.
    """

    discover: Discover
    loader: FilmLoader
    make_predictor: Callable[[], Predictor]
    batch_size: int = 8
    films_ahead: int = 16
    begin_run: Callable[[ModelFacts], ResultsSink] | None = None
    keep: KeepResult | None = None
    model_ready: "Callable[[], Future[None]] | None" = None
