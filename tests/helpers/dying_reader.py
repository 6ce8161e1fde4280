"""A reader for decoder children that reads films, and fails its process where the file's name says so."""

import os
import time

from radassist.domain.prepared import InputShape, PreparedFilm
from radassist.domain.radiograph import Radiograph
from radassist.domain.study import FilmSource, Identity
from radassist.imaging import formats
from radassist.inference.preparing import prepare


def read_radiograph(source: FilmSource) -> Radiograph:
    """The film, or no end, or no limit, or the end of the process."""
    if source.path.stem == "aborts":
        os.abort()
    if source.path.stem == "sleeps":
        time.sleep(60)
    hoard = []
    while source.path.stem == "eats_memory":
        hoard.append(bytearray(16 * 2**20))
    return formats.read_radiograph(source)


def read_prepared(source: FilmSource, shape: InputShape) -> PreparedFilm:
    """The film made ready, or what `read_radiograph` does."""
    return prepare(read_radiograph(source), shape)


def read_identity(source: FilmSource) -> Identity | None:
    """As the real reader."""
    return formats.read_identity(source)
