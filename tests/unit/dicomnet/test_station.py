"""A station receives, and returns what is laid into its outbox."""

from pathlib import Path

import pytest
from helpers.commands import wait_until
from helpers.dicom_node import CALLER, LIBRARY_LETS_GO, TITLE, listening, raw, send, small_film

from radassist.dicomnet.folder_lock import FolderTaken
from radassist.dicomnet.node import NodeSettings, NodeUnavailable
from radassist.dicomnet.peers import Peer
from radassist.dicomnet.station import StationPlan, running_station


def test_films_come_in_and_results_go_out(tmp_path: Path) -> None:
    with listening(tmp_path / "archive") as archive:
        peer = Peer(TITLE, "127.0.0.1", archive.node.port)
        plan = StationPlan(NodeSettings(CALLER, (CALLER,), port=0), tmp_path / "station", peer=peer)
        with running_station(plan, print) as station:
            assert station.outbox is not None
            with station.outbox.place_for("ab") as folder:
                (folder / "result.dcm").write_bytes(small_film(7))
            wait_until(lambda: len(archive.films) == 1, 20)
            wait_until(lambda: not station.outbox.waiting(), 20)


def test_nothing_listens_when_it_is_over(tmp_path: Path) -> None:
    plan = StationPlan(NodeSettings(TITLE, (CALLER,), port=0), tmp_path / "station")
    with running_station(plan, print) as station:
        assert station.outbox is None
        assert send(station.port, [small_film(0)]) == [0]
        assert len(station.spool.take_new()) == 1
    with pytest.raises(ConnectionRefusedError):
        raw(station.port)


@LIBRARY_LETS_GO
def test_results_wait_for_the_next_start(tmp_path: Path) -> None:
    away = StationPlan(NodeSettings(CALLER, (CALLER,), port=0), tmp_path / "station", peer=Peer(TITLE, "127.0.0.1", 1))
    told: list[str] = []
    with running_station(away, told.append) as station, station.outbox.place_for("ab") as folder:
        (folder / "result.dcm").write_bytes(small_film(7))
    with listening(tmp_path / "archive") as archive:
        peer = Peer(TITLE, "127.0.0.1", archive.node.port)
        again = StationPlan(away.node, away.folder, peer=peer)
        with running_station(again, told.append):
            wait_until(lambda: len(archive.films) == 1, 20)


def test_a_station_that_cannot_listen_leaves_nothing_running(tmp_path: Path) -> None:
    with listening(tmp_path) as node:
        plan = StationPlan(NodeSettings(TITLE, (CALLER,), port=node.node.port), tmp_path / "station")
        with pytest.raises(NodeUnavailable), running_station(plan, print):
            pass


def test_a_second_station_in_the_same_folder_is_refused_and_touches_nothing(tmp_path: Path) -> None:
    plan = StationPlan(NodeSettings(TITLE, (CALLER,), port=0), tmp_path / "station")
    with running_station(plan, print) as station:
        half = station.spool.folder / "partial" / "half"
        half.write_bytes(b"being received")
        with pytest.raises(FolderTaken, match="end that one first"), running_station(plan, print):
            pass
        assert half.exists()
        assert send(station.port, [small_film(0)]) == [0]
    with running_station(plan, print) as station:
        assert len(station.spool.take_new()) == 1
