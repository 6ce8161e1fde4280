"""Calling another DICOM system: an association that is made, or one sentence on why it is not."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import product
from socket import socket

from pynetdicom import AE, build_context, build_role, evt
from pynetdicom.association import Association
from pynetdicom.events import Event, EventHandlerType
from pynetdicom.presentation import PresentationContext

from radassist.dicomnet.contexts import RECEIVED_CLASSES, RECEIVED_SYNTAXES
from radassist.dicomnet.patience import wait_for
from radassist.dicomnet.peers import Peer
from radassist.dicomnet.tls_files import client_context
from radassist.domain.cancellation import CancelToken
from radassist.domain.errors import UserError

_CONNECT_SECONDS, _SILENCE_SECONDS = 5.0, 30.0


class PeerAway(UserError):
    """Another system does not answer, or does not want to be called by this one."""


@dataclass(frozen=True, slots=True)
class Call:
    """What an association is for.

    Attributes:
        title: The title this program calls itself by.
        contexts: What is asked for.
        takes_films: Whether the peer may also send films over it, by role selection (PS3.7 D.3.3.4).
        handlers: Of what the peer asks meanwhile.
    """

    title: str
    contexts: Sequence[PresentationContext]
    takes_films: bool = False
    handlers: Sequence[EventHandlerType] = ()


@contextmanager
def association_with(peer: Peer, call: Call, cancel: CancelToken) -> Iterator[Association]:
    """An established association; released where the block ends well, else aborted, and its connection closed.

    Raises:
        PeerAway: If there is none to be had.
        BadCertificate: If it is to be guarded by TLS and a file cannot be used.
        Cancelled: If `cancel` is cancelled while it is being made.
    """
    sockets: list[socket] = []
    association = wait_for(partial(_connect, peer, call, cancel, sockets), cancel, partial(_close, sockets))
    try:
        if not association.is_established:
            raise PeerAway(f"{peer} {_why_not(association, call.title, has_tls=peer.tls is not None)}")
        yield association
        if association.is_established:
            association.release()
    finally:
        _end(association, sockets)


def cut(association: Association) -> None:
    """Close the connection, whatever the other end does; called from any thread."""
    connection = association.dul.socket
    if connection is not None and connection.socket is not None:
        connection.socket.close()


def _connect(peer: Peer, call: Call, cancel: CancelToken, sockets: list[socket]) -> Association:
    """The connection, whose socket joins `sockets`; one that nobody waits for any more is ended at once."""
    roles = [build_role(each, scp_role=True) for each in RECEIVED_CLASSES] if call.takes_films else None
    try:
        association = _entity(call.title).associate(
            peer.host,
            peer.port,
            [*call.contexts, *_film_contexts(call)],
            ae_title=peer.title,
            ext_neg=roles,  # type: ignore[arg-type]  # a list of one kind of item is one of any kind
            evt_handlers=[*call.handlers, (evt.EVT_CONN_OPEN, partial(_note, sockets))],
            tls_args=(client_context(peer.tls), peer.host) if peer.tls else None,
        )
    except OSError as error:  # its name is not known
        raise PeerAway(f"{peer} cannot be found.") from error
    association.acse_timeout = _CONNECT_SECONDS  # from here on it limits how long the end of the association takes
    if cancel.is_cancelled:
        _end(association, sockets)
    return association


def _entity(title: str) -> AE:
    entity = AE(title)
    entity.connection_timeout = _CONNECT_SECONDS
    entity.acse_timeout = entity.dimse_timeout = entity.network_timeout = _SILENCE_SECONDS
    return entity


def _film_contexts(call: Call) -> list[PresentationContext]:
    """One for each class and transfer syntax: of several syntaxes in one, peers take the first and convert films."""
    films = product(RECEIVED_CLASSES, RECEIVED_SYNTAXES) if call.takes_films else ()
    return [build_context(*film) for film in films]


def _note(sockets: list[socket], event: Event) -> None:
    """The library would wait without end for the rest of a data unit, and forgets sockets whose other end hung up."""
    connection = event.assoc.dul.socket
    if connection is not None and connection.socket is not None:
        connection.socket.settimeout(_SILENCE_SECONDS)
        sockets.append(connection.socket)


def _end(association: Association, sockets: Sequence[socket]) -> None:
    if association.is_established:
        association.abort()
    _close(sockets)


def _close(sockets: Sequence[socket]) -> None:
    for each in sockets:
        each.close()


def _why_not(association: Association, title: str, *, has_tls: bool) -> str:
    if not association.is_rejected and has_tls:
        return "does not answer with TLS: is it running, and are its address and the certificates right?"
    if not association.is_rejected:
        return "does not answer: is it running, and is its address right?"
    answer = association.acceptor.primitive
    if answer is not None and answer.result_source == 1:
        return f"refuses to be called by {title}: enter that title there, or its own title here."
    return "has no place for another association now."
