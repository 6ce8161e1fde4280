"""Options of `radassist node`."""

from pathlib import Path
from typing import Annotated

import typer

CallersOption = Annotated[
    list[str], typer.Option("--from", metavar="TITLE", help="AE title of a system that may send; may be repeated.")
]
TitleOption = Annotated[str, typer.Option(help="This node's own AE title.")]
HostOption = Annotated[str, typer.Option(help="Address to listen on; only this machine reaches it when left out.")]
PortOption = Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on; 0 for any that is free.")]
FolderOption = Annotated[
    Path | None, typer.Option(metavar="DIR", help="For films received and results that wait; of one node at a time.")
]
MaxFilmsOption = Annotated[int, typer.Option(min=1, help="Films kept at most; more are refused.")]
MaxGbOption = Annotated[float, typer.Option(min=0.001, help="Gigabytes kept at most; more are refused.")]
CertificateOption = Annotated[Path | None, typer.Option(metavar="FILE", help="Own certificate (PEM), for TLS.")]
KeyOption = Annotated[Path | None, typer.Option(metavar="FILE", help="Its key (PEM), without a password.")]
AuthorityOption = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Senders must show a certificate of this authority (PEM).")
]
ToOption = Annotated[
    str | None,
    typer.Option(
        "--to",
        metavar="TITLE@HOST:PORT",
        help="Results go to this system; a TITLE alone is looked up among those kept.",
    ),
]
