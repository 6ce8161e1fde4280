"""What a session with DICOMweb services may do."""

from pathlib import Path

import pytest
from helpers.peers import free_port

from radassist.dicomnet import web_session
from radassist.dicomnet.web_session import TIMEOUTS, TooMuch, host_of, make_session
from radassist.domain.archive import ArchiveKind, ArchivePlace

PLACE = ArchivePlace(ArchiveKind.WEB, url="https://pacs.example:8443/dicom-web", user="ida")


def test_certificates_are_verified_and_the_environment_says_nothing(monkeypatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{free_port()}")
    session = make_session(PLACE, "secret")
    assert session.verify is True and not session.trust_env and session.max_redirects == 0
    assert session.auth == ("ida", "secret")
    own = ArchivePlace(ArchiveKind.WEB, url=PLACE.url, authority="/etc/ours.pem")
    assert make_session(own, "").verify == "/etc/ours.pem" and make_session(own, "").auth is None
    assert host_of(PLACE) == "pacs.example" and all(seconds < 60 for seconds in TIMEOUTS)


def test_an_answer_without_end_is_cut_off(monkeypatch, tmp_path: Path) -> None:
    class Endless:
        def read(self, size: int, *, decode_content: bool) -> bytes:
            return b"x" * size

        def close(self) -> None:
            self.is_closed = True

    class Response:
        raw = Endless()

    monkeypatch.setattr(web_session, "LARGEST_OBJECT", 3 << 20)
    with pytest.raises(TooMuch):
        web_session._bounded(Response())
    assert Response.raw.is_closed
