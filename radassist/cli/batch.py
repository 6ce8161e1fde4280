"""`radassist batch`: films in, one row a film out."""

from collections.abc import Collection, Sequence
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from radassist.cli.options import (
    DicomOutOption,
    ExplainOption,
    GspsOption,
    MethodsOption,
    PmapOption,
    PrecisionOption,
    RayOption,
    ResumeOption,
    RetryOption,
    ScOption,
    ShardsOption,
    SrOption,
    ThresholdOption,
)
from radassist.cli.terminal import NOT_FOR_DIAGNOSIS, WrongUsage, check_exist, complain, interruptible, say
from radassist.domain.errors import UserError
from radassist.domain.precision import Precision
from radassist.domain.threshold_rule import BY_CARD

if TYPE_CHECKING:
    from radassist.cli.scoring import Scored
    from radassist.domain.cancellation import CancelToken
    from radassist.domain.dicom_results import DicomKind
    from radassist.domain.worklist import WorklistItem
    from radassist.export.keys import KeyHasher
    from radassist.export.reader_columns import ReaderColumns
    from radassist.store.results import ResultStore
    from radassist.workflow.resume import Reuse
    from radassist.workflow.services import Services

SOME_NOT_SCORED = 3
_TABLE_SUFFIXES = frozenset({".csv", ".json"})


def batch(  # noqa: PLR0913  (one parameter an option)
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Files, folders, ZIPs or DICOMDIRs.")],
    csv: Annotated[Path, typer.Option(metavar="FILE", help="The table to write.")],
    model: Annotated[str | None, typer.Option(help="Model id or folder; the default model when left out.")] = None,
    device: Annotated[str, typer.Option(help="auto, cpu, cuda, cuda:N or mps.")] = "auto",
    precision: PrecisionOption = Precision.FLOAT32,
    threshold_rule: ThresholdOption = BY_CARD,
    json: Annotated[Path | None, typer.Option(metavar="FILE", help="The same rows as JSON, texts untouched.")] = None,
    dicom_out: DicomOutOption = None,
    sr: SrOption = False,
    sc: ScOption = False,
    gsps: GspsOption = False,
    pmap: PmapOption = False,
    explain: ExplainOption = None,
    explain_methods: MethodsOption = "mean,grad-cam",
    limit: Annotated[int | None, typer.Option(min=1, help="Score only the first N films found.")] = None,
    identified: Annotated[
        bool, typer.Option("--identified", help="Write UIDs instead of salted keys, and readers' notes.")
    ] = False,
    resume: ResumeOption = True,
    retry_failed: RetryOption = False,
    ray: RayOption = None,
    shards: ShardsOption = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress, no summary.")] = False,
) -> None:
    """Score every film below PATH... and write one row for each to a CSV file.

    Each result is kept as it comes. The same command goes on where a run was stopped, by whatever means.

    Exit codes: 0 all scored; 1 nothing could be done, or it was stopped; 2 wrong usage; 3 some refused or failed (they
    are in the table), or not all explained.
    """
    from radassist import wiring
    from radassist.cli.cluster import cluster_order, score_on_ray
    from radassist.cli.explain_wish import check_methods
    from radassist.cli.scoring import check_model, find_films, threshold_rule_of

    kinds = _kinds(dicom_out, sr=sr, sc=sc, gsps=gsps, pmap=pmap)
    methods = check_methods(explain_methods)
    reuse = _reuse(resume=resume, retry_failed=retry_failed)
    rule = threshold_rule_of(threshold_rule)
    check_exist(paths)
    targets = [csv] if json is None else [csv, json]
    _check_targets(targets)
    check_model(model)
    order = cluster_order(ray, shards, model, device, precision)
    keys = wiring.make_keys(identified=identified)
    services = wiring.make_services(model, device, precision, rule)
    with closing(services.loader), closing(wiring.open_results(precision)) as results, interruptible() as cancel:
        if results.notice:
            complain(results.notice)
        films = _without_targets(find_films(paths, services, cancel, quiet=quiet), targets)
        score = partial(score_on_ray, replace(order, rule=rule)) if order else partial(_score_here, services, results)
        scored = score(films[:limit], reuse, cancel, quiet=quiet)
        reader = wiring.reader_columns(scored.items, results.readings, identified=identified)
        _write_dicom(scored, services, kinds, dicom_out, cancel, quiet=quiet)
        is_explained = explain is None or _explain(scored, services, methods, explain, cancel, model=model, quiet=quiet)
    _write_tables(scored, targets, keys, reader)
    wiring.record_export(len(scored.items), identified=identified)
    _finish(scored, targets, quiet=quiet, is_explained=is_explained)


