"""`radassist watch`: films are scored as they arrive in a folder."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import closing, suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from radassist.cli.options import PrecisionOption, ThresholdOption
from radassist.cli.terminal import WrongUsage, complain, interruptible, say
from radassist.domain.cancellation import Cancelled
from radassist.domain.precision import Precision
from radassist.domain.threshold_rule import BY_CARD

if TYPE_CHECKING:
    from radassist.domain.cancellation import CancelToken
    from radassist.domain.study import FilmSource, Instance
    from radassist.domain.worklist import WorklistItem
    from radassist.workflow.readings import Readings
    from radassist.workflow.services import Services
    from radassist.workflow.watch import Arrivals


WriteAll: TypeAlias = "Callable[[Sequence[WorklistItem], Sequence[str]], None]"
"""Writes the table of these films, with columns for these labels."""


def watch(  # noqa: PLR0913  (one parameter an option)
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Watched with everything below it.")],
    csv: Annotated[Path | None, typer.Option(metavar="FILE", help="A table, written anew after each arrival.")] = None,
    model: Annotated[str | None, typer.Option(help="Model id or folder; the default model when left out.")] = None,
    device: Annotated[str, typer.Option(help="auto, cpu, cuda, cuda:N or mps.")] = "auto",
    precision: PrecisionOption = Precision.FLOAT32,
    threshold_rule: ThresholdOption = BY_CARD,
    quiet: Annotated[bool, typer.Option("--quiet", help="No line a film.")] = False,
) -> None:
    """Score the films of a folder as they arrive, until Ctrl+C.

    A file that is still being written waits until it has stood still for a second. Films that this model has scored
    before are not scored again.
    """
    from radassist import wiring
    from radassist.cli import scoring
    from radassist.export.files import check_writable
    from radassist.store.results import RunKind
    from radassist.workflow.audited import AuditedRuns
    from radassist.workflow.watch import Watcher

    if not folder.is_dir():
        raise WrongUsage(f"There is no folder {folder}.")
    if csv is not None:
        check_writable(csv)
    rule = scoring.threshold_rule_of(threshold_rule)
    scoring.check_model(model)
    services = wiring.make_services(model, device, precision, rule)
    with closing(services.loader), closing(wiring.open_results(precision)) as results, interruptible() as cancel:
        if results.notice:
            complain(results.notice)
        begin = AuditedRuns(partial(results.begin, kind=RunKind.WATCH), wiring.make_audit())
        ready = scoring.loaded(replace(services, begin_run=begin), quiet=quiet)
        if not quiet:
            say(f"Watching {folder}. Ctrl+C ends it.")
        tell = [] if quiet else [lambda item: say(line_of(item))]
        with suppress(Cancelled):
            follow(Watcher(folder, services.discover), ready, partial(write_table, csv, results.readings), cancel, tell)


def follow(
    source: "Arrivals",
    services: "Services",
    write: "WriteAll",
    cancel: "CancelToken",
    on_ended: "Sequence[Callable[[WorklistItem], object]]",
) -> None:
    """Score films as they arrive.

    Args:
        source: Where they arrive.
        services: With a loaded model and a `begin_run`.
        write: Writes the table of all films that have ended so far, with the model's labels; called after each arrival.
        cancel: Ends it.
        on_ended: Called with each film that has ended.

    Raises:
        Cancelled: When `cancel` is cancelled; films that had ended by then are in the table.
    """
    from radassist.workflow.watch import watch

    ended: dict[FilmSource, WorklistItem] = {}
    labels = services.make_predictor().facts.labels
    for arrived in watch(source, cancel):
        try:
            for item in _scored(arrived, services, cancel):
                ended[item.source] = item
                for each in on_ended:
                    each(item)
        finally:  # films that ended before Ctrl+C are in the table
            write(list(ended.values()), labels)


def write_table(
    csv: Path | None, readings: "Readings", items: "Sequence[WorklistItem]", labels: "Sequence[str]"
) -> None:
    """Write `items` into `csv`, where there is one."""
    from radassist.wiring import write_results

    if csv is not None:
        write_results(items, csv, labels=labels, readings=readings)


def _scored(arrived: "Iterable[Instance]", services: "Services", cancel: "CancelToken") -> "Iterable[WorklistItem]":
    from radassist.domain.worklist import WorklistItem
    from radassist.workflow.batch import EndedEvent
    from radassist.workflow.resume import run_kept

    now = datetime.now(UTC)
    items = [WorklistItem(number, instance.source, arrived_at=now) for number, instance in enumerate(arrived)]
    return (event.item for event in run_kept(items, services, cancel=cancel) if isinstance(event, EndedEvent))


def line_of(item: "WorklistItem") -> str:
    """How a film ended, in one line."""
    if item.analysis is None:
        return f"{item.source.name}: {item.state.value}. {item.reason}"
    prediction, seconds = item.analysis.prediction, item.seconds_to_score
    waited = "known before" if seconds is None else f"{seconds:.1f} s after its arrival"
    return (
        f"{item.source.name}: {prediction.decision}, "
        f"p({prediction.positive_label}) {prediction.positive_probability:.3f}, {waited}"
    )
