"""pynetdicom's server for hostile callers: limits on connections, on time and on bytes before anything is understood.

The library itself waits without end for the rest of a data unit and for a TLS handshake, and takes data of any length.
"""

import logging
import socket
import ssl
import time
from collections.abc import Callable
from functools import partial
from threading import Lock
from typing import Any, cast

from pynetdicom.ae import ApplicationEntity
from pynetdicom.association import Association
from pynetdicom.events import EventHandlerType
from pynetdicom.transport import AssociationServer, AssociationSocket, RequestHandler

from radassist.dicomnet.limits import NodeLimits

_LOG = logging.getLogger(__name__)
_LARGEST_UNIT = 1 << 20
"""Bytes; a request for an association that offers 128 contexts with 30 transfer syntaxes each is half of it."""
_CHUNK = 1 << 16
_SHORTEST_WAIT = 1e-3
"""Seconds; 0 would mean not to wait at all, which is another error."""
_CONNECTIONS_AN_ASSOCIATION = 4
"""Connections above the limit of associations are still answered, with a polite refusal, up to so many times it."""


class InFlight:
    """Counts the bytes that each connection of a node has received of a film which is not whole yet."""

    def __init__(self, limits: NodeLimits) -> None:
        self._limits = limits
        self._held: dict[int, int] = {}
        self._lock = Lock()

    def add(self, connection: int, more: int) -> None:
        """Count `more` bytes.

        Args:
            connection: A number of its own for each.
            more: Bytes.

        Raises:
            OSError: If that is more than a film, or all films together, may have; nothing is counted then.
        """
        with self._lock:
            held = self._held.get(connection, 0) + more
            total = sum(self._held.values()) + more
            if held > self._limits.film_bytes or total > self._limits.bytes_in_flight:
                raise OSError("more bytes than a node takes at one time")
            self._held[connection] = held

    def drop(self, connection: int) -> None:
        """What the connection had received is on disk, or given up."""
        with self._lock:
            self._held.pop(connection, None)


class GuardedSocket(AssociationSocket):
    """Reads one data unit within a time limit, and no more bytes than a film may have."""

    def __init__(
        self, assoc: Association, client_socket: socket.socket, limits: NodeLimits, in_flight: InFlight
    ) -> None:
        super().__init__(assoc, client_socket=client_socket)
        self._limits, self._in_flight = limits, in_flight

    def recv(self, nr_bytes: int) -> bytearray:
        """Exactly so many bytes, or fewer where the caller closes the connection.

        Raises:
            OSError: If the caller is too slow or sends too much.
        """
        connection = self.socket
        if connection is None or nr_bytes > _LARGEST_UNIT:
            raise OSError("a data unit of no acceptable length")
        self._in_flight.add(id(self), nr_bytes)
        received, deadline = bytearray(), time.monotonic() + self._limits.silence_seconds
        while len(received) < nr_bytes:
            connection.settimeout(max(deadline - time.monotonic(), _SHORTEST_WAIT))
            piece = connection.recv(min(_CHUNK, nr_bytes - len(received)))
            if not piece:
                break
            received += piece
        connection.settimeout(self._limits.silence_seconds)
        return received

    def film_ended(self) -> None:
        """What was received so far is no longer in memory."""
        self._in_flight.drop(id(self))

    def _shutdown_socket(self) -> None:
        """Every end of a connection comes here; the library leaves open what the caller has closed already."""
        self.film_ended()
        super()._shutdown_socket()
        if self.socket is not None:
            self.socket.close()
        if self.assoc.requestor.primitive is None:
            # Nobody will ask for an association any more: the library would wait for it, and hold a place meanwhile.
            primitives: Any = self.assoc.dul.to_user_queue  # which is typed without the None that ends it
            primitives.put(None)


class _GuardedRequest(RequestHandler):
    def _create_association(self) -> Association:
        association = super()._create_association()
        server = cast(GuardedServer, self.server)
        association.dul.event_queue.get_nowait()  # the library's own socket has announced itself; now ours does
        request = cast(socket.socket, self.request)
        connection = GuardedSocket(association, request, server.limits, server.in_flight)
        association.dul.socket = connection
        run = partial(_run_guarded, association.dul.run, connection)
        association.dul.run = run  # type: ignore[method-assign]  # what its thread does
        return association


def _run_guarded(run: Callable[[], None], connection: GuardedSocket) -> None:
    """The library raises whatever it meets in a message that is none, and Python would print that to the terminal."""
    try:
        run()
    except Exception:  # noqa: BLE001 - a hostile message; the association notices that its thread has ended
        _LOG.warning("a connection was given up: what came over it is not DICOM", exc_info=True)
    finally:
        connection.film_ended()


class GuardedServer(AssociationServer):
    """Takes connections while there are not too many, and never waits for one of them."""

    request_queue_size = 128

    def __init__(
        self,
        entity: ApplicationEntity,
        address: tuple[str, int],
        tls: ssl.SSLContext | None,
        handlers: list[EventHandlerType],
        limits: NodeLimits,
    ) -> None:
        self.limits, self.in_flight = limits, InFlight(limits)
        title, contexts = entity.ae_title, entity.supported_contexts
        super().__init__(entity, address, title, contexts, tls, handlers, _GuardedRequest)

    def verify_request(self, request: Any, client_address: Any) -> bool:
        """Whether there is room for another connection; one above the limit is closed unheard."""
        return len(self.active_associations) < _CONNECTIONS_AN_ASSOCIATION * self.limits.associations

    def get_request(self) -> tuple[socket.socket, Any]:
        """A connection that has time limits; a TLS handshake is left to the thread of its association."""
        listening = cast(socket.socket, self.socket)
        connection, address = listening.accept()
        connection.settimeout(self.limits.silence_seconds)
        if self.ssl_context is not None:
            connection = self.ssl_context.wrap_socket(connection, server_side=True, do_handshake_on_connect=False)
        return connection, address

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A connection that cannot be served is logged and closed; the others go on."""
        _LOG.exception("a connection could not be served")

    def service_actions(self) -> None:
        """Nothing: the library would collect garbage here, which halts every thread of the program."""

    def shutdown(self) -> None:
        """Take no more connections; those that are open stay."""
        super(AssociationServer, self).shutdown()
        self.server_close()
