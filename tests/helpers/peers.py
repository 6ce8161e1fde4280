"""Real DICOM systems as other ends: DCMTK's tools and the archive Orthanc, where they are installed."""

import json
import os
import shutil
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from helpers.commands import wait_until
from pydicom import Dataset, dcmread

_SYNTAX_OPTIONS = {
    "1.2.840.10008.1.2": "-xi",
    "1.2.840.10008.1.2.1": "-xe",
    "1.2.840.10008.1.2.1.99": "-xd",
    "1.2.840.10008.1.2.5": "-xr",
    "1.2.840.10008.1.2.4.50": "-xy",
    "1.2.840.10008.1.2.4.51": "-xx",
    "1.2.840.10008.1.2.4.70": "-xs",
    "1.2.840.10008.1.2.4.80": "-xt",
    "1.2.840.10008.1.2.4.90": "-xv",
    "1.2.840.10008.1.2.4.91": "-xw",
}
"""What `storescu` must be told to offer a film as it is stored."""


def tool(name: str) -> str:
    """DCMTK's program of that name; skips the test where it is not installed."""
    own = str(Path(sys.executable).parent)  # pynetdicom has scripts of the same names there
    elsewhere = os.pathsep.join(each for each in os.environ["PATH"].split(os.pathsep) if Path(each) != Path(own))
    found = shutil.which(name, path=elsewhere)
    if found is None:
        pytest.skip(f"needs {name} (Debian: dcmtk)")
    return found


def storescu(port: int, film: Path, syntax: str, *, calling: str = "STORESCU", called: str = "RADASSIST") -> int:
    """Send one film; the exit code is 0 if it was accepted."""
    words = [tool("storescu"), "-aet", calling, "-aec", called, _SYNTAX_OPTIONS[syntax], "127.0.0.1", str(port)]
    return subprocess.run([*words, str(film)], capture_output=True, timeout=60, check=False).returncode


def free_port() -> int:
    """A port of the loopback that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True)
class Orthanc:
    """A running archive.

    Attributes:
        dicom_port: For C-STORE, C-FIND and the like; any caller is served.
        http_port: For its own interface and DICOMweb, below `/dicom-web`.
    """

    dicom_port: int
    http_port: int

    def get(self, path: str) -> Any:
        """What its own interface answers."""
        return json.loads(self.read(path))

    def read(self, path: str) -> bytes:
        """The same as bytes."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.http_port}{path}", timeout=20) as answer:
            content: bytes = answer.read()
        return content

    def post(self, path: str, content: bytes) -> Any:
        """Hand it something, for instance a film to `/instances`."""
        request = urllib.request.Request(f"http://127.0.0.1:{self.http_port}{path}", data=content, method="POST")
        with urllib.request.urlopen(request, timeout=20) as answer:
            return json.loads(answer.read())

    def count(self) -> int:
        """Instances that it holds."""
        return int(self.get("/statistics")["CountInstances"])

    def files(self) -> list[Dataset]:
        """All instances that it holds."""
        return [dcmread(BytesIO(self.read(f"/instances/{each}/file"))) for each in self.get("/instances")]


@contextmanager
def running_orthanc(folder: Path, peers: Sequence[tuple[str, int]] = (), *, dicom_port: int = 0) -> Iterator[Orthanc]:
    """An archive called ORTHANC on the loopback that knows `peers` (title, port); skips where it is not installed."""
    program = shutil.which("Orthanc", path=f"{os.environ['PATH']}{os.pathsep}/usr/sbin")
    if program is None:
        pytest.skip("needs Orthanc (Debian: orthanc, orthanc-dicomweb)")
    orthanc = Orthanc(dicom_port or free_port(), free_port())
    folder.mkdir(parents=True, exist_ok=True)
    settings = folder / "orthanc.json"
    settings.write_text(json.dumps(_settings(folder, orthanc, peers)))
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([program, str(settings)], stdout=log, stderr=log)
    try:
        wait_until(lambda: _answers(orthanc), 60)
        yield orthanc
    finally:
        process.terminate()
        process.wait(20)


def _settings(folder: Path, orthanc: Orthanc, peers: Sequence[tuple[str, int]]) -> dict[str, object]:
    plugin = Path("/usr/share/orthanc/plugins/libOrthancDicomWeb.so")
    return {
        "Name": "test",
        "StorageDirectory": str(folder / "storage"),
        "IndexDirectory": str(folder / "storage"),
        "DicomAet": "ORTHANC",
        "DicomPort": orthanc.dicom_port,
        "HttpPort": orthanc.http_port,
        "RemoteAccessAllowed": False,
        "AuthenticationEnabled": False,
        "DicomAlwaysAllowEcho": True,
        "DicomAlwaysAllowStore": True,
        "DicomAlwaysAllowFind": True,
        "DicomAlwaysAllowGet": True,
        "DicomAlwaysAllowMove": True,
        "UnknownSopClassAccepted": True,
        "DicomModalities": {title: [title, "127.0.0.1", port] for title, port in peers},
        "Plugins": [str(plugin)] if plugin.exists() else [],
        "DicomWeb": {"Enable": True, "Root": "/dicom-web/"},
    }


def _answers(orthanc: Orthanc) -> bool:
    try:
        orthanc.get("/system")
    except OSError:
        return False
    return True
