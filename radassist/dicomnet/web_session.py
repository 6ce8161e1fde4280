"""A session with DICOMweb services that asks nobody but them, waits no longer than it should and takes no more."""

import time
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter

from radassist.dicomnet.shelf import LARGEST_OBJECT
from radassist.domain.archive import ArchivePlace

TIMEOUTS = (5.0, 20.0)
"""Seconds to connect, and between two pieces of an answer."""
_WHOLE_SECONDS = 300.0
_CHUNK = 1 << 20


class TooMuch(requests.RequestException):
    """An answer is larger than any film, or never ends."""


class _BoundedAdapter(HTTPAdapter):
    """Reads every answer here, up to a limit, before anybody sees it."""

    def send(self, request: requests.PreparedRequest, *args: Any, **words: Any) -> requests.Response:
        """As the base class does, with the whole answer read."""
        # An asterisk may stand as it is (RFC 3986 3.4); escaped, Orthanc 1.10 takes it for three other letters.
        request.url = (request.url or "").replace("%2A", "*")
        response = super().send(request, *args, **words | {"stream": True})
        response._content = _bounded(response)  # what `content` gives: requests itself would read without a limit
        response._content_consumed = True
        return response


def _bounded(response: requests.Response) -> bytes:
    content, deadline = bytearray(), time.monotonic() + _WHOLE_SECONDS
    try:
        while chunk := response.raw.read(_CHUNK, decode_content=True):
            content += chunk
            if len(content) > LARGEST_OBJECT or time.monotonic() > deadline:
                raise TooMuch("an answer without end")
    finally:
        response.raw.close()
    return bytes(content)


def make_session(place: ArchivePlace, password: str) -> requests.Session:
    """A session for the services at `place`.

    Certificates are always verified, no other address is followed to, and neither proxies nor passwords are taken from
    the environment.
    """
    session = requests.Session()
    session.trust_env = False
    session.max_redirects = 0
    session.verify = place.authority or True
    if place.user:
        session.auth = (place.user, password)
    for scheme in ("https://", "http://"):
        session.mount(scheme, _BoundedAdapter())
    return session


def host_of(place: ArchivePlace) -> str:
    """The machine, for sentences: the path may hold more than a reader needs."""
    return urlsplit(place.url).hostname or place.url
