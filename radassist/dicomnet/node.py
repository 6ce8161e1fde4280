"""The DICOM node: answers C-ECHO and takes films by C-STORE, from the systems that were named and from nobody else."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Thread
from typing import cast

from pydicom.uid import UID
from pynetdicom import AE, evt
from pynetdicom.association import Association
from pynetdicom.dimse_primitives import C_STORE
from pynetdicom.dsutils import encode_file_meta
from pynetdicom.events import Event, EventHandlerType
from pynetdicom.sop_class import Verification  # type: ignore[attr-defined]  # made when the module is imported

from radassist.dicomnet.announced import is_as_announced
from radassist.dicomnet.contexts import RECEIVED_CLASSES, RECEIVED_SYNTAXES
from radassist.dicomnet.guarded_server import GuardedServer, GuardedSocket
from radassist.dicomnet.limits import NodeLimits
from radassist.dicomnet.peers import check_title
from radassist.dicomnet.spool import Kept, Spool, SpoolFull
from radassist.dicomnet.tls_files import TlsFiles, server_context
from radassist.domain.errors import StoreError, UserError

SUCCESS = 0x0000
OUT_OF_RESOURCES = 0xA700
NOT_AS_ANNOUNCED = 0xA900
CANNOT_UNDERSTAND = 0xC000
PROCESSING_FAILURE = 0x0110
INVALID_INSTANCE = 0x0117
LOOPBACK = "127.0.0.1"
USUAL_PORT = 11112

_UID = re.compile(r"[0-9.]{1,64}")
_PREAMBLE = b"\0" * 128 + b"DICM"
_END_SECONDS = 3.0
_POLL_SECONDS = 0.2

Tell = Callable[[str], None]
"""Takes one sentence for the user; called from any thread."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which films are taken.

    Attributes:
        has: Whether the data set of a request, encoded in a transfer syntax, is one of them.
        words: Why another one is refused.
    """

    has: Callable[[C_STORE, UID], bool]
    words: str


ANNOUNCED = Wanted(is_as_announced, "it is not the one that was announced")


class NodeUnavailable(UserError):
    """The node cannot listen where it should."""


@dataclass(frozen=True, slots=True)
class NodeSettings:
    """How a node is reached, and by whom.

    Attributes:
        title: Its own application entity title.
        callers: Titles of the systems that may call it; at least one.
        host: The address that it listens on.
        port: 0 for any that is free.
        tls: Certificates; None for plain connections.
        limits: What callers are allowed.

    Raises:
        WrongPeer: If a title can be none.
        NodeUnavailable: If nobody may call.
    """

    title: str
    callers: tuple[str, ...]
    host: str = LOOPBACK
    port: int = USUAL_PORT
    tls: TlsFiles | None = None
    limits: NodeLimits = field(default_factory=NodeLimits)

    def __post_init__(self) -> None:
        if not self.callers:
            raise NodeUnavailable("Name at least one system that may send films, by its AE title.")
        for title in (self.title, *self.callers):
            check_title(title)


class Node:
    """Listens from `start` to `stop`; films lie in the spool as soon as their senders are told so."""

    def __init__(self, settings: NodeSettings, spool: Spool, tell: Tell, wanted: Wanted = ANNOUNCED) -> None:
        self._settings, self._spool, self._tell, self._wanted = settings, spool, tell, wanted
        self._server: GuardedServer | None = None
        self._is_full = False
        self._refused: set[str] = set()
        self._confused: set[str] = set()

    @property
    def port(self) -> int:
        """The port that it listens on; 0 where it does not."""
        return self._server.server_address[1] if self._server else 0

    def start(self) -> None:
        """Listen.

        Raises:
            NodeUnavailable: If address and port cannot be had.
            BadCertificate: If there is to be TLS and a file cannot be used.
        """
        settings = self._settings
        tls = server_context(settings.tls) if settings.tls else None
        handlers: list[EventHandlerType] = [(evt.EVT_C_STORE, self._on_store), (evt.EVT_REJECTED, self._on_rejected)]
        try:
            server = GuardedServer(self._entity(), (settings.host, settings.port), tls, handlers, settings.limits)
        except (OSError, OverflowError) as error:
            place = f"{settings.host}:{settings.port}"
            raise NodeUnavailable(f"No films can be received at {place}: {_reason(error)}.") from error
        self._server = server
        Thread(target=server.serve_forever, args=(_POLL_SECONDS,), name="dicom-node", daemon=True).start()

    def stop(self) -> None:
        """Listen no more and end what is open; a film that is not whole by then was never accepted."""
        server, self._server = self._server, None
        if server is None:
            return
        server.shutdown()
        for association in server.active_associations:
            if association.is_established:
                association.abort(block=False)
            else:
                _cut(association)
        deadline = time.monotonic() + _END_SECONDS
        for association in server.active_associations:
            association.join(max(0.0, deadline - time.monotonic()))
        for association in server.active_associations:
            _cut(association)

    def _entity(self) -> AE:
        settings = self._settings
        entity = AE(settings.title)
        entity.require_called_aet = True
        entity.require_calling_aet = list(settings.callers)
        entity.maximum_associations = settings.limits.associations
        entity.maximum_pdu_size = settings.limits.pdu_bytes
        entity.acse_timeout = settings.limits.silence_seconds
        entity.dimse_timeout = settings.limits.idle_seconds
        entity.network_timeout = settings.limits.idle_seconds
        entity.add_supported_context(Verification)
        for storage_class in RECEIVED_CLASSES:
            entity.add_supported_context(storage_class, list(RECEIVED_SYNTAXES))
        return entity

    def _on_store(self, event: Event) -> int:
        """The status that the sender gets for its film."""
        try:
            return self._store(event)
        finally:
            connection = event.assoc.dul.socket
            if isinstance(connection, GuardedSocket):
                connection.film_ended()

    def _store(self, event: Event) -> int:
        request = cast(C_STORE, event.request)
        uid = str(request.AffectedSOPInstanceUID or "")
        if not _UID.fullmatch(uid):
            return INVALID_INSTANCE
        if request.DataSet is None:
            return CANNOT_UNDERSTAND
        if not self._wanted.has(request, event.context.transfer_syntax):
            return self._not_wanted(event.assoc.requestor.ae_title)
        head = _PREAMBLE + encode_file_meta(event.file_meta)
        try:
            kept = self._spool.keep(uid, (head, request.DataSet.getbuffer()))
        except StoreError as error:
            return self._no_room(error)
        self._is_full = False
        if kept is Kept.BESIDE:
            self._tell("A film came with the UID of another one and other content; both are kept.")
        return SUCCESS

    def _not_wanted(self, caller: str) -> int:
        if caller not in self._confused:
            self._confused.add(caller)
            self._tell(f"A film of {caller} was refused: {self._wanted.words}. More may follow.")
        return NOT_AS_ANNOUNCED

    def _no_room(self, error: StoreError) -> int:
        if not self._is_full:  # a sender may try its thousand films one after the other
            self._is_full = True
            self._tell(f"{error} Films are refused until then.")
        return OUT_OF_RESOURCES if isinstance(error, SpoolFull) else PROCESSING_FAILURE

    def _on_rejected(self, event: Event) -> None:
        title, request = event.assoc.requestor.ae_title, event.assoc.requestor.primitive
        if title in self._refused or len(self._refused) >= self._settings.limits.associations:
            return  # who asks again and again is told of once, and who asks by ever new names not for ever
        if title not in self._settings.callers:
            self._refused.add(title)
            self._tell(f"A system that calls itself {title!a} was refused: it is not among those that may send.")
        elif request and request.called_ae_title != self._settings.title:
            self._refused.add(title)
            self._tell(f"{title} was refused: it called this node by another title than {self._settings.title}.")


def _cut(association: Association) -> None:
    """Close the connection of an association that is not there yet, or does not end itself."""
    connection = association.dul.socket
    if connection is not None:
        connection.close()


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or "the address or port cannot be used"
