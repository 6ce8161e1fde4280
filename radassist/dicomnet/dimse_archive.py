"""An archive that is asked by C-FIND, and hands films over by C-GET or C-MOVE (PS3.4 C)."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import cast

from pydicom.dataset import Dataset
from pydicom.errors import InvalidDicomError
from pynetdicom import build_context, evt
from pynetdicom.association import Association
from pynetdicom.dimse_primitives import C_STORE
from pynetdicom.dsutils import encode_file_meta
from pynetdicom.events import Event, EventHandlerType

from radassist.dicomnet.answers import found_studies, has_pictures, is_film, uid_of
from radassist.dicomnet.archive_file import listening_place, peer_of
from radassist.dicomnet.asked import Asked
from radassist.dicomnet.associations import Call, PeerAway, association_with
from radassist.dicomnet.node import NOT_AS_ANNOUNCED, Node, NodeSettings, Wanted
from radassist.dicomnet.patience import wait_for
from radassist.dicomnet.sender import Sender
from radassist.dicomnet.shelf import LARGEST_OBJECT, Shelf
from radassist.dicomnet.spool import Spool
from radassist.domain.archive import (
    MOST_STUDIES,
    ArchivePlace,
    ArchiveProblem,
    ArchiveQuery,
    FetchStep,
    FoundStudy,
    wildcard,
)
from radassist.domain.cancellation import CancelToken
from radassist.domain.errors import StoreError

_FIND = "1.2.840.10008.5.1.4.1.2.2.1"
_MOVE = "1.2.840.10008.5.1.4.1.2.2.2"
_GET = "1.2.840.10008.5.1.4.1.2.2.3"
_PENDING = (0xFF00, 0xFF01)
_SUCCESS = 0x0000
_STORED, _NO_ROOM, _BAD_UID = 0x0000, 0xA700, 0x0117
_PREAMBLE = bytes(128) + b"DICM"
_MOST_SERIES, _MOST_FILMS = 500, 2_000

Answer = tuple[Dataset, Dataset | None]
"""Status and identifier; the status is empty where the connection broke."""
_Send = Callable[[], Iterator[Answer]]


class DimseArchive:
    """The archive at `place`; what it hands over goes below `folder`."""

    def __init__(self, place: ArchivePlace, folder: Path) -> None:
        self._place, self._folder = place, folder
        self._peer = peer_of(place)

    def find(self, query: ArchiveQuery, cancel: CancelToken) -> tuple[FoundStudy, ...]:
        """Studies that match, at most `MOST_STUDIES`; raises `ArchiveProblem`."""
        answers = self._ask(_study_identifier(query), cancel, MOST_STUDIES)
        return tuple(found_studies(answers, MOST_STUDIES))

    def fetch(self, study: FoundStudy, cancel: CancelToken) -> Iterator[FetchStep]:
        """Bring the pictures of `study` here, series by series; raises `ArchiveProblem` and `StoreError`."""
        shelf = Shelf(self._folder, study.uid)
        bring = self._move if self._place.move_to else self._get
        yield shelf.step()
        for films in self._films(study.uid, cancel):
            for remaining in bring(films, shelf.spool, cancel):
                yield from shelf.new_steps(remaining)
        yield from shelf.last_steps()

    def store(self, files: Sequence[Path], cancel: CancelToken) -> Iterator[bool]:
        """Hand DICOM files to the archive by C-STORE; whether it took each. Raises `ArchiveProblem`."""
        try:
            for answer in Sender(self._peer, self._place.own_title).send(files, cancel):
                yield answer.is_accepted
        except (PeerAway, InvalidDicomError) as error:
            raise ArchiveProblem(_sentence(error)) from error

    def _films(self, study: str, cancel: CancelToken) -> list[Dataset]:
        """What to ask for, one identifier a series: of a mixed study some archives would hand over nothing at all."""
        series = [each for each in self._ask(_series_identifier(study), cancel) if has_pictures(each)]
        wanted = []
        for uid in filter(None, (uid_of(each, "SeriesInstanceUID") for each in series)):
            answers = self._ask(_image_identifier(study, uid), cancel, _MOST_FILMS)
            films = [uid_of(each, "SOPInstanceUID") for each in answers if is_film(each)]
            if any(films):
                wanted.append(_image_identifier(study, uid, list(filter(None, films))))
        return wanted

    def _ask(self, identifier: Dataset, cancel: CancelToken, most: int = _MOST_SERIES) -> list[Dataset]:
        """The answers to one C-FIND, at most so many: a peer that never stops is cut off."""
        found: list[Dataset] = []
        with self._association(self._call(_FIND), cancel) as association:
            send = partial(association.send_c_find, identifier, _FIND)
            for status, answer in self._answers(association, send, cancel):
                if int(status.Status) not in _PENDING:
                    break
                if len(found) >= most:
                    association.abort()
                    break
                found += [answer] if answer is not None else []
        return found

    def _get(self, identifier: Dataset, spool: Spool, cancel: CancelToken) -> Iterator[int]:
        """How many objects are still to come, whenever the archive says so."""
        told: list[str] = []
        store = _Store(spool, _asked_for(identifier), told.append)
        handlers: list[EventHandlerType] = [(evt.EVT_C_STORE, store), (evt.EVT_DATA_RECV, store.count)]
        call = replace(self._call(_GET), takes_films=True, handlers=handlers)
        with self._association(call, cancel) as association:
            send = partial(association.send_c_get, identifier, _GET)
            yield from self._remaining(association, send, cancel, told)

    def _move(self, identifier: Dataset, spool: Spool, cancel: CancelToken) -> Iterator[int]:
        """The same by C-MOVE: this program listens for the archive alone, only meanwhile, guarded as its call is."""
        host, port = listening_place(self._place.move_to)
        own_title, told = self._place.own_title, list[str]()
        settings = NodeSettings(own_title, (self._peer.title,), host=host, port=port, tls=self._peer.tls)
        node = Node(settings, spool, told.append, _asked_for(identifier))
        node.start()
        try:
            with self._association(self._call(_MOVE), cancel) as association:
                send = partial(association.send_c_move, identifier, own_title, _MOVE)
                yield from self._remaining(association, send, cancel, told)
        finally:
            node.stop()

    def _call(self, service: str) -> Call:
        return Call(self._place.own_title, [build_context(service)])

    @contextmanager
    def _association(self, call: Call, cancel: CancelToken) -> Iterator[Association]:
        """An association with the archive; raises `ArchiveProblem` where there is none."""
        try:
            with association_with(self._peer, call, cancel) as association:
                yield association
        except PeerAway as error:
            raise ArchiveProblem(str(error)) from error

    def _remaining(
        self, association: Association, send: _Send, cancel: CancelToken, told: Sequence[str]
    ) -> Iterator[int]:
        for status, _ in self._answers(association, send, cancel):
            code = int(status.Status)
            if code not in (*_PENDING, _SUCCESS):
                why = told[0] if told else f"status {code:04X}"
                raise ArchiveProblem(f"{self._peer.title} did not hand over all of the study: {why}")
            yield int(status.get("NumberOfRemainingSuboperations") or 0)
        if told:
            raise ArchiveProblem(told[0])

    def _answers(self, association: Association, send: _Send, cancel: CancelToken) -> Iterator[Answer]:
        """Each answer as it comes; a status is always there."""
        try:
            answers = send()
        except (ValueError, RuntimeError) as error:
            raise ArchiveProblem(f"{self._peer.title} does not offer what it was asked for.") from error
        while answer := wait_for(lambda: next(answers, None), cancel, association.abort):
            if "Status" not in answer[0]:
                raise ArchiveProblem(f"{self._peer} stopped answering.")
            yield answer


class _Store:
    """Puts what comes by C-GET into the spool, as it came: of it no more is read here than which film it is."""

    def __init__(self, spool: Spool, wanted: Wanted, tell: Callable[[str], None]) -> None:
        self._spool, self._wanted, self._tell = spool, wanted, tell
        self._received = 0

    def count(self, event: Event) -> None:
        """Cut the connection where one object becomes larger than any film: it would fill the memory."""
        self._received += len(event.data)
        connection = event.assoc.dul.socket
        if self._received > LARGEST_OBJECT and connection is not None:
            connection.close()

    def __call__(self, event: Event) -> int:
        self._received = 0
        request = cast(C_STORE, event.request)
        uid = str(request.AffectedSOPInstanceUID or "")
        if not uid or request.DataSet is None:
            return _BAD_UID
        if not self._wanted.has(request, event.context.transfer_syntax):
            self._tell(f"A film of {event.assoc.acceptor.ae_title} was refused: {self._wanted.words}.")
            return NOT_AS_ANNOUNCED
        try:
            self._spool.keep(uid, (_PREAMBLE + encode_file_meta(event.file_meta), request.DataSet.getbuffer()))
        except StoreError as error:
            self._tell(str(error))
            return _NO_ROOM
        return _STORED


def _asked_for(identifier: Dataset) -> Wanted:
    return Wanted(Asked.of(identifier).has, "it was not asked for")


def _sentence(error: PeerAway | InvalidDicomError) -> str:
    return str(error) if isinstance(error, PeerAway) else "One of the files is no DICOM file; nothing was sent."


def _study_identifier(query: ArchiveQuery) -> Dataset:
    asked = Dataset()
    asked.QueryRetrieveLevel = "STUDY"
    asked.SpecificCharacterSet = "ISO_IR 192"
    asked.PatientName = wildcard(query.patient_name)
    asked.PatientID = query.patient_id
    asked.StudyDate = query.dates
    asked.ModalitiesInStudy = query.modality
    asked.StudyDescription = f"*{query.description.strip('*')}*" if query.description else ""
    asked.StudyInstanceUID = ""
    asked.NumberOfStudyRelatedInstances = None
    return asked


def _series_identifier(study: str) -> Dataset:
    asked = Dataset()
    asked.QueryRetrieveLevel = "SERIES"
    asked.StudyInstanceUID = study
    asked.SeriesInstanceUID = ""
    asked.Modality = ""
    return asked


def _image_identifier(study: str, series: str, films: Sequence[str] = ()) -> Dataset:
    """Of all objects of a series, with their classes; or of `films` alone, to have them sent."""
    asked = Dataset()
    asked.QueryRetrieveLevel = "IMAGE"
    asked.StudyInstanceUID = study
    asked.SeriesInstanceUID = series
    asked.SOPInstanceUID = list(films) or ""
    if not films:
        asked.SOPClassUID = ""
    return asked
