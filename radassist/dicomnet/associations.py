"""Calling another DICOM system: an association that is made, or one sentence on why it is not."""

from collections.abc import Iterator
from contextlib import contextmanager

from pynetdicom import AE, evt
from pynetdicom.association import Association
from pynetdicom.events import Event

from radassist.dicomnet.peers import Peer
from radassist.dicomnet.tls_files import client_context
from radassist.domain.errors import UserError

CONNECT_SECONDS = 5.0
SILENCE_SECONDS = 30.0


class PeerAway(UserError):
    """Another system does not answer, or does not want to be called by this one."""


def caller(title: str) -> AE:
    """This program as one that calls others, with time limits; whoever gets it adds the contexts it will ask for.

    Raises:
        ValueError: If `title` can be none.
    """
    entity = AE(title)
    entity.connection_timeout = CONNECT_SECONDS
    entity.acse_timeout = entity.dimse_timeout = entity.network_timeout = SILENCE_SECONDS
    return entity


@contextmanager
def association_with(peer: Peer, entity: AE) -> Iterator[Association]:
    """An established association; released at the end of the block, whatever became of it.

    Raises:
        PeerAway: If there is none to be had.
        BadCertificate: If it is to be guarded by TLS and a file cannot be used.
    """
    tls = (client_context(peer.tls), peer.host) if peer.tls else None
    try:
        association = entity.associate(
            peer.host,
            peer.port,
            ae_title=peer.title,
            tls_args=tls,
            evt_handlers=[(evt.EVT_CONN_OPEN, _limit_waiting)],
        )
    except OSError as error:  # its name is not known
        raise PeerAway(f"{peer} cannot be found.") from error
    try:
        if not association.is_established:
            raise PeerAway(f"{peer} {_why_not(association, entity.ae_title)}.")
        yield association
        if association.is_established:
            association.release()
    finally:
        cut(association)


def cut(association: Association) -> None:
    """Close the connection, whatever the other end does. The library leaves it open where that has hung up first."""
    connection = association.dul.socket
    if connection is not None and connection.socket is not None:
        connection.socket.close()


def _limit_waiting(event: Event) -> None:
    """The library would wait without end for the rest of a data unit."""
    connection = event.assoc.dul.socket
    if connection is not None and connection.socket is not None:
        connection.socket.settimeout(SILENCE_SECONDS)


def _why_not(association: Association, title: str) -> str:
    if not association.is_rejected:
        return "does not answer"
    answer = association.acceptor.primitive
    if answer is not None and answer.result_source == 1:
        return f"refuses to be called by {title}: enter that title there, or its own title here"
    return "has no place for another association now"
