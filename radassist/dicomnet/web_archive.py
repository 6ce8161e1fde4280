"""An archive that is asked by DICOMweb: QIDO-RS to search, WADO-RS to retrieve, STOW-RS to store (PS3.18)."""

from collections.abc import Callable, Iterator, Sequence
from email.message import Message
from json import JSONDecodeError
from pathlib import Path
from typing import TypeVar

import requests
from dicomweb_client.web import DICOMwebClient
from pydicom.dataset import Dataset
from urllib3.exceptions import HTTPError

from radassist.dicomnet.answers import found_studies, has_pictures, is_film, uid_of
from radassist.dicomnet.asked import Asked
from radassist.dicomnet.patience import wait_for
from radassist.dicomnet.shelf import Shelf
from radassist.dicomnet.web_session import TIMEOUTS, TooMuch, host_of, make_session
from radassist.dicomnet.whole_file import read_whole
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

_ACCEPT = 'multipart/related; type="application/dicom"; transfer-syntax=*'
_FIELDS = ("StudyDescription", "ModalitiesInStudy", "NumberOfStudyRelatedInstances")
_MOST_SERIES, _MOST_INSTANCES = 500, 2_000

_Answer = TypeVar("_Answer")


class WebArchive:
    """The archive at `place`; what it hands over goes below `folder`."""

    def __init__(self, place: ArchivePlace, folder: Path, password: str = "") -> None:
        self._place, self._folder = place, folder
        self._session = make_session(place, password)
        self._client = DICOMwebClient(place.url.rstrip("/"), session=self._session, timeout=TIMEOUTS)
        self._client.set_http_retry_params(retry=False)

    def find(self, query: ArchiveQuery, cancel: CancelToken) -> tuple[FoundStudy, ...]:
        """Studies that match, at most `MOST_STUDIES`; raises `ArchiveProblem`."""
        filters = _filters(query)
        plain = self._ask(
            lambda: self._client.search_for_studies(fields=_FIELDS, search_filters=filters, limit=MOST_STUDIES), cancel
        )
        return tuple(found_studies(_datasets(plain), MOST_STUDIES))

    def fetch(self, study: FoundStudy, cancel: CancelToken) -> Iterator[FetchStep]:
        """Bring the pictures of `study` here, object by object; raises `ArchiveProblem` and `StoreError`."""
        shelf = Shelf(self._folder, study.uid)
        yield shelf.step()
        wanted = self._instances(study.uid, cancel)
        for index, (series, instance) in enumerate(wanted):
            url = f"{self._client.base_url}/studies/{study.uid}/series/{series}/instances/{instance}"
            film = self._ask(lambda url=url: self._film(url), cancel)  # type: ignore[misc]
            if not Asked(study.uid, series, frozenset({instance})).has_file(film):
                raise ArchiveProblem(f"A film of {host_of(self._place)} was refused: it was not asked for.")
            shelf.spool.keep(instance, (film,))
            yield from shelf.new_steps(len(wanted) - index - 1)
        yield from shelf.last_steps()

    def store(self, files: Sequence[Path], cancel: CancelToken) -> Iterator[bool]:
        """Hand DICOM files to the archive by STOW-RS; whether it took each. Raises `ArchiveProblem`."""
        for file in files:
            sent = _read(file)
            answer = self._ask(lambda sent=sent: self._client.store_instances([sent]), cancel)  # type: ignore[misc]
            yield not answer.get("FailedSOPSequence")

    def _instances(self, study: str, cancel: CancelToken) -> list[tuple[str, str]]:
        """Series and instance of every picture of a study."""
        series = self._ask(lambda: self._client.search_for_series(study, limit=_MOST_SERIES), cancel)
        uids = [uid_of(each, "SeriesInstanceUID") for each in _datasets(series) if has_pictures(each)]
        found: list[tuple[str, str]] = []
        for uid in filter(None, uids):
            plain = self._ask(
                lambda uid=uid: self._client.search_for_instances(study, uid, limit=_MOST_INSTANCES),  # type: ignore[misc]
                cancel,
            )
            instances = (uid_of(each, "SOPInstanceUID") for each in _datasets(plain) if is_film(each))
            found += [(uid, instance) for instance in instances if instance]
        return found[:_MOST_INSTANCES]

    def _film(self, url: str) -> bytes:
        """The file of one object, as the archive keeps it."""
        answer = self._session.get(url, headers={"Accept": _ACCEPT}, timeout=TIMEOUTS)
        answer.raise_for_status()
        return only_part(answer.headers.get("Content-Type", ""), answer.content)

    def _ask(self, call: Callable[[], _Answer], cancel: CancelToken) -> _Answer:
        """What `call` gives; whatever goes wrong becomes one sentence without what was asked for."""
        host = host_of(self._place)
        try:
            return wait_for(call, cancel)
        except requests.exceptions.SSLError as error:
            raise ArchiveProblem(f"The certificate of {host} cannot be trusted; nothing was sent.") from error
        except (requests.Timeout, requests.ConnectionError) as error:
            raise ArchiveProblem(f"{host} does not answer: is it running, and is its address right?") from error
        except requests.HTTPError as error:
            raise ArchiveProblem(_refusal(host, error)) from error
        except requests.TooManyRedirects as error:
            raise ArchiveProblem(f"{host} sends callers elsewhere; give the final address of its services.") from error
        except TooMuch as error:
            raise ArchiveProblem(f"The answer of {host} is too large.") from error
        except (requests.RequestException, HTTPError, JSONDecodeError, ValueError, TypeError, KeyError) as error:
            raise ArchiveProblem(f"{host} gave an answer that is no DICOMweb answer.") from error


