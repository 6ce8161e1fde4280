"""Opens connections to a peer, with time limits, and says in one sentence why there is none."""

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
from radassist.domain.archive import ArchiveProblem
from radassist.domain.cancellation import CancelToken

_CONNECT_SECONDS, _ANSWER_SECONDS = 5.0, 30.0


@dataclass(frozen=True, slots=True)
class Call:
    """What a connection is for.

    Attributes:
        own_title: The title this program calls itself by.
        service: SOP class of what is asked for.
        handlers: Of what the peer asks meanwhile.
        takes_films: Whether the peer may send films over it.
    """

    own_title: str
    service: str
    handlers: Sequence[EventHandlerType] = ()
    takes_films: bool = False


@contextmanager
def calling(peer: Peer, call: Call, cancel: CancelToken) -> Iterator[Association]:
    """A connection for the block; aborted where the block does not end well.

    Raises:
        ArchiveProblem: If there is none to be had.
        BadCertificate: If there is to be TLS and a file cannot be used.
    """
    sockets: list[socket] = []
    association = wait_for(partial(_connect, peer, call, cancel, sockets), cancel)
    try:
        if not association.is_established:
            raise ArchiveProblem(_why_not(association, peer, call))
        yield association
        association.release()
    finally:
        _end(association, sockets)


def _connect(peer: Peer, call: Call, cancel: CancelToken, sockets: list[socket]) -> Association:
    """The connection, whose socket joins `sockets`; one that nobody waits for any more is ended at once."""
    roles = [build_role(each, scp_role=True) for each in RECEIVED_CLASSES] if call.takes_films else None
    try:
        association = _entity(call).associate(
            peer.host,
            peer.port,
            _contexts(call),
            ae_title=peer.title,
            ext_neg=roles,  # type: ignore[arg-type]  # a list of one kind of item is one of any kind
            evt_handlers=[*call.handlers, (evt.EVT_CONN_OPEN, lambda event: _note(event, sockets))],
            tls_args=(client_context(peer.tls), peer.host) if peer.tls else None,
        )
    except OSError as error:  # its name is not known
        raise ArchiveProblem(f"{peer} cannot be found.") from error
    if cancel.is_cancelled:
        _end(association, sockets)
    return association


def _note(event: Event, sockets: list[socket]) -> None:
    connection = event.assoc.dul.socket
    if connection is not None and connection.socket is not None:
        sockets.append(connection.socket)


def _end(association: Association, sockets: Sequence[socket]) -> None:
    """Nothing stays open: pynetdicom forgets sockets whose other end was faster."""
    if association.is_established:
        association.abort()
    for each in sockets:
        each.close()


def _entity(call: Call) -> AE:
    entity = AE(call.own_title)
    entity.connection_timeout = entity.acse_timeout = _CONNECT_SECONDS
    entity.dimse_timeout = entity.network_timeout = _ANSWER_SECONDS
    return entity


def _contexts(call: Call) -> list[PresentationContext]:
    """One for each class and transfer syntax: of several syntaxes in one, peers take the first and convert films."""
    films = product(RECEIVED_CLASSES, RECEIVED_SYNTAXES) if call.takes_films else ()
    return [build_context(call.service), *(build_context(*film) for film in films)]


def _why_not(association: Association, peer: Peer, call: Call) -> str:
    if association.is_rejected:
        return f"{peer} refuses this program: it must know the title {call.own_title}."
    return f"The archive {peer} does not answer: is it running, and is its address right?"
