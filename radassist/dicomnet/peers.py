"""The systems that this program may talk to, as the user named them, kept in one small file."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from radassist.dicomnet.tls_files import TlsFiles
from radassist.domain.errors import StoreError, UserError

_LARGEST_FILE = 1 << 20
_LARGEST_PORT = 65_535
_LONGEST_HOST = 253
_TITLE = re.compile(r"[ -\[\]-~]{1,16}")
"""An application entity title: printable ASCII without the backslash (PS3.5 6.2, AE)."""


class WrongPeer(UserError):
    """What was given does not name a system that could be talked to."""


@dataclass(frozen=True, slots=True)
class Peer:
    """Another DICOM system.

    Attributes:
        title: Its application entity title, 1 to 16 characters.
        host: Its name or address.
        port: 1 to 65535.
        tls: The certificates its connections are guarded with; None for plain ones.

    Raises:
        WrongPeer: If title, host or port cannot be one.
    """

    title: str
    host: str
    port: int
    tls: TlsFiles | None = None

    def __post_init__(self) -> None:
        check_title(self.title)
        if not self.host or len(self.host) > _LONGEST_HOST or not self.host.isprintable() or " " in self.host:
            raise WrongPeer(f"{self.host!r} is not the name or address of a machine.")
        check_port(self.port)

    def __str__(self) -> str:
        return f"{self.title} at {self.host}:{self.port}"


def check_title(title: str) -> str:
    """`title`, if it can be an application entity title.

    Raises:
        WrongPeer: If not.
    """
    if not _TITLE.fullmatch(title) or title != title.strip():
        raise WrongPeer(f"{title!r} is not an AE title: 1 to 16 plain characters, no backslash.")
    return title


def check_port(port: int) -> int:
    """`port`, if a connection can be made to it.

    Raises:
        WrongPeer: If not.
    """
    if not 1 <= port <= _LARGEST_PORT:
        raise WrongPeer(f"{port} is not a port: 1 to {_LARGEST_PORT}.")
    return port


def parse_peer(text: str) -> Peer:
    """The peer that `TITLE@HOST:PORT` names; an IPv6 address stands in brackets.

    Raises:
        WrongPeer: If it names none.
    """
    title, _, place = text.rpartition("@")
    host, _, port = place.rpartition(":")
    if not (title and host and port.isascii() and port.isdigit()):
        raise WrongPeer(f"{text!r} names no DICOM system: write TITLE@HOST:PORT.")
    return Peer(title, host.removeprefix("[").removesuffix("]"), int(port))


def read_peers(path: Path) -> tuple[Peer, ...]:
    """The peers kept in `path`, in their order; none where there is no such file.

    Raises:
        StoreError: If the file is there and cannot be read or understood: a peer must not vanish silently.
    """
    try:
        if not path.exists():
            return ()
        if path.stat().st_size > _LARGEST_FILE:
            raise ValueError("too large")
        return tuple(_from_plain(each) for each in json.loads(path.read_text(encoding="utf-8"))["peers"])
    except (OSError, ValueError, TypeError, KeyError, RecursionError, WrongPeer) as error:
        raise StoreError(f"The list of DICOM systems in {path} cannot be read: mend or remove the file.") from error


def find_peer(text: str, path: Path) -> Peer:
    """The peer that `text` names: `TITLE@HOST:PORT`, or the title of one kept in `path`, which may have certificates.

    Raises:
        WrongPeer: If it names none.
        StoreError: If `path` cannot be read.
    """
    if "@" in text:
        return parse_peer(text)
    for peer in read_peers(path):
        if peer.title == text:
            return peer
    raise WrongPeer(f"No DICOM system called {text!r} is known: write TITLE@HOST:PORT.")


def _from_plain(plain: dict[str, Any]) -> Peer:
    tls = plain.get("tls")
    files = TlsFiles(_path(tls["certificate"]), _path(tls["key"]), _path(tls["authority"])) if tls else None
    return Peer(str(plain["title"]), str(plain["host"]), int(plain["port"]), files)


def _path(text: str | None) -> Path | None:
    return None if text is None else Path(text)
