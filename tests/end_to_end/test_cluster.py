"""`radassist batch --ray` on a cluster of two nodes: the rows of a single machine, whatever becomes of a node."""

import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from helpers.commands import Radassist, read_rows, wait_until
from helpers.many_films import write_films

from radassist.paths import samples_dir

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(500),
    pytest.mark.skipif(not find_spec("ray"), reason="needs the extra 'cluster'"),
]

OF_THE_MOMENT = ("decode_ms", "predict_ms", "finished_at")
FILMS = 600
HELPERS = Path(__file__).parents[1] / "helpers"


class Nodes:
    """Two nodes in a process of their own."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, str(HELPERS / "two_nodes.py")],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self.address = self._answer()

    def kill_one(self) -> None:
        self._process.stdin.write("kill\n")
        self._process.stdin.flush()
        assert self._answer() == "killed"

    def close(self) -> None:
        self._process.stdin.close()
        self._process.wait(30)
        self._process.stdout.close()

    def _answer(self) -> str:
        for line in self._process.stdout:
            if line.startswith("answer "):
                return line.split()[1]
        self.close()
        pytest.skip("no Ray cluster comes up on this machine, which may have too much else to do")


@pytest.fixture(scope="module")
def ray_environment(environment) -> dict[str, str]:
    """With a password of its own, so that nobody else joins the cluster."""
    return environment | {"RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": os.urandom(16).hex()}


@pytest.fixture(scope="module")
def nodes(ray_environment) -> Iterator[Nodes]:
    nodes = Nodes(ray_environment)
    yield nodes
    nodes.close()


@pytest.fixture(scope="module")
def films(tmp_path_factory) -> Path:
    """Small films, one of the samples' DICOM films, and two files that no row may be missing for."""
    folder = tmp_path_factory.mktemp("films")
    write_films(folder, [f"{number:04}" for number in range(FILMS)])
    dicom = next(samples_dir().rglob("*.dcm"))
    (folder / dicom.name).write_bytes(dicom.read_bytes())
    (folder / "cut.png").write_bytes((folder / "0000.png").read_bytes()[:2000])
    (folder / "text.png").write_text("no film")
    return folder


@pytest.fixture(scope="module")
def alone(environment, films, tmp_path_factory) -> list[dict[str, str]]:
    """The rows of a single machine."""
    folder = tmp_path_factory.mktemp("alone")
    assert Radassist(folder, environment)("batch", films, "--csv", "out.csv").code == 3
    return lasting(read_rows(folder / "out.csv"))


def lasting(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    return [{name: value for name, value in row.items() if name not in OF_THE_MOMENT} for row in rows]


def shards(folder: Path) -> int:
    return len(list(folder.rglob("*.parquet")))


def test_stopped_gone_on_with_and_bereft_of_a_node_the_rows_are_those_of_a_single_machine(
    ray_environment, nodes, films, alone, tmp_path
) -> None:
    command = ("batch", films, "--csv", "out.csv", "--ray", nodes.address, "--shards", tmp_path / "shards")
    radassist = Radassist(tmp_path, ray_environment)

    first = radassist.start(*command)
    wait_until(lambda: shards(tmp_path) > 0, 120)
    first.send_signal(signal.SIGINT)
    out, err = first.communicate(timeout=120)
    assert first.returncode == 1, out + err
    stopped = read_rows(tmp_path / "out.csv")
    assert 0 < len(stopped) < len(alone), "stopped in the middle"

    before = shards(tmp_path)
    second = radassist.start(*command)
    wait_until(lambda: shards(tmp_path) > before, 120)
    nodes.kill_one()
    out, err = second.communicate(timeout=240)
    assert second.returncode == 3, out + err
    assert f"{len(stopped)} of them are results of an earlier run" in out

    rows = read_rows(tmp_path / "out.csv")
    assert Counter(row["path"] for row in rows) == Counter(row["path"] for row in alone), "0 lost, 0 doubled"
    assert lasting(rows) == alone
