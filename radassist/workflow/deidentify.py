"""Makes de-identified copies of films, film after film: the loop that the window and the command share."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from radassist.domain.analysis import Analysis
from radassist.domain.cancellation import CancelToken
from radassist.domain.deidentification import (
    BurnedIn,
    DeidentifyOptions,
    DeidentifyStep,
    Outcome,
    burned_in,
)
from radassist.domain.errors import DecodeError, UnsupportedImage
from radassist.domain.radiograph import Radiograph
from radassist.domain.tags import TagList
from radassist.domain.worklist import WorklistItem
from radassist.workflow.analyse import load
from radassist.workflow.services import Services
from radassist.workflow.waiting import result_of


class CopyWriter(Protocol):
    """Writes copies that name nobody; both methods raise `StoreError`."""

    def write(self, tags: TagList, film: Radiograph, analysis: Analysis | None) -> object:
        """Write the copy of one film, with its result where that is wanted and there is one."""
        ...

    def finish(self, labels: Sequence[str]) -> None:
        """Write what speaks of all copies."""
        ...


def deidentify(
    items: Sequence[WorklistItem],
    options: DeidentifyOptions,
    services: Services,
    writer: CopyWriter,
    cancel: CancelToken,
) -> Iterator[DeidentifyStep]:
    """Copy every film that can be read; a step before the first and after each.

    A film is read in a decoder's process, header and pixels both, so no hostile byte is met here.

    Raises:
        StoreError: If a copy cannot be written.
        Cancelled: Between two films, or while one is read.
    """
    yield DeidentifyStep(0, len(items))
    labels: tuple[str, ...] = ()
    for done, item in enumerate(items, start=1):
        cancel.raise_if_cancelled()
        outcome, digest = _copy(item, options, services, writer, cancel)
        labels = labels or (item.analysis.prediction.labels if item.analysis else ())
        yield DeidentifyStep(done, len(items), outcome, digest)
    writer.finish(labels)


def _copy(
    item: WorklistItem, options: DeidentifyOptions, services: Services, writer: CopyWriter, cancel: CancelToken
) -> tuple[Outcome, str]:
    try:
        tags = result_of(services.loader.read_tags(item.source), cancel)
        if burned_in(tags) is not BurnedIn.NO and not options.takes_burned_in:
            return Outcome.BURNED_IN, ""
        film = load(item.source, services, cancel=cancel)
    except (DecodeError, UnsupportedImage):
        return Outcome.UNREADABLE, ""
    is_same = item.analysis is not None and item.film_sha256 == film.facts.sha256
    writer.write(tags, film, item.analysis if is_same else None)
    return Outcome.WRITTEN, film.facts.sha256
