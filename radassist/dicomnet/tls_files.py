"""Certificates that guard connections, and the contexts made of them."""

import ssl
from dataclasses import dataclass
from pathlib import Path

from radassist.domain.errors import UserError


class BadCertificate(UserError):
    """A certificate, key or authority cannot be used."""


@dataclass(frozen=True, slots=True)
class TlsFiles:
    """Files in PEM format.

    Attributes:
        certificate: What this program shows of itself; a node needs one.
        key: Of `certificate`, without a password.
        authority: Whose signature the other end's certificate must bear. None: the system's own list for a peer, and
            callers of a node need show none.
    """

    certificate: Path | None = None
    key: Path | None = None
    authority: Path | None = None


def server_context(files: TlsFiles) -> ssl.SSLContext:
    """For a node: callers see its certificate, and must show their own where an authority is named.

    Raises:
        BadCertificate: If a file is missing or is not what it should be.
    """
    if files.certificate is None or files.key is None:
        raise BadCertificate("A node with TLS needs a certificate and its key.")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    _load(context, files)
    if files.authority is not None:
        context.verify_mode = ssl.CERT_REQUIRED
    return context


def client_context(files: TlsFiles) -> ssl.SSLContext:
    """For talking to a peer, whose certificate must be valid for its host.

    Raises:
        BadCertificate: If a file is missing or is not what it should be.
    """
    context = ssl.create_default_context() if files.authority is None else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    _load(context, files)
    return context


def _load(context: ssl.SSLContext, files: TlsFiles) -> None:
    try:
        if files.certificate is not None:
            context.load_cert_chain(files.certificate, files.key, password="")
    except (OSError, ValueError) as error:
        raise BadCertificate(f"The certificate {files.certificate} and its key cannot be used.") from error
    try:
        if files.authority is not None:
            context.load_verify_locations(files.authority)
    except (OSError, ValueError) as error:
        raise BadCertificate(f"The authority {files.authority} cannot be used.") from error
