"""`radassist watch`: films are scored as they arrive in a folder."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import closing, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from radassist.cli.options import PrecisionOption
from radassist.cli.terminal import WrongUsage, complain, interruptible, say
from radassist.domain.cancellation import Cancelled
from radassist.domain.precision import Precision

if TYPE_CHECKING:
    from radassist.domain.cancellation import CancelToken
    from radassist.domain.study import FilmSource, Instance
    from radassist.domain.worklist import WorklistItem
    from radassist.workflow.readings import Readings
    from radassist.workflow.services import Services


def watch(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Watched with everything below it.")],
    csv: Annotated[Path | None, typer.Option(metavar="FILE", help="A table, written anew after each arrival.")] = None,
    model: Annotated[str | None, typer.Option(help="Model id or folder; the default model when left out.")] = None,
    device: Annotated[str, typer.Option(help="auto, cpu, cuda, cuda:N or mps.")] = "auto",
    precision: PrecisionOption = Precision.FLOAT32,
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

    if not folder.is_dir():
        raise WrongUsage(f"There is no folder {folder}.")
    if csv is not None:
        check_writable(csv)
    scoring.check_model(model)
    services = wiring.make_services(model, device, precision)
    with closing(services.loader), closing(wiring.open_results(precision)) as results, interruptible() as cancel:
        if results.notice:
            complain(results.notice)
        begin = AuditedRuns(partial(results.begin, kind=RunKind.WATCH), wiring.make_audit())
        ready = scoring.loaded(replace(services, begin_run=begin), quiet=quiet)
        if not quiet:
            say(f"Watching {folder}. Ctrl+C ends it.")
        with suppress(Cancelled):
            _follow(folder, ready, partial(_write, csv, results.readings), cancel, quiet=quiet)


def _follow(
    folder: Path,
    services: "Services",
    write: "Callable[[Sequence[WorklistItem], Sequence[str]], None]",
    cancel: "CancelToken",
    *,
    quiet: bool,
) -> None:
    from radassist.workflow.watch import Watcher, watch

    ended: dict[FilmSource, WorklistItem] = {}
    labels = services.make_predictor().facts.labels
    for arrived in watch(Watcher(folder, services.discover), cancel):
        try:
            for item in _scored(arrived, services, cancel):
                ended[item.source] = item
                if not quiet:
                    say(_line(item))
        finally:  # films that ended before Ctrl+C are in the table
            write(list(ended.values()), labels)


def _write(csv: Path | None, readings: "Readings", items: "Sequence[WorklistItem]", labels: "Sequence[str]") -> None:
    from radassist.wiring import write_results

    if csv is not None:
        write_results(items, csv, labels=labels, readings=readings)


def _scored(arrived: "Iterable[Instance]", services: "Services", cancel: "CancelToken") -> "Iterable[WorklistItem]":
    from radassist.domain.worklist import WorklistItem
    from radassist.workflow.batch import EndedEvent
    from radassist.workflow.resume import run_kept

    items = [WorklistItem(number, instance.source) for number, instance in enumerate(arrived)]
    return (event.item for event in run_kept(items, services, cancel=cancel) if isinstance(event, EndedEvent))


def _line(item: "WorklistItem") -> str:
    if item.analysis is None:
        return f"{item.source.name}: {item.state.value}. {item.reason}"
    prediction = item.analysis.prediction
    return (
        f"{item.source.name}: {prediction.decision}, "
        f"p({prediction.positive_label}) {prediction.positive_probability:.3f}"
    )
