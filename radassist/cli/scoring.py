"""Finding and scoring films behind progress bars: what `batch` and `demo` share."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from radassist.cli.terminal import WrongUsage, progress_bar
from radassist.domain.cancellation import Cancelled, CancelToken
from radassist.domain.errors import UserError
from radassist.domain.threshold_rule import BY_CARD, ThresholdRule, parse_place_rule
from radassist.domain.worklist import FINAL_STATES, WorklistItem
from radassist.networks.card import read_card
from radassist.networks.catalogue import default_model_id, find_model
from radassist.workflow.batch import BatchFinished, BatchSummary, EndedEvent, run_batch
from radassist.workflow.resume import KeptEvent, Reuse, run_kept
from radassist.workflow.services import Predictor, Services

Grey = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Scored:
    """What a run left behind.

    Attributes:
        found: Films there were to score.
        items: Those that have ended.
        labels: The model's.
        thumbnails: Small pictures of the films by item number.
        summary: None where the run was stopped before its end.
    """

    found: int
    items: tuple[WorklistItem, ...]
    labels: tuple[str, ...]
    thumbnails: Mapping[int, Grey]
    summary: BatchSummary | None

    @property
    def is_complete(self) -> bool:
        """Whether every film was scored."""
        return self.summary is not None and self.summary.scored == self.found

    @property
    def threshold_words(self) -> str:
        """The threshold that was set for this run, in one sentence; empty for that of the card."""
        for item in self.items:
            if item.analysis and item.analysis.prediction.threshold_by != BY_CARD:
                prediction = item.analysis.prediction
                return f"Threshold {prediction.threshold:g}, {prediction.threshold_by}. "
        return ""

    def in_words(self) -> str:
        """How it ended, in one sentence; empty where it was stopped."""
        if self.summary is None:
            return ""
        summary = self.summary
        rate = (self.found - summary.recalled) / summary.seconds if summary.seconds else 0.0
        known = f" {summary.recalled} of them are results of an earlier run." if summary.recalled else ""
        return (
            f"{self.found} found: {summary.scored} scored, {summary.refused} refused, {summary.failed} failed, "
            f"in {summary.seconds:.1f} s ({rate:.1f} films a second).{known}"
        )


def threshold_rule_of(text: str) -> ThresholdRule | None:
    """The rule of the option `--threshold-rule`; None for the card's own threshold.

    Raises:
        WrongUsage: If it is none.
    """
    try:
        return parse_place_rule(text)
    except UserError as error:
        raise WrongUsage(str(error)) from error


def check_model(model: str | None) -> None:
    """Find out before any work, and before torch is imported, that there is no such model.

    Raises:
        ModelUnavailable: If there is none, or its card is not valid.
    """
    read_card(find_model(model or default_model_id()))


def find_films(
    paths: Sequence[Path], services: Services, cancel: CancelToken, *, quiet: bool = False
) -> list[WorklistItem]:
    """The files below `paths`, with a running count.

    Raises:
        UserError: If there are none.
        Cancelled: If `cancel` is cancelled.
    """
    items: list[WorklistItem] = []
    with progress_bar(quiet=quiet) as bar:
        task = bar.add_task("Finding films", total=None)
        for instance in services.discover(paths, cancel):
            items.append(WorklistItem(len(items), instance.source, instance.identity))
            bar.advance(task)
    if not items:
        raise UserError(f"No files were found in {', '.join(map(str, paths))}.")
    return items


def score_films(
    items: Sequence[WorklistItem],
    services: Services,
    cancel: CancelToken,
    *,
    quiet: bool = False,
    keep_thumbnails: bool = False,
) -> Scored:
    """Score `items` behind a progress bar. Cancelling keeps what has ended.

    Raises:
        ModelUnavailable: If the model cannot be loaded.
    """
    predictor = _loaded(services, quiet=quiet)
    ready = replace(services, make_predictor=lambda: predictor)
    ended: list[WorklistItem] = []
    thumbnails: dict[int, Grey] = {}

    def keep(event: EndedEvent) -> None:
        ended.append(event.item)
        if keep_thumbnails and event.thumbnail is not None:
            thumbnails[event.item.number] = event.thumbnail

    summary = follow(run_batch(items, ready, cancel=cancel), len(items), keep, quiet=quiet)
    return Scored(len(items), tuple(ended), predictor.facts.labels, thumbnails, summary)


def score_and_keep(
    items: Sequence[WorklistItem], services: Services, reuse: Reuse, cancel: CancelToken, *, quiet: bool = False
) -> Scored:
    """Score `items` behind a progress bar, each result kept as it comes, and read all of them back from the store.

    Args:
        items: In any state.
        services: With a `begin_run`.
        reuse: Which earlier results stand.
        cancel: Keeps what has ended.
        quiet: No progress bar.

    Raises:
        ModelUnavailable: If the model cannot be loaded.
        StoreError: If results cannot be kept; those that were are used by the next run.
    """
    assert services.begin_run is not None
    predictor = _loaded(services, quiet=quiet)
    run = services.begin_run(predictor.facts)
    ready = replace(services, make_predictor=lambda: predictor, begin_run=lambda _: run)
    kept = run_kept(items, ready, cancel=cancel, reuse=reuse)
    summary = follow(kept, len(items), lambda event: None, quiet=quiet)
    ended = tuple(item for item in run.items() if item.state in FINAL_STATES)
    return Scored(len(items), ended, predictor.facts.labels, {}, summary)


def follow(
    events: Iterator[KeptEvent], found: int, on_ended: Callable[[EndedEvent], object], *, quiet: bool
) -> BatchSummary | None:
    """Show the progress of a batch of `found` films to its end; None where it was stopped before."""
    with progress_bar(quiet=quiet) as bar, suppress(Cancelled):
        task = bar.add_task("Scoring films", total=found)
        for event in events:
            if isinstance(event, BatchFinished):
                return event.summary
            if isinstance(event, EndedEvent):
                on_ended(event)
                bar.advance(task)
    return None


def loaded(services: Services, *, quiet: bool = False) -> Services:
    """`services` with the model in memory.

    Raises:
        ModelUnavailable: If it cannot be loaded.
    """
    predictor = _loaded(services, quiet=quiet)
    return replace(services, make_predictor=lambda: predictor)


def _loaded(services: Services, *, quiet: bool) -> Predictor:
    with progress_bar(quiet=quiet) as bar:
        bar.add_task("Loading the model", total=None)
        return services.make_predictor()
