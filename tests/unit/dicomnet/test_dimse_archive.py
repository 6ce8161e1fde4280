"""An archive asked by C-FIND, C-GET and C-MOVE: Orthanc, and ends that do not answer."""

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Timer

import pytest
from helpers.archives import (
    ANY_DAY,
    dimse_place,
    fill,
    instances_in,
    patient_of,
    silent_port,
    some_samples,
    stored_again,
)
from helpers.certificates import make_certificate
from helpers.dimse_peer import DimsePeer, dimse_peer, film_of
from helpers.peers import Orthanc, free_port, running_orthanc
from pydicom import dcmread

from radassist.dicomnet.archives import open_archive
from radassist.dicomnet.dimse_archive import DimseArchive
from radassist.dicomnet.tls_files import TlsFiles, client_context, server_context
from radassist.domain.archive import (
    ArchiveKind,
    ArchivePlace,
    ArchiveProblem,
    FetchStep,
    FoundStudy,
    QueryTexts,
    make_query,
)
from radassist.domain.cancellation import Cancelled, CancelToken

MOVE_PORT = free_port()


@pytest.fixture(scope="module")
def orthanc(tmp_path_factory) -> Iterator[Orthanc]:
    with running_orthanc(tmp_path_factory.mktemp("orthanc"), [("RADASSIST", MOVE_PORT)]) as running:
        fill(running, some_samples())
        yield running


def nowhere(port: int) -> ArchivePlace:
    return ArchivePlace(ArchiveKind.DIMSE, peer=f"AWAY@127.0.0.1:{port}")


def test_studies_are_found_by_name_modality_and_description(orthanc: Orthanc, tmp_path: Path) -> None:
    archive, films = DimseArchive(dimse_place(orthanc), tmp_path), some_samples()
    found = archive.find(ANY_DAY, CancelToken())
    assert {study.patient_name for study in found} == set(map(patient_of, films))
    assert all(study.instances == 1 and study.study_date for study in found)
    family = patient_of(films[0]).split("^")[0]
    (named,) = archive.find(make_query(QueryTexts(patient_name=family, description="hest")), CancelToken())
    assert named.patient_name == patient_of(films[0])
    assert archive.find(make_query(QueryTexts(modality="MR")), CancelToken()) == ()


@pytest.mark.parametrize("move_to", ["", f"127.0.0.1:{MOVE_PORT}"], ids=["get", "move"])
def test_a_film_comes_whole_and_is_told_of_again_at_the_next_time(
    orthanc: Orthanc, tmp_path: Path, move_to: str
) -> None:
    archive, film = DimseArchive(dimse_place(orthanc, move_to), tmp_path), some_samples()[0]
    (study,) = archive.find(make_query(QueryTexts(patient_name=patient_of(film))), CancelToken())
    for _ in range(2):
        (path,) = [step.path for step in archive.fetch(study, CancelToken()) if step.path]
        came, sent = dcmread(path), dcmread(film)
        assert came.SOPInstanceUID == sent.SOPInstanceUID and came.PixelData == sent.PixelData


@pytest.mark.filterwarnings("ignore:unclosed <socket")  # pynetdicom forgets one that could not connect
def test_an_archive_that_is_away_is_told_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ArchiveProblem, match="does not answer: is it running"):
        DimseArchive(nowhere(free_port()), tmp_path).find(ANY_DAY, CancelToken())


def test_an_archive_that_never_answers_can_be_left(tmp_path: Path) -> None:
    cancel, start = CancelToken(), time.monotonic()
    Timer(0.2, cancel.cancel).start()
    with silent_port() as port, pytest.raises(Cancelled):
        DimseArchive(nowhere(port), tmp_path).find(ANY_DAY, cancel)
    assert time.monotonic() - start < 3


def test_a_study_that_is_gone_gives_no_film(orthanc: Orthanc, tmp_path: Path) -> None:
    steps = DimseArchive(dimse_place(orthanc), tmp_path).fetch(FoundStudy("1.2.3.4"), CancelToken())
    assert [step.path for step in steps] == [None]


def test_objects_are_stored(orthanc: Orthanc, tmp_path: Path) -> None:
    archive = DimseArchive(dimse_place(orthanc), tmp_path)
    assert list(archive.store([stored_again(tmp_path, "2.25.79")], CancelToken())) == [True]
    assert "2.25.79" in instances_in(orthanc)
    (tmp_path / "note.txt").write_text("no film")
    with pytest.raises(ArchiveProblem, match="no DICOM file"):
        list(archive.store([tmp_path / "note.txt"], CancelToken()))


@pytest.mark.filterwarnings("ignore:unclosed <socket")
def test_objects_cannot_be_stored_where_nobody_listens(tmp_path: Path) -> None:
    with pytest.raises(ArchiveProblem):
        list(DimseArchive(nowhere(free_port()), tmp_path).store([some_samples()[0]], CancelToken()))


def test_a_name_nobody_knows_is_told_in_one_sentence(tmp_path: Path) -> None:
    place = ArchivePlace(ArchiveKind.DIMSE, peer="AWAY@nowhere.invalid:104")
    with pytest.raises(ArchiveProblem, match="cannot be found"):
        DimseArchive(place, tmp_path).find(ANY_DAY, CancelToken())


