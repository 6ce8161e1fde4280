"""An archive asked by DICOMweb: Orthanc, and servers that answer nonsense."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
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
from helpers.dimse_peer import film_of
from helpers.peers import Orthanc, free_port, running_orthanc
from pydicom import Dataset, dcmread

from radassist.dicomnet.web_archive import WebArchive, only_part
from radassist.domain.archive import ArchiveKind, ArchivePlace, ArchiveProblem, FoundStudy, QueryTexts, make_query
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


@pytest.mark.parametrize("other", [{"study": "1.2.9"}, {"series": "1.2.3.9"}, {"instance": "2.25.9"}, {}])
def test_a_film_that_was_not_asked_for_is_refused_in_one_sentence(tmp_path: Path, other: dict[str, str]) -> None:
    asked, file = film_of("2.25.1"), BytesIO()
    film_of(**({"instance": "2.25.1"} | other)).save_as(file)

    def answer(handler: BaseHTTPRequestHandler) -> None:
        is_film = "/instances/" in handler.path
        body = file.getvalue() if is_film else json.dumps([_uids(asked).to_json_dict()]).encode()
        says(200, body, **{"Content-Type": "application/dicom" if is_film else "application/dicom+json"})(handler)

    with answering(answer) as place:
        steps = WebArchive(place, tmp_path).fetch(FoundStudy("1.2.3"), CancelToken())
        if other:
            with pytest.raises(ArchiveProblem, match=r"was refused: it was not asked for\."):
                list(steps)
        else:
            assert [step.path is not None for step in steps][-1]
    assert len([path for path in tmp_path.rglob("*.dcm") if path.is_file()]) == (0 if other else 1)


def _uids(film: Dataset) -> Dataset:
    names = ("SOPClassUID", "SOPInstanceUID", "StudyInstanceUID", "SeriesInstanceUID")
    made = Dataset()
    for name in names:
        setattr(made, name, film[name].value)
    return made
