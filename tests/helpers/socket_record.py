"""Writes down what Python processes do with the network: every one that is started with the environment given here."""

import os
from collections.abc import Mapping
from pathlib import Path

_HOOK = """
import os, sys

_MADE = ("socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "socket.bind", "socket.connect")


def _note(event, words):
    if event == "socket.__new__" and words[1] in (2, 10):
        line = "socket.__new__"  # of the internet, and not between processes of this machine
    elif event in _MADE and not isinstance(words[-1], (str, bytes)) and event != "socket.getaddrinfo":
        line = f"{event} {words[-1][0]}:{words[-1][1]}"
    elif event == "socket.getaddrinfo":
        line = f"{event} {words[0]}"
    else:
        return
    descriptor = os.open(os.environ["SOCKET_RECORD"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.write(descriptor, (line + "\\n").encode())
    os.close(descriptor)


sys.addaudithook(_note)
"""


def recording(environment: Mapping[str, str], folder: Path) -> dict[str, str]:
    """`environment` with a hook that Python loads at its start, and so does each child of it."""
    folder.mkdir(exist_ok=True)
    (folder / "sitecustomize.py").write_text(_HOOK, encoding="utf-8")
    path = os.pathsep.join(filter(None, (str(folder), environment.get("PYTHONPATH", ""))))
    return {**environment, "PYTHONPATH": path, "SOCKET_RECORD": str(folder / "record")}


def recorded(folder: Path) -> set[str]:
    """What was done since, each act once."""
    record = folder / "record"
    return set(record.read_text().splitlines()) if record.exists() else set()