def only_part(content_type: str, body: bytes) -> bytes:
    """The one part of a multipart answer, or the body where it is a file by itself (RFC 2046 5.1).

    Not taken apart by an e-mail parser, which would change line ends, nor decoded, so that the bytes are the archive's.

    Raises:
        ValueError: If there is no part.
    """
    header = Message()
    header["Content-Type"] = content_type
    boundary = header.get_boundary()
    if boundary is None:
        return body
    line = b"--" + boundary.encode("latin-1", "replace")
    _, found, rest = body.partition(line)
    _, ends, part = rest.partition(b"\r\n\r\n")
    content, closes, _ = part.partition(b"\r\n" + line)
    if not (found and ends and closes):
        raise ValueError("no part")
    return content


def _read(file: Path) -> Dataset:
    """An object of the user's own; one that is sent, so that its header is read here."""
    try:
        whole = read_whole(file)
    except OSError as error:
        raise ArchiveProblem(f"{file.name} cannot be read: {error.strerror or error}.") from error
    if whole is None:
        raise ArchiveProblem(f"{file.name} is damaged, or no DICOM file, and was not sent.")
    return whole


def _refusal(host: str, error: requests.HTTPError) -> str:
    code = error.response.status_code if error.response is not None else 0
    if code in (401, 403):
        return f"{host} refuses this user: check the name and the password."
    return f"{host} answered with the error {code}."


def _filters(query: ArchiveQuery) -> dict[str, str]:
    asked = {
        "PatientName": wildcard(query.patient_name),
        "PatientID": query.patient_id,
        "StudyDate": query.dates,
        "ModalitiesInStudy": query.modality,
        "StudyDescription": f"*{query.description.strip('*')}*" if query.description else "",
    }
    return {name: value for name, value in asked.items() if value}


def _datasets(plain: object) -> Iterator[Dataset]:
    """Each answer that is one; the others are dropped."""
    for each in plain if isinstance(plain, list) else ():
        try:
            yield Dataset.from_json(each)
        except (ValueError, TypeError, KeyError, AttributeError, LookupError):
            continue
