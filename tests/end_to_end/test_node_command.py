"""`radassist node` and DCMTK's `storescu`: every sample is received, kept and scored as from the disk."""

import hashlib
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from helpers.commands import SECONDS, Radassist, read_rows, recorded_accounts, wait_until
from helpers.peers import running_orthanc, storescu
from helpers.socket_record import recorded, recording
from pydicom import Dataset, dcmread
from pydicom.uid import EnhancedSRStorage, SecondaryCaptureImageStorage

from radassist.export.dicom.structured_report import PROBABILITY

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a process without asking it")


_OUTGOING = "socket.bind 0.0.0.0:0"
"""The near end of the connection to the archive: any address of this machine; nobody listens there."""
_IPV6_PROBE = "socket.bind ::1:0"
"""By urllib3 when it is imported, to learn whether there is IPv6; nobody listens there either."""


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


@contextmanager
def running(radassist: Radassist, *words: object) -> Iterator[RunningNode]:
    """The command from when it listens on; ended in any case."""
    fixed = ("--from", "STORESCU", "--port", "0", "--folder", "node", "--csv", "out.csv")
    process = radassist.start("node", *fixed, *words)
    try:
        assert process.stdout is not None
        found = re.search(r"listens on 127\.0\.0\.1:(\d+)", process.stdout.readline())
        assert found
        yield RunningNode(process, int(found[1]), radassist.folder)
    finally:
        process.kill()
        process.communicate()


@pytest.mark.timeout(600)
def test_every_sample_is_kept_as_it_was_and_its_report_and_picture_come_to_the_archive(radassist, samples, tmp_path):
    films = sorted(samples.rglob("*.dcm"))
    hook = tmp_path / "hook"
    radassist = replace(radassist, environment=recording(radassist.environment, hook))
    with (
        running_orthanc(tmp_path / "orthanc") as orthanc,
        running(radassist, "--to", f"ORTHANC@127.0.0.1:{orthanc.dicom_port}") as node,
    ):
        for film in films:
            assert storescu(node.port, film, dcmread(film, stop_before_pixels=True).file_meta.TransferSyntaxUID) == 0
        wait_until(lambda: len(node.rows) == len(films), SECONDS)
        scored = [row for row in node.rows if row["status"] == "scored"]
        wait_until(lambda: orthanc.count() == 2 * len(scored), SECONDS)
        assert node.end() == (0, "")
        objects = orthanc.files()
    bound = {line for line in recorded(hook) if ".bind" in line}
    connected = {line for line in recorded(hook) if ".connect" in line}
    assert connected == {f"socket.connect 127.0.0.1:{orthanc.dicom_port}"}
    assert bound <= {"socket.bind 127.0.0.1:0", _OUTGOING, _IPV6_PROBE}
    reports = [each for each in objects if each.SOPClassUID == EnhancedSRStorage]
    pictures = [each for each in objects if each.SOPClassUID == SecondaryCaptureImageStorage]

    assert len(reports) == len(pictures) == len(scored) > 0
    accounts, owner = recorded_accounts(radassist)
    assert accounts == {owner}
    told = {film_digest(each): probability(each) for each in reports}
    assert told == {row["sha256"]: pytest.approx(float(row["p_PNEUMONIA"]), abs=1e-6) for row in scored}
    spool = list((radassist.folder / "node" / "spool" / "films").iterdir())
    assert {row["sha256"] for row in node.rows} == {hashlib.sha256(film.read_bytes()).hexdigest() for film in spool}
    kept = {each.SOPInstanceUID: each for each in map(dcmread, spool)}
    assert all(kept[each.SOPInstanceUID] == each for each in map(dcmread, films))
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", node.port))


def items(dataset: Dataset) -> Iterator[Dataset]:
    for item in dataset.get("ContentSequence", ()):
        yield item
        yield from items(item)


def probability(report: Dataset) -> float:
    """The number that stands beside the concept of a probability."""
    (found,) = (each for each in items(report) if each.ConceptNameCodeSequence[0].CodeValue == PROBABILITY.value)
    return float(found.MeasuredValueSequence[0].NumericValue)


def film_digest(report: Dataset) -> str:
    """The SHA-256 of the film that it says it is about."""
    texts = (str(each.get("TextValue", "")) for each in items(report))
    (found,) = (text for text in texts if text.startswith("film SHA-256 "))
    return found.removeprefix("film SHA-256 ")