ASKED_FOR = film_of("2.25.1")
WRONG = {
    "study": film_of("2.25.1", study="1.2.9"),
    "series": film_of("2.25.1", series="1.2.3.9"),
    "instance": film_of("2.25.9"),
}


@pytest.mark.parametrize("service", ["get", "move"])
@pytest.mark.parametrize("wrong", WRONG)
def test_a_film_that_was_not_asked_for_is_refused_in_one_sentence(service: str, wrong: str, tmp_path: Path) -> None:
    peer = DimsePeer([ASKED_FOR], handed=[WRONG[wrong], ASKED_FOR])
    with dimse_peer(peer):
        peer.move_port = free_port() if service == "move" else 0
        came: list[Path] = []
        with pytest.raises(ArchiveProblem, match=r"A film of ARCHIVE was refused: it was not asked for\."):
            for step in fetched(peer, tmp_path):
                came += [step.path] if step.path else []
    assert [dcmread(path).StudyInstanceUID for path in came] == ["1.2.3"]
    assert [dcmread(path).SOPInstanceUID for path in kept_in(tmp_path)] == ["2.25.1"]


@pytest.mark.parametrize("service", ["get", "move"])
def test_the_films_that_were_asked_for_come(service: str, tmp_path: Path) -> None:
    peer = DimsePeer([ASKED_FOR, film_of("2.25.2"), film_of("2.25.3", series="1.2.3.5"), film_of("2.25.4", "1.2.9")])
    with dimse_peer(peer):
        peer.move_port = free_port() if service == "move" else 0
        came = [step.path for step in fetched(peer, tmp_path) if step.path]
    assert sorted(dcmread(path).SOPInstanceUID for path in came) == ["2.25.1", "2.25.2", "2.25.3"]


def fetched(peer: DimsePeer, folder: Path) -> Iterator[FetchStep]:
    move_to = f"127.0.0.1:{peer.move_port}" if peer.move_port else ""
    place = ArchivePlace(ArchiveKind.DIMSE, peer=f"ARCHIVE@127.0.0.1:{peer.port}", move_to=move_to)
    return DimseArchive(place, folder).fetch(FoundStudy("1.2.3"), CancelToken())


def kept_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*.dcm") if path.is_file()]


@pytest.fixture(scope="module")
def own(tmp_path_factory) -> TlsFiles:
    return make_certificate(tmp_path_factory.mktemp("own"), "own")


@pytest.fixture(scope="module")
def theirs(tmp_path_factory) -> TlsFiles:
    return make_certificate(tmp_path_factory.mktemp("theirs"), "theirs")


def guarded(peer: DimsePeer, own: TlsFiles, authority: TlsFiles, move_to: str = "") -> ArchivePlace:
    return ArchivePlace(
        ArchiveKind.DIMSE,
        peer=f"ARCHIVE@127.0.0.1:{peer.port}",
        move_to=move_to,
        authority=str(authority.certificate),
        certificate=str(own.certificate),
        key=str(own.key),
    )


@pytest.mark.parametrize("service", ["get", "move"])
def test_an_archive_that_asks_for_certificates_is_searched_and_hands_films_over(
    service: str, own: TlsFiles, theirs: TlsFiles, tmp_path: Path
) -> None:
    peer = DimsePeer([ASKED_FOR, film_of("2.25.2")])
    peer.move_tls = client_context(replace(theirs, authority=own.certificate))
    with dimse_peer(peer, server_context(replace(theirs, authority=own.certificate))):
        peer.move_port = free_port() if service == "move" else 0
        move_to = f"127.0.0.1:{peer.move_port}" if peer.move_port else ""
        archive = open_archive(guarded(peer, own, theirs, move_to), tmp_path)
        (study,) = archive.find(ANY_DAY, CancelToken())
        came = [step.path for step in archive.fetch(study, CancelToken()) if step.path]
    assert sorted(dcmread(path).SOPInstanceUID for path in came) == ["2.25.1", "2.25.2"]


def test_objects_are_stored_over_a_guarded_connection(own: TlsFiles, theirs: TlsFiles, tmp_path: Path) -> None:
    peer = DimsePeer([])
    ASKED_FOR.save_as(tmp_path / "film.dcm")
    with dimse_peer(peer, server_context(replace(theirs, authority=own.certificate))):
        archive = open_archive(guarded(peer, own, theirs), tmp_path)
        assert list(archive.store([tmp_path / "film.dcm"], CancelToken())) == [True]
    assert [film.SOPInstanceUID for film in peer.stored] == ["2.25.1"]


@pytest.mark.parametrize("trouble", ["their certificate", "our certificate", "no TLS there"])
def test_without_trust_nothing_is_asked_and_one_sentence_says_so(
    trouble: str, own: TlsFiles, theirs: TlsFiles, tmp_path: Path
) -> None:
    peer = DimsePeer([ASKED_FOR])
    wanted = theirs.certificate if trouble == "our certificate" else own.certificate
    tls = None if trouble == "no TLS there" else server_context(replace(theirs, authority=wanted))
    with dimse_peer(peer, tls):
        place = guarded(peer, own, own if trouble == "their certificate" else theirs)
        with pytest.raises(ArchiveProblem, match=r"does not answer with TLS.*certificates right"):
            open_archive(place, tmp_path).find(ANY_DAY, CancelToken())
