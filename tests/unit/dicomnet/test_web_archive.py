"""An archive asked by DICOMweb: Orthanc, and servers that answer nonsense."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread, Timer

import pytest
from helpers.archives import (
    ANY_DAY,
    fill,
    instances_in,
    patient_of,
    silent_port,
    some_samples,
    stored_again,
    web_place,
)
from helpers.peers import Orthanc, free_port, running_orthanc
from pydicom import dcmread

from radassist.dicomnet.web_archive import WebArchive, only_part
from radassist.domain.archive import ArchiveKind, ArchivePlace, ArchiveProblem, QueryTexts, make_query
from radassist.domain.cancellation import Cancelled, CancelToken


@pytest.fixture(scope="module")
def orthanc(tmp_path_factory) -> Iterator[Orthanc]:
    with running_orthanc(tmp_path_factory.mktemp("orthanc")) as running:
        fill(running, some_samples())
        yield running


def test_studies_are_found_and_films_come_whole(orthanc: Orthanc, tmp_path: Path) -> None:
    archive, films = WebArchive(web_place(orthanc), tmp_path), some_samples()
    assert {study.patient_name for study in archive.find(ANY_DAY, CancelToken())} == set(map(patient_of, films))
    family = patient_of(films[0]).split("^")[0]
    (study,) = archive.find(make_query(QueryTexts(patient_name=family)), CancelToken())
    (path,) = [step.path for step in archive.fetch(study, CancelToken()) if step.path]
    came, sent = dcmread(path), dcmread(films[0])
    assert came.SOPInstanceUID == sent.SOPInstanceUID and came.PixelData == sent.PixelData
    assert came.file_meta.TransferSyntaxUID == sent.file_meta.TransferSyntaxUID


@pytest.mark.filterwarnings("ignore::UserWarning")  # as the commands do
def test_objects_are_stored(orthanc: Orthanc, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("no film")
    files = [stored_again(tmp_path, "2.25.77"), stored_again(tmp_path, "2.25.78")]
    archive = WebArchive(web_place(orthanc), tmp_path)
    assert list(archive.store(files, CancelToken())) == [True, True]
    assert {"2.25.77", "2.25.78"} <= instances_in(orthanc)
    with pytest.raises(ArchiveProblem, match="no DICOM file"):
        list(archive.store([tmp_path / "note.txt"], CancelToken()))
    files[0].write_bytes(files[0].read_bytes()[:-100])
    with pytest.raises(ArchiveProblem, match=r"2\.25\.77\.dcm is damaged"):
        list(archive.store([files[0]], CancelToken()))


@contextmanager
def answering(answer: Callable[[BaseHTTPRequestHandler], None]) -> Iterator[ArchivePlace]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer(self)

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield ArchivePlace(ArchiveKind.WEB, url=f"http://127.0.0.1:{server.server_port}/dicom-web", user="ida")
        server.shutdown()


def says(status: int, body: bytes = b"", **headers: str) -> Callable[[BaseHTTPRequestHandler], None]:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return answer


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (says(401), "check the name and the password"),
        (says(500), "the error 500"),
        (says(200, b"<html>"), "no DICOMweb answer"),
        (says(302, Location="http://127.0.0.1:9/else"), "sends callers elsewhere"),
    ],
)
def test_whatever_goes_wrong_is_one_sentence_without_the_query(tmp_path: Path, answer, sentence: str) -> None:
    with answering(answer) as place, pytest.raises(ArchiveProblem, match=sentence) as told:
        WebArchive(place, tmp_path, "secret").find(make_query(QueryTexts(patient_name="ZZNAME")), CancelToken())
    assert "ZZNAME" not in str(told.value) and "secret" not in str(told.value)


@pytest.mark.parametrize("body", [b"{}", b"[1, null]", b'[{"0020000D": {"vr": "UI", "Value": ["../x"]}}]'])
@pytest.mark.filterwarnings("ignore:Invalid value for VR")
def test_answers_that_name_no_study_are_dropped(tmp_path: Path, body: bytes) -> None:
    with answering(says(200, body)) as place:
        assert WebArchive(place, tmp_path).find(ANY_DAY, CancelToken()) == ()


def test_an_archive_that_is_away_or_never_answers(tmp_path: Path) -> None:
    away = ArchivePlace(ArchiveKind.WEB, url=f"http://127.0.0.1:{free_port()}/dicom-web")
    with pytest.raises(ArchiveProblem, match="does not answer"):
        WebArchive(away, tmp_path).find(ANY_DAY, CancelToken())
    cancel = CancelToken()
    Timer(0.2, cancel.cancel).start()
    with silent_port() as port, pytest.raises(Cancelled):
        silent = ArchivePlace(ArchiveKind.WEB, url=f"http://127.0.0.1:{port}/dicom-web")
        WebArchive(silent, tmp_path).find(ANY_DAY, cancel)


def test_the_one_part_of_an_answer_is_taken_out_byte_by_byte() -> None:
    content = b"a\r\nb\n\r\r\n\r\nc\x00"
    body = b"--xyz\r\nContent-Type: application/dicom\r\n\r\n" + content + b"\r\n--xyz--\r\n"
    assert only_part('multipart/related; type="application/dicom"; boundary=xyz', body) == content
    assert only_part("application/dicom", content) == content
    for broken in (b"", b"--xyz", b"--xyz\r\n\r\nno end"):
        with pytest.raises(ValueError, match="no part"):
            only_part("multipart/related; boundary=xyz", broken)
