"""Runs the `radassist` command as a user does, and reads the tables it writes."""

import csv
import json
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

SECONDS = 240.0
"""How long a command may take at most, on a machine with other work to do."""


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Radassist:
    """The command in the working folder `folder` and in `environment`."""

    folder: Path
    environment: dict[str, str]

    @property
    def home(self) -> Path:
        """The user's folder."""
        return Path(self.environment["RADASSIST_HOME"])

    def __call__(self, *words: object) -> Ended:
        process = self.start(*words)
        out, err = process.communicate(timeout=SECONDS)
        assert "Traceback" not in err
        return Ended(process.returncode, out, err)

    def start(self, *words: object) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, "-m", "radassist", *map(str, words)],
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )


def read_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV, strictly read."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def wait_until(is_true: Callable[[], bool], seconds: float = 60.0) -> None:
    """Return once `is_true` says so; it is asked again and again, for so long."""
    deadline = time.monotonic() + seconds
    while not is_true():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def recorded_accounts(radassist: Radassist) -> tuple[set[str], str]:
    """The accounts that the lines of the audit trail name, and the one that the system says the trail belongs to."""
    trail = radassist.home / "data" / "audit.jsonl"
    return {json.loads(line)["user"] for line in trail.read_text().splitlines()}, trail.owner()
