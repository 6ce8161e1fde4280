"""Which archive is searched, kept in one small file that window and commands share; no password is ever in it."""

import json
from dataclasses import asdict, replace
from pathlib import Path
from urllib.parse import urlsplit

from radassist.dicomnet.peers import Peer, WrongPeer, check_port, check_title, parse_peer
from radassist.dicomnet.tls_files import TlsFiles, client_context
from radassist.domain.archive import ArchiveKind, ArchivePlace
from radassist.domain.errors import StoreError, UserError
from radassist.paths import make_private, open_private

_LARGEST_FILE = 1 << 16
_TEXTS = ("peer", "own_title", "move_to", "url", "user", "authority")
_LATER_TEXTS = ("certificate", "key")
"""Files of earlier versions do not have them."""
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


def read_archive(path: Path) -> ArchivePlace | None:
    """The archive kept in `path`; None where none was chosen.

    Raises:
        StoreError: If the file is there and cannot be read or understood.
    """
    try:
        if not path.exists():
            return None
        if path.stat().st_size > _LARGEST_FILE:
            raise ValueError("too large")
        plain = json.loads(path.read_text(encoding="utf-8"))
        texts = {name: str(plain[name]) for name in _TEXTS} | {name: str(plain.get(name, "")) for name in _LATER_TEXTS}
        return check_place(ArchivePlace(ArchiveKind(plain["kind"]), **texts))
    except (OSError, ValueError, TypeError, KeyError, RecursionError, UserError) as error:
        raise StoreError(f"The archive named in {path} cannot be used: choose it again in the preferences.") from error


def write_archive(place: ArchivePlace | None, path: Path) -> None:
    """Search `place` from now on, or nothing.

    Raises:
        UserError: If it cannot be an archive.
        StoreError: If that cannot be kept.
    """
    temporary = path.with_suffix(".tmp")
    try:
        make_private(path.parent)
        if place is None:
            path.unlink(missing_ok=True)
            return
        with open(temporary, "w", encoding="utf-8", opener=open_private) as file:
            json.dump(asdict(check_place(place)), file, indent=1)
        temporary.replace(path)
    except OSError as error:
        raise StoreError(f"The archive cannot be kept in {path}: {error.strerror or error}.") from error


def check_place(place: ArchivePlace) -> ArchivePlace:
    """`place`, if an archive could be there.

    Raises:
        WrongPeer: If not.
        BadCertificate: If a file of certificates is not what it should be.
    """
    for file in (place.authority, place.certificate, place.key):
        if file and not Path(file).is_file():
            raise WrongPeer(f"The file of certificates {file} is not there.")
    if place.kind is ArchiveKind.WEB:
        _check_url(place)
        return place
    tls = peer_of(place).tls
    check_title(place.own_title)
    if place.move_to:
        listening_place(place.move_to)
    _check_certificates(place)
    if tls is not None:
        client_context(tls)
    return place


def peer_of(place: ArchivePlace) -> Peer:
    """The peer of an archive that is asked by DIMSE.

    Raises:
        WrongPeer: If it names none.
    """
    peer = parse_peer(place.peer)
    if not place.authority:
        return peer
    certificate, key = (Path(file) if file else None for file in (place.certificate, place.key or place.certificate))
    return replace(peer, tls=TlsFiles(certificate, key, Path(place.authority)))


def listening_place(text: str) -> tuple[str, int]:
    """Address and port that `ADDRESS:PORT` names; an IPv6 address stands in brackets.

    Raises:
        WrongPeer: If it names none.
    """
    host, _, port = text.rpartition(":")
    if not host or not (port.isascii() and port.isdigit()):
        raise WrongPeer(f"{text!r} is no address to listen on: write ADDRESS:PORT, or leave it empty.")
    return host.removeprefix("[").removesuffix("]"), check_port(int(port))


def _check_certificates(place: ArchivePlace) -> None:
    if place.key and not place.certificate:
        raise WrongPeer("A key alone proves nothing: name the certificate that it belongs to.")
    if place.certificate and not place.authority:
        raise WrongPeer("An own certificate needs TLS: name the certificates that sign the archive's, too.")
    if place.move_to and place.authority and not place.certificate:
        raise WrongPeer("C-MOVE with TLS needs an own certificate; or leave its address empty, for C-GET.")


def _check_url(place: ArchivePlace) -> None:
    try:
        parts = urlsplit(place.url)
        is_complete = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_complete = False
    if not is_complete or parts.username or parts.password or parts.query or parts.fragment:
        raise WrongPeer(f"{place.url!r} is no address of DICOMweb services: write https://HOST/PATH.")
    if parts.scheme == "http" and place.user and parts.hostname not in _LOOPBACK:
        raise WrongPeer("A password would go over the network for everyone to read: use https.")
