"""A node on a free port of the loopback, and callers of it, well-behaved and not."""

import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import pytest
from helpers.dicom_factory import film_bytes, phantom
from pydicom import dcmread
from pynetdicom import AE
from pynetdicom.association import Association
from pynetdicom.sop_class import SecondaryCaptureImageStorage

from radassist.dicomnet.limits import NodeLimits, Quota
from radassist.dicomnet.node import Node, NodeSettings
from radassist.dicomnet.spool import Spool
from radassist.dicomnet.tls_files import TlsFiles

LIBRARY_LETS_GO = pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")
"""pynetdicom lets go of a socket that could not connect, without closing it: Python does that, and says so."""

CALLER = "SENDER"
TITLE = "RADASSIST"


@dataclass
class Listening:
    """A node that listens, its spool and what it told."""

    node: Node
    spool: Spool
    told: list[str] = field(default_factory=list)

    @property
    def films(self) -> list[Path]:
        """Whole films in the spool."""
        return sorted(self.spool.films.iterdir())

    @property
    def left_over(self) -> list[Path]:
        """What was begun and never ended."""
        return list((self.spool.folder / "partial").iterdir())


@contextmanager
def listening(
    folder: Path,
    *,
    caller: str = CALLER,
    quota: Quota | None = None,
    limits: NodeLimits | None = None,
    tls: TlsFiles | None = None,
) -> Iterator[Listening]:
    """A node for `caller` from now to the end of the block."""
    spool = Spool(folder / "spool", quota or Quota())
    spool.open()
    told: list[str] = []
    node = Node(NodeSettings(TITLE, (caller,), port=0, tls=tls, limits=limits or NodeLimits()), spool, told.append)
    node.start()
    try:
        yield Listening(node, spool, told)
    finally:
        node.stop()


def small_film(number: int, size: tuple[int, int] = (8, 8)) -> bytes:
    """A film with a UID of its own."""
    elements = {"SOPInstanceUID": f"2.25.{number + 1}", "SOPClassUID": SecondaryCaptureImageStorage}
    return film_bytes(phantom(*size), bits=12, elements=elements)


def call(port: int, *, calling: str = CALLER, called: str = TITLE) -> Association:
    """An association for films like `small_film`, established or not."""
    entity = AE(calling)
    entity.add_requested_context(SecondaryCaptureImageStorage)
    entity.add_requested_context("1.2.840.10008.1.1")
    association = entity.associate("127.0.0.1", port, ae_title=called)
    if not association.is_established:
        hang_up(association)
    return association


def hang_up(association: Association) -> None:
    """Close what is left of an association that the node has ended: the library does not."""
    if association.is_alive():
        association.join(10)
    connection = association.dul.socket
    if connection and connection.socket:
        connection.socket.close()


def send(port: int, films: Sequence[bytes]) -> list[int]:
    """The statuses that a node answers to these films."""
    association = call(port)
    assert association.is_established
    try:
        return [association.send_c_store(dcmread(BytesIO(film))).Status for film in films]
    finally:
        association.release()


def raw(port: int, words: bytes = b"") -> socket.socket:
    """A connection that has said `words`."""
    connection = socket.create_connection(("127.0.0.1", port), timeout=10)
    connection.sendall(words)
    return connection


def is_closed(connection: socket.socket) -> bool:
    """Whether the other end closes it; waits for that."""
    try:
        while connection.recv(4096):
            pass
    except TimeoutError:
        return False
    except OSError:
        return True
    return True
