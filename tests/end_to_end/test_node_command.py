"""`radassist node` and DCMTK's `storescu`: every sample is received, kept and scored as from the disk."""

import hashlib
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from helpers.commands import Radassist, read_rows, wait_until
from helpers.peers import storescu
from pydicom import dcmread

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a process without asking it")


@dataclass
class RunningNode:
    """The command and where it listens."""

    process: "subprocess.Popen[str]"
    port: int
    folder: Path

    @property
    def rows(self) -> list[dict[str, str]]:
        """Of the table so far."""
        table = self.folder / "out.csv"
        return read_rows(table) if table.exists() else []

    def end(self) -> tuple[int, str]:
        """Ask it to end, as a service is; its exit code and what it complained of."""
        self.process.send_signal(signal.SIGTERM)
        _, err = self.process.communicate(timeout=30)
        return self.process.returncode, err


def start(radassist: Radassist, *words: object) -> RunningNode:
    fixed = ("--from", "STORESCU", "--port", "0", "--spool", "spool", "--csv", "out.csv")
    process = radassist.start("node", *fixed, *words)
    assert process.stdout is not None
    line = process.stdout.readline()
    found = re.search(r"listens on 127\.0\.0\.1:(\d+)", line)
    assert found, process.communicate(timeout=10)
    return RunningNode(process, int(found[1]), radassist.folder)


@pytest.fixture
def node(radassist) -> Iterator[RunningNode]:
    running = start(radassist)
    try:
        yield running
    finally:
        running.process.kill()
        running.process.communicate()


def test_every_sample_is_received_and_scored_as_from_the_disk(radassist, samples, node):
    films = sorted(samples.rglob("*.dcm"))
    for film in films:
        assert storescu(node.port, film, dcmread(film, stop_before_pixels=True).file_meta.TransferSyntaxUID) == 0
    wait_until(lambda: len(node.rows) == len(films))
    assert node.end() == (0, "")

    spool = list((radassist.folder / "spool" / "films").iterdir())
    assert {row["sha256"] for row in node.rows} == {hashlib.sha256(film.read_bytes()).hexdigest() for film in spool}
    assert radassist("batch", *films, "--csv", "disk.csv", "--quiet").code in (0, 3)
    columns = ("status", "instance_key", "p_PNEUMONIA", "decision")
    assert _of(node.rows, columns) == _of(read_rows(radassist.folder / "disk.csv"), columns)
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", node.port))


def _of(rows: list[dict[str, str]], columns: tuple[str, ...]) -> set[tuple[str, ...]]:
    return {tuple(row[column] for column in columns) for row in rows}
