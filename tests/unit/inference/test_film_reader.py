"""A film made ready in a decoder child is the film made ready here, bit by bit."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest

from radassist.domain.errors import DecodeError
from radassist.domain.prepared import InputShape, PreparedFilm
from radassist.domain.study import FilmSource
from radassist.imaging.decoding import DecoderPool
from radassist.imaging.formats import read_radiograph
from radassist.imaging.wire import Question
from radassist.inference import film_reader
from radassist.inference.preparing import prepare
from radassist.paths import samples_dir

SHAPE = InputShape(96, 64, via=(224, 224))


@pytest.fixture(scope="module")
def pool() -> Iterator[DecoderPool]:
    with DecoderPool(1, reader=film_reader.__name__) as pool:
        yield pool


def _assert_same(one: PreparedFilm, other: PreparedFilm) -> None:
    for field in fields(PreparedFilm):
        mine, theirs = getattr(one, field.name), getattr(other, field.name)
        if field.name == "facts":
            mine, theirs = replace(mine, decode_ms=0.0), replace(theirs, decode_ms=0.0)
        assert np.array_equal(mine, theirs) if isinstance(mine, np.ndarray) else mine == theirs, field.name


def test_films_come_out_of_a_child_as_the_plain_path_makes_them(pool: DecoderPool) -> None:
    names = ("RAD-0002/CHEST.dcm", "RAD-0003/IM000001", "RAD-0004/CR_0001.dcm", "RAD-0005/CHEST_AP.dcm")
    names += ("RAD-0010/CHEST.dcm", "RAD-0012/CR_0001.dcm", "exports/film-16.png", "exports/film-24.jpeg")
    sources = [FilmSource(samples_dir() / "films" / name) for name in names]
    futures = [pool.prepare(source, SHAPE) for source in sources]
    for source, future in zip(sources, futures, strict=True):
        _assert_same(future.result(), prepare(read_radiograph(source), SHAPE))


def test_what_gives_no_film_says_why(pool: DecoderPool, tmp_path: Path) -> None:
    (tmp_path / "empty.png").touch()
    with pytest.raises(DecodeError, match="empty"):
        pool.prepare(FilmSource(tmp_path / "empty.png"), SHAPE).result()


def test_there_is_a_function_for_every_question() -> None:
    assert all(callable(getattr(film_reader, question)) for question in Question)


def test_a_child_loads_neither_torch_nor_cards_nor_the_window() -> None:
    heavy = "{'torch', 'pydantic', 'openvino', 'PySide6'}"
    code = f"import sys; import radassist.inference.film_reader; sys.exit(bool({heavy} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
