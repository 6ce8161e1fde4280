"""`radassist node`: films that other systems send over the network are kept and scored as they come."""

from collections.abc import Iterator
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
    HostOption,
    KeyOption,
    MaxFilmsOption,
    MaxGbOption,
    PortOption,
    SpoolOption,
    TitleOption,
)
from radassist.cli.options import PrecisionOption
from radassist.cli.terminal import NOT_FOR_DIAGNOSIS, complain, interruptible, say
from radassist.cli.watch import WriteAll, follow, line_of, write_table
from radassist.domain.cancellation import Cancelled
from radassist.domain.precision import Precision

if TYPE_CHECKING:
    from radassist.dicomnet.node import Node, NodeSettings
    from radassist.dicomnet.spool import Spool
    from radassist.domain.cancellation import CancelToken
    from radassist.store.results import ResultStore
    from radassist.workflow.services import Services

_BYTES_A_GB = 1_000_000_000


def node(  # noqa: PLR0913  (one parameter an option)
    callers: CallersOption,
    title: TitleOption = "RADASSIST",
    host: HostOption = "127.0.0.1",
    port: PortOption = 11112,
    spool: SpoolOption = None,
    max_films: MaxFilmsOption = 100_000,
    max_gb: MaxGbOption = 20.0,
    tls_certificate: CertificateOption = None,
    tls_key: KeyOption = None,
    tls_authority: AuthorityOption = None,
    csv: Annotated[Path | None, typer.Option(metavar="FILE", help="A table, written anew after each arrival.")] = None,
    model: Annotated[str | None, typer.Option(help="Model id or folder; the default model when left out.")] = None,
    device: Annotated[str, typer.Option(help="auto, cpu, cuda, cuda:N or mps.")] = "auto",
    precision: PrecisionOption = Precision.FLOAT32,
    quiet: Annotated[bool, typer.Option("--quiet", help="No line a film.")] = False,
) -> None:
    """Receive films by DICOM (C-STORE) from the systems named, keep them and score them, until Ctrl+C.

    A film is on disk before its sender is told that it was accepted. Films that are kept already are scored first.
    """
    from radassist import paths, wiring
    from radassist.cli import scoring
    from radassist.dicomnet.limits import Quota
    from radassist.dicomnet.node import NodeSettings
    from radassist.dicomnet.spool import Spool
    from radassist.dicomnet.tls_files import TlsFiles
    from radassist.export.files import check_writable

    tls = TlsFiles(tls_certificate, tls_key, tls_authority)
    settings = NodeSettings(title, tuple(callers), host, port, tls if tls != TlsFiles() else None)
    if csv is not None:
        check_writable(csv)
    scoring.check_model(model)
    kept = Spool((spool or paths.spool_dir()).resolve(), Quota(round(max_gb * _BYTES_A_GB), max_films))
    kept.open()
    services = wiring.make_services(model, device, precision)
    with closing(services.loader), closing(wiring.open_results(precision)) as results, interruptible() as cancel:
        if results.notice:
            complain(results.notice)
        ready = _ready(services, results, quiet=quiet)
        with _listening(settings, kept, quiet=quiet), suppress(Cancelled):
            _follow(kept, ready, partial(write_table, csv, results.readings), cancel, quiet=quiet)


def _ready(services: "Services", results: "ResultStore", *, quiet: bool) -> "Services":
    from radassist.cli.scoring import loaded
    from radassist.store.results import RunKind
    from radassist.wiring import make_audit
    from radassist.workflow.audited import AuditedRuns

    begin = AuditedRuns(partial(results.begin, kind=RunKind.NODE), make_audit())
    return loaded(replace(services, begin_run=begin), quiet=quiet)


def _follow(spool: "Spool", services: "Services", write: "WriteAll", cancel: "CancelToken", *, quiet: bool) -> None:
    from radassist.workflow.watch import Delivered

    tell = [] if quiet else [lambda item: say(line_of(item))]
    follow(Delivered(spool.take_new), services, write, cancel, tell)


@contextmanager
def _listening(settings: "NodeSettings", spool: "Spool", *, quiet: bool) -> "Iterator[Node]":
    from radassist.dicomnet.node import Node

    node = Node(settings, spool, complain)
    node.start()
    try:
        if not quiet:
            place = f"{settings.host}:{node.port}" + (" with TLS" if settings.tls else "")
            say(f"{settings.title} listens on {place}, films go to {spool.films}. Ctrl+C ends it. {NOT_FOR_DIAGNOSIS}")
        yield node
    finally:
        node.stop()
