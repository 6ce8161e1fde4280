"""Finding and scoring films behind progress bars: what `batch` and `demo` share."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from radassist.cli.terminal import progress_bar
from radassist.domain.cancellation import Cancelled, CancelToken
from radassist.domain.errors import UserError
from radassist.domain.worklist import WorklistItem
from radassist.networks.card import read_card
from radassist.networks.catalogue import default_model_id, find_model
from radassist.workflow.batch import BatchFinished, BatchSummary, ItemFailed, ItemRefused, ItemScored, run_batch
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

    def in_words(self) -> str:
        """How it ended, in one sentence; empty where it was stopped."""
        if self.summary is None:
            return ""
        seconds = self.summary.seconds
        rate = self.found / seconds if seconds else 0.0
        return (
            f"{self.found} found: {self.summary.scored} scored, {self.summary.refused} refused, "
            f"{self.summary.failed} failed, in {seconds:.1f} s ({rate:.1f} films a second)."
        )


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
    summary = None
    with progress_bar(quiet=quiet) as bar, suppress(Cancelled):
        task = bar.add_task("Scoring films", total=len(items))
        for event in run_batch(items, ready, cancel=cancel):
            if isinstance(event, BatchFinished):
                summary = event.summary
            elif isinstance(event, ItemScored | ItemRefused | ItemFailed):
                ended.append(event.item)
                if keep_thumbnails and event.thumbnail is not None:
                    thumbnails[event.item.number] = event.thumbnail
                bar.advance(task)
    return Scored(len(items), tuple(ended), predictor.facts.labels, thumbnails, summary)


def _loaded(services: Services, *, quiet: bool) -> Predictor:
    with progress_bar(quiet=quiet) as bar:
        bar.add_task("Loading the model", total=None)
        return services.make_predictor()
