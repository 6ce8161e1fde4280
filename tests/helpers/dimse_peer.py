"""A DIMSE archive in this process, by pynetdicom: it may hand over what nobody asked for, and speak TLS."""

import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO

from helpers.dicom_factory import film_bytes, phantom
from pydicom import Dataset, dcmread
from pynetdicom import AE, evt
from pynetdicom.sop_class import SecondaryCaptureImageStorage

FIND, MOVE, GET = (f"1.2.840.10008.5.1.4.1.2.2.{number}" for number in (1, 2, 3))
TITLE = "ARCHIVE"
_KEYS = {"STUDY": "StudyInstanceUID", "SERIES": "SeriesInstanceUID", "IMAGE": "SOPInstanceUID"}


def film_of(instance: str, study: str = "1.2.3", series: str = "1.2.3.4") -> Dataset:
    """A small film with these identifiers."""
    names = {"SOPInstanceUID": instance, "StudyInstanceUID": study, "SeriesInstanceUID": series}
    content = film_bytes(phantom(8, 8), bits=12, elements=names | {"SOPClassUID": SecondaryCaptureImageStorage})
    return dcmread(BytesIO(content))


@dataclass
class DimsePeer:
    """What it holds, hands over (None: what it is asked for) and has been sent.

    Attributes:
        move_port: Where films go that are wanted by C-MOVE.
        move_tls: Guards their way there.
    """

    films: Sequence[Dataset]
    handed: Sequence[Dataset] | None = None
    move_port: int = 0
    move_tls: ssl.SSLContext | None = None
    port: int = 0
    stored: list[Dataset] = field(default_factory=list)

    def find(self, event: evt.Event) -> Iterator[tuple[int, Dataset | None]]:
        asked = event.identifier
        for film in {film[_KEYS[asked.QueryRetrieveLevel]].value: film for film in self._matching(asked)}.values():
            answer = Dataset()
            for element in asked:
                if element.keyword in film:
                    answer[element.tag] = film[element.tag]
            answer.QueryRetrieveLevel = asked.QueryRetrieveLevel
            yield 0xFF00, answer

    def get(self, event: evt.Event) -> Iterator[object]:
        films = self._matching(event.identifier) if self.handed is None else self.handed
        yield len(films)
        for film in films:
            yield 0xFF00, film

    def move(self, event: evt.Event) -> Iterator[object]:
        yield "127.0.0.1", self.move_port, {"tls_args": (self.move_tls, "127.0.0.1") if self.move_tls else None}
        yield from self.get(event)

    def store(self, event: evt.Event) -> int:
        self.stored.append(event.dataset)
        return 0

    def _matching(self, asked: Dataset) -> list[Dataset]:
        wanted = {name: asked.get(name) for name in _KEYS.values() if asked.get(name)}
        return [
            film
            for film in self.films
            if all(film[name].value in ([value] if isinstance(value, str) else value) for name, value in wanted.items())
        ]


@contextmanager
def dimse_peer(peer: DimsePeer, tls: ssl.SSLContext | None = None) -> Iterator[DimsePeer]:
    """`peer` at work on a free port of the loopback until the block ends."""
    entity = AE(TITLE)
    for service in (FIND, GET, MOVE):
        entity.add_supported_context(service)
    entity.add_supported_context(SecondaryCaptureImageStorage, scu_role=True, scp_role=True)
    entity.add_requested_context(SecondaryCaptureImageStorage)
    handlers = [
        (evt.EVT_C_FIND, peer.find),
        (evt.EVT_C_GET, peer.get),
        (evt.EVT_C_MOVE, peer.move),
        (evt.EVT_C_STORE, peer.store),
    ]
    server = entity.start_server(("127.0.0.1", 0), block=False, evt_handlers=handlers, ssl_context=tls)
    assert server is not None
    peer.port = server.server_address[1]
    try:
        yield peer
    finally:
        server.shutdown()
