"""A reader for decoder children that does what the file's name says, good or bad."""

import os
import sys
import time
from pathlib import Path

import numpy as np

from radassist.domain.errors import DecodeError, RefusedImage, UnsupportedImage
from radassist.domain.radiograph import FileFacts, Radiograph, Window
from radassist.domain.study import FilmSource, Identity


def read_radiograph(source: FilmSource) -> object:
    """Behave as `source.name` says; without a word for it, give an 8 x 6 film that counts from the process's id."""
    if source.path.stem == "lies":
        return {"record": "Window", "members": []}, np.zeros(48, np.uint8)
    behaviour = BEHAVIOURS.get(source.path.stem)
    if behaviour is not None:
        behaviour(source)
    pixels = np.arange(48, dtype=np.uint16).reshape(8, 6)
    return Radiograph(pixels, 16, (Window(24, 48),), facts=FileFacts("DICOM", sha256=source.name, frames=os.getpid()))


def read_identity(source: FilmSource) -> Identity | None:
    return None if source.path.stem == "anonymous" else Identity(study_uid="1.2", patient_name=source.name)


def _hang_holding_the_interpreter(source: FilmSource) -> None:
    int("9" * 4000) ** 10**7


def _sleep(source: FilmSource) -> None:
    time.sleep(60)


def _eat_memory(source: FilmSource) -> None:
    hoard = []
    while True:
        hoard.append(bytearray(16 * 2**20))


def _raise_bug(source: FilmSource) -> None:
    raise KeyError("ZZCANARY^NAME")


def _refuse(source: FilmSource) -> None:
    raise RefusedImage(f"{source.name} is a hand.", code="NOT_CHEST")


def _not_supported(source: FilmSource) -> None:
    raise UnsupportedImage(f"{source.name} is a video.")


def _list_modules(source: FilmSource) -> None:
    raise DecodeError(" ".join(sys.modules))


def _list_environment(source: FilmSource) -> None:
    raise DecodeError(" ".join(os.environ))


def _print(source: FilmSource) -> None:
    os.write(1, b"libtiff: warning")
    sys.stdout.write("and more")


def _recurse(source: FilmSource) -> None:
    _recurse(source)


def _wait_for_gate(source: FilmSource) -> None:
    """Wait until a file named `open` lies beside the film, and leave a line in `began` there."""
    folder = source.path.parent
    with Path(folder / "began").open("a") as log:
        log.write("x")
    while not (folder / "open").exists():
        time.sleep(0.005)


def _note_order(source: FilmSource) -> None:
    with Path(source.path.parent / "order").open("a") as log:
        log.write(f"{source.member}\n")


BEHAVIOURS = {
    "sleeps": _sleep,
    "hangs": _hang_holding_the_interpreter,
    "aborts": lambda source: os.abort(),
    "exits": lambda source: os._exit(0),
    "eats_memory": _eat_memory,
    "raises": _raise_bug,
    "recurses": _recurse,
    "hand": _refuse,
    "video": _not_supported,
    "modules": _list_modules,
    "environment": _list_environment,
    "prints": _print,
    "gate": _wait_for_gate,
    "order": _note_order,
}
