"""A reader for decoder children that reads films, and takes its process with it where the file's name says so."""

import os

from radassist.domain.radiograph import Radiograph
from radassist.domain.study import FilmSource, Identity
from radassist.imaging import formats


def read_radiograph(source: FilmSource) -> Radiograph:
    """The film, or the end of the process."""
    if source.path.stem == "aborts":
        os.abort()
    return formats.read_radiograph(source)


def read_identity(source: FilmSource) -> Identity | None:
    """As the real reader."""
    return formats.read_identity(source)