def _explain(  # noqa: PLR0913
    scored: "Scored",
    services: "Services",
    methods: list[str],
    folder: Path,
    cancel: "CancelToken",
    *,
    model: str | None,
    quiet: bool,
) -> bool:
    """Maps of every scored film; whether all of them are there. What goes wrong is told, and costs no table."""
    from radassist.cli.explain import explain_scored
    from radassist.domain.worklist import ItemState

    sources = [item.source for item in scored.items if item.state is ItemState.SCORED]
    try:
        return not explain_scored(sources, services, methods, folder, cancel, model=model, quiet=quiet)
    except UserError as problem:
        complain(str(problem))
        return False


def _score_here(
    services: "Services",
    results: "ResultStore",
    films: "Sequence[WorklistItem]",
    reuse: "Reuse",
    cancel: "CancelToken",
    *,
    quiet: bool,
) -> "Scored":
    from radassist import wiring
    from radassist.cli.scoring import score_and_keep
    from radassist.store.results import RunKind
    from radassist.workflow.audited import AuditedRuns

    begin = AuditedRuns(partial(results.begin, kind=RunKind.COMMAND), wiring.make_audit())
    return score_and_keep(films, replace(services, begin_run=begin), reuse, cancel, quiet=quiet)


def _write_tables(scored: "Scored", targets: Sequence[Path], keys: "KeyHasher", reader: "ReaderColumns") -> None:
    """The CSV is the first of `targets`, the JSON the second.

    Raises:
        UserError: If there is nothing to write.
    """
    from radassist.export.csv_table import write_csv
    from radassist.export.json_table import write_json

    if scored.summary is None and not scored.items:
        raise UserError("Stopped before any film was scored; nothing was written.")
    for target, write in zip(targets, (write_csv, write_json), strict=False):
        write(scored.items, target, labels=scored.labels, keys=keys, reader=reader)


def _kinds(folder: Path | None, **wanted: bool) -> "frozenset[DicomKind]":
    """The objects that were asked for by name; a report where none was.

    Raises:
        WrongUsage: If objects are wanted and no folder for them is named.
    """
    chosen = [name for name, is_wanted in wanted.items() if is_wanted]
    if folder is None:
        if chosen:
            raise WrongUsage(f"--{chosen[0]} needs --dicom-out DIR.")
        return frozenset()
    from radassist.domain.dicom_results import DicomKind

    return frozenset(DicomKind(name) for name in chosen or ["sr"])


def _write_dicom(
    scored: "Scored",
    services: "Services",
    kinds: "frozenset[DicomKind]",
    folder: Path | None,
    cancel: "CancelToken",
    *,
    quiet: bool,
) -> None:
    """The objects of every scored DICOM film; none where no folder was named."""
    from radassist.cli.dicom_results import write_dicom_results

    if folder is None:
        return
    written = write_dicom_results(scored.items, services, kinds, folder, cancel, quiet=quiet)
    if not quiet:
        say(written.in_words(folder))


def _reuse(*, resume: bool, retry_failed: bool) -> "Reuse":
    from radassist.workflow.resume import Reuse

    if not resume:
        return Reuse.NOTHING
    return Reuse.NOT_FAILED if retry_failed else Reuse.ALL


def _check_targets(targets: Sequence[Path]) -> None:
    from radassist.export.files import check_writable

    for target in targets:
        check_writable(target)
    if len({target.resolve() for target in targets}) < len(targets):
        raise WrongUsage(f"CSV and JSON cannot both be written to {targets[0]}.")


def _without_targets(films: "Sequence[WorklistItem]", targets: Sequence[Path]) -> "list[WorklistItem]":
    """`films` without tables of an earlier run, which this one replaces.

    Raises:
        WrongUsage: If a film would be replaced.
        UserError: If nothing is left.
    """
    places = {target.resolve() for target in targets}
    kept = [film for film in films if not _is_one_of(film.source.path, places)]
    for place in places:
        if len(kept) < len(films) and place.suffix.lower() not in _TABLE_SUFFIXES:
            raise WrongUsage(f"{place} is among the films; choose another file for the table.")
    if not kept:
        raise UserError("No files were found but the table itself.")
    return kept


def _is_one_of(path: Path, places: Collection[Path]) -> bool:
    """Names are compared first: to resolve every path of a long list takes long."""
    return any(path.name == place.name and path.resolve() == place for place in places)


def _finish(scored: "Scored", targets: Sequence[Path], *, quiet: bool, is_explained: bool) -> None:
    written = " and ".join(map(str, targets))
    if scored.summary is None:
        raise UserError(f"Stopped: the {len(scored.items)} of {scored.found} films that had ended are in {written}.")
    if not quiet:
        say(f"{scored.in_words()} {scored.threshold_words}Written to {written}. {NOT_FOR_DIAGNOSIS}")
    if not (scored.is_complete and is_explained):
        raise typer.Exit(SOME_NOT_SCORED)
