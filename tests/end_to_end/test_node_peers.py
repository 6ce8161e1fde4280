"""A node and the archive Orthanc: films forwarded, results sent while the archive is away, floods of films."""

import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from helpers.commands import wait_until
from helpers.dicom_node import CALLER, TITLE, listening, send, small_film
from helpers.peers import free_port, running_orthanc, tool

from radassist.dicomnet.node import NodeSettings
from radassist.dicomnet.peers import Peer
from radassist.dicomnet.station import StationPlan, running_station

FLOOD = 1024
SENDERS = 8


@pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")
def test_an_archive_forwards_films_to_a_node(tmp_path: Path, samples: Path) -> None:
    film = samples / "RAD-0012" / "CR_0001.dcm"
    with listening(tmp_path, caller="ORTHANC") as node:
        with running_orthanc(tmp_path / "orthanc", [(TITLE, node.node.port)]) as orthanc:
            kept = orthanc.post("/instances", film.read_bytes())["ID"]
            assert orthanc.post(f"/modalities/{TITLE}/echo", b"{}") == {}
            assert orthanc.post(f"/modalities/{TITLE}/store", kept.encode())["FailedInstancesCount"] == 0
        assert len(node.films) == 1


@pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")
def test_results_for_an_archive_that_is_away_come_there_when_it_is_back(tmp_path: Path) -> None:
    port = free_port()
    plan = StationPlan(
        NodeSettings(TITLE, (CALLER,), port=0), tmp_path / "station", peer=Peer("ORTHANC", "127.0.0.1", port)
    )
    told: list[str] = []
    with running_station(plan, told.append) as station:
        with station.outbox.place_for("ab") as folder:
            (folder / "result.dcm").write_bytes(small_film(7))
        wait_until(lambda: bool(told))
        with running_orthanc(tmp_path / "orthanc", dicom_port=port) as orthanc:
            wait_until(lambda: orthanc.count() == 1)
            wait_until(lambda: len(told) == 2)
    assert told == [
        f"ORTHANC at 127.0.0.1:{port} does not answer: is it running, and is its address right? "
        "Results wait and will be sent later.",
        "The results that waited are sent now.",
    ]


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_thousand_films_from_many_senders_at_once_are_all_kept(tmp_path: Path) -> None:
    program = tool("storescu")
    folders = [tmp_path / f"sender{number}" for number in range(SENDERS)]
    for number in range(FLOOD):
        folder = folders[number % SENDERS]
        folder.mkdir(exist_ok=True)
        (folder / f"{number}.dcm").write_bytes(small_film(number))

    with listening(tmp_path) as node:
        words = [program, "-aet", CALLER, "-aec", TITLE, "+sd", "127.0.0.1", str(node.node.port)]
        with ThreadPoolExecutor(SENDERS) as senders:
            runs = senders.map(
                lambda folder: subprocess.run([*words, str(folder)], capture_output=True, timeout=500, check=False),
                folders,
            )
            assert [run.returncode for run in runs] == [0] * SENDERS
        assert len(node.films) == len(node.spool.take_new()) == FLOOD
        assert node.left_over == node.told == []
        assert send(node.node.port, [small_film(FLOOD - 1)]) == [0]
        assert len(node.films) == FLOOD
