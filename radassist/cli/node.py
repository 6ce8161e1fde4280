"""`radassist node`: films that other systems send over the network are kept and scored as they come."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from radassist.cli.node_options import (
    AuthorityOption,
    CallersOption,
    CertificateOption,
    FolderOption,
    HostOption,
    KeyOption,
    MaxFilmsOption,
    MaxGbOption,
    PortOption,
    TitleOption,
    ToOption,
)
from radassist.cli.options import GspsOption, PmapOption, PrecisionOption, ScOption, SrOption, ThresholdOption
from radassist.cli.terminal import NOT_FOR_DIAGNOSIS, WrongUsage, complain, interruptible, say
from radassist.cli.watch import WriteAll, follow, line_of, write_table
from radassist.domain.cancellation import Cancelled
from radassist.domain.precision import Precision
from radassist.domain.threshold_rule import BY_CARD

if TYPE_CHECKING:
    from radassist.dicomnet.station import Station, StationPlan
    from radassist.domain.cancellation import CancelToken
    from radassist.domain.dicom_results import DicomKind
    from radassist.domain.worklist import WorklistItem
    from radassist.store.results import ResultStore
    from radassist.workflow.services import Services

_BYTES_A_GB = 1_000_000_000


def node(  # noqa: PLR0913  (one parameter an option)
    callers: CallersOption,
    title: TitleOption = "RADASSIST",
    host: HostOption = "127.0.0.1",
    port: PortOption = 11112,
    folder: FolderOption = None,
    max_films: MaxFilmsOption = 100_000,
    max_gb: MaxGbOption = 20.0,
    tls_certificate: CertificateOption = None,
    tls_key: KeyOption = None,
    tls_authority: AuthorityOption = None,
    to: ToOption = None,
    sr: SrOption = False,
    sc: ScOption = False,
    gsps: GspsOption = False,
    pmap: PmapOption = False,
    csv: Annotated[Path | None, typer.Option(metavar="FILE", help="A table, written anew after each arrival.")] = None,
    model: Annotated[str | None, typer.Option(help="Model id or folder; the default model when left out.")] = None,
    device: Annotated[str, typer.Option(help="auto, cpu, cuda, cuda:N or mps.")] = "auto",
    precision: PrecisionOption = Precision.FLOAT32,
    threshold_rule: ThresholdOption = BY_CARD,
    quiet: Annotated[bool, typer.Option("--quiet", help="No line a film.")] = False,
) -> None:
    """Receive films by DICOM (C-STORE) from the systems named, keep them and score them, until Ctrl+C.

    A film is on disk before its sender is told that it was accepted. Films that are kept already are scored first.
    With --to, results go to that system as DICOM objects (--sr and --sc where none is named), again and again until it
    accepts them.
    """
    from radassist import paths, wiring
    from radassist.cli.scoring import check_model, threshold_rule_of
    from radassist.dicomnet.limits import Quota
    from radassist.dicomnet.node import NodeSettings
    from radassist.dicomnet.peers import find_peer
    from radassist.dicomnet.station import StationPlan
    from radassist.dicomnet.tls_files import TlsFiles
    from radassist.export.files import check_writable

    kinds = _kinds(to, sr=sr, sc=sc, gsps=gsps, pmap=pmap)
    rule = threshold_rule_of(threshold_rule)
    tls = TlsFiles(tls_certificate, tls_key, tls_authority)
    plan = StationPlan(
        NodeSettings(title, tuple(callers), host, port, tls if tls != TlsFiles() else None),
        (folder or paths.node_dir()).resolve(),
        Quota(round(max_gb * _BYTES_A_GB), max_films),
        find_peer(to, paths.peers_file()) if to else None,
    )
    if csv is not None:
        check_writable(csv)
    check_model(model)
    services = wiring.make_services(model, device, precision, rule)
    with closing(services.loader), closing(wiring.open_results(precision)) as results, interruptible() as cancel:
        if results.notice:
            complain(results.notice)
        table = partial(write_table, csv, results.readings)
        _run(plan, kinds, _ready(services, results, quiet=quiet), table, cancel, quiet=quiet)


def _run(
    plan: "StationPlan",
    kinds: "frozenset[DicomKind]",
    services: "Services",
    write: "WriteAll",
    cancel: "CancelToken",
    *,
    quiet: bool,
) -> None:
    from radassist.wiring import make_returned_results
    from radassist.workflow.watch import Delivered

    each: list[Callable[[WorklistItem], object]] = [] if quiet else [lambda item: say(line_of(item))]
    with _alone(plan) as station, suppress(Cancelled):
        if not quiet:
            say(_begun(station))
        if station.outbox is not None:
            results = make_returned_results(station.outbox, kinds, services, complain)
            each.append(lambda item: results.offer(item, cancel))
        follow(Delivered(station.spool.take_new), services, write, cancel, each)


@contextmanager
def _alone(plan: "StationPlan") -> Iterator["Station"]:
    """The station at work; raises `WrongUsage` where its folder is another one's."""
    from radassist.dicomnet.folder_lock import FolderTaken
    from radassist.dicomnet.station import running_station

    try:
        with running_station(plan, complain) as station:
            yield station
    except FolderTaken as error:
        raise WrongUsage(str(error)) from error


def _begun(station: "Station") -> str:
    settings, peer = station.plan.node, station.plan.peer
    place = f"{settings.host}:{station.port}" + (" with TLS" if settings.tls else "")
    back = f"; results go to {peer}" if peer else ""
    return f"{settings.title} listens on {place}, films go to {station.spool.films}{back}. {NOT_FOR_DIAGNOSIS}"


def _ready(services: "Services", results: "ResultStore", *, quiet: bool) -> "Services":
    from radassist.cli.scoring import loaded
    from radassist.store.results import RunKind
    from radassist.wiring import make_audit
    from radassist.workflow.audited import AuditedRuns

    begin = AuditedRuns(partial(results.begin, kind=RunKind.NODE), make_audit())
    return loaded(replace(services, begin_run=begin), quiet=quiet)


def _kinds(to: str | None, **wanted: bool) -> "frozenset[DicomKind]":
    """The objects that go to the system `to`.

    Raises:
        WrongUsage: If objects are wanted and there is none to send them to.
    """
    from radassist.domain.dicom_results import DicomKind
    from radassist.workflow.returned_results import USUAL_KINDS

    chosen = [name for name, is_wanted in wanted.items() if is_wanted]
    if chosen and to is None:
        raise WrongUsage(f"--{chosen[0]} needs --to TITLE@HOST:PORT.")
    return frozenset(map(DicomKind, chosen)) or USUAL_KINDS
