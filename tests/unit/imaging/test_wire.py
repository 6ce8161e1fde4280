"""Whatever a film holds comes out as it went in, and foreign bytes make no more than an error."""

import io
import json
import struct
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from radassist.domain.radiograph import (
    FileFacts,
    LookupTable,
    ModalityTransform,
    Notice,
    PixelSpacing,
    Radiograph,
    SpacingSource,
    VoiFunction,
    Window,
)
from radassist.domain.study import FilmSource, Identity
from radassist.imaging import wire


def sent(message: wire.Message) -> object:
    stream = io.BytesIO()
    wire.write(stream, wire.pack(message))
    stream.seek(0)
    answer = wire.read(stream)
    assert not stream.read()
    return answer


def packet(header: object, rest: bytes = b"") -> io.BytesIO:
    text = json.dumps(header).encode()
    return io.BytesIO(struct.pack("<Q", len(text)) + text + rest)


FILM = Radiograph(
    pixels=np.arange(-6, 6, dtype=np.int16).reshape(3, 4),
    bits_stored=12,
    windows=(
        Window(40.5, 400.0, VoiFunction.SIGMOID, "LUNG"),
        LookupTable(-3, np.array([0, 5, 65535], np.uint16), 16, "HARD"),
    ),
    modality=ModalityTransform(2.0, -1024.0, LookupTable(7, np.array([9, 8], np.uint16), 8)),
    inverted=True,
    padding=(-6, -5),
    aspect=2.0,
    spacing=PixelSpacing(0.2, 0.1, SpacingSource.AT_DETECTOR),
    identity=Identity(study_uid="1.2", patient_name="王^小東\0\n=1+1", age_years=4.5),
    facts=FileFacts("DICOM", "1.2.840.10008.1.2.5", "MONOCHROME1", 3, "ab" * 32, 12.5),
    notices=(Notice("MULTIFRAME", "Only the first of 3 frames is shown."),),
)


def test_a_film_arrives_whole() -> None:
    film = sent(FILM)
    assert isinstance(film, Radiograph)
    np.testing.assert_array_equal(film.pixels, FILM.pixels)
    assert film.pixels.dtype == np.int16
    lut, modality = film.windows[1], film.modality.table
    assert isinstance(lut, LookupTable)
    assert isinstance(modality, LookupTable)
    assert (lut.first, lut.entries.tolist(), lut.bits, lut.name) == (-3, [0, 5, 65535], 16, "HARD")
    assert (modality.first, modality.entries.tolist(), modality.bits) == (7, [9, 8], 8)
    assert (film.modality.slope, film.modality.intercept) == (2.0, -1024.0)
    assert film.windows[0] == FILM.windows[0]
    plain = {field.name for field in fields(Radiograph)} - {"pixels", "windows", "modality"}
    assert {name: getattr(film, name) for name in plain} == {name: getattr(FILM, name) for name in plain}


def test_closed_sets_arrive_as_enums() -> None:
    film = sent(FILM)
    assert isinstance(film, Radiograph)
    assert isinstance(film.windows[0], Window)
    assert film.windows[0].function is VoiFunction.SIGMOID
    assert film.spacing is not None
    assert film.spacing.source is SpacingSource.AT_DETECTOR


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16, np.int16])
def test_pixels_arrive_contiguous_and_read_only_whatever_view_was_sent(dtype: type) -> None:
    view = np.arange(24, dtype=dtype).reshape(4, 6)[::2, ::-1]
    film = sent(Radiograph(view, 8, (Window(1, 2),)))
    assert isinstance(film, Radiograph)
    np.testing.assert_array_equal(film.pixels, view)
    assert film.pixels.flags.c_contiguous
    assert not film.pixels.flags.writeable


@given(path=st.binary(min_size=1).filter(lambda name: b"\0" not in name), member=st.text())
def test_every_file_name_arrives_as_it_was(path: bytes, member: str) -> None:
    source = FilmSource(Path("/films") / path.decode("utf-8", "surrogateescape"), member)
    assert sent(wire.Request(wire.Question.IDENTITY, source)) == wire.Request(wire.Question.IDENTITY, source)


@pytest.mark.parametrize("message", [wire.Ready(), wire.Failure("DecodeError", "x is damaged.", "C"), Identity(), None])
def test_other_messages_arrive_as_they_were(message: wire.Message) -> None:
    assert sent(message) == message


def test_pixels_of_another_kind_are_not_sent() -> None:
    with pytest.raises(TypeError):
        wire.pack(Radiograph(np.zeros((2, 2), np.float32), 8, (Window(1, 2),)))  # type: ignore[arg-type]


@pytest.mark.parametrize("size", [0, 4, 8, 20, -1])
def test_a_message_cut_short_is_an_end_of_file(size: int) -> None:
    whole = b"".join(wire.pack(FILM))
    with pytest.raises(EOFError):
        wire.read(io.BytesIO(whole[:size]))


@pytest.mark.parametrize(
    "header",
    [
        {"record": "Popen", "members": {"args": "true"}},
        {"record": "Window", "members": {"nonsense": 1}},
        {"scalar": "VoiFunction", "value": "CUBIC"},
        {"scalar": "eval", "value": "1"},
        {"array": "object", "shape": [1]},
        {"array": "uint8", "shape": [2**40]},
        {"array": "uint8", "shape": [-1]},
        {"array": "uint8", "shape": "x"},
        [{"array": "uint8", "shape": [2**28]}, {"array": "uint8", "shape": [2**29]}],
    ],
)
def test_what_pack_never_wrote_is_refused(header: object) -> None:
    with pytest.raises((ValueError, TypeError, KeyError)):
        wire.read(packet(header))


def test_a_header_of_absurd_length_is_refused_before_it_is_read() -> None:
    with pytest.raises(ValueError, match="header"):
        wire.read(io.BytesIO(struct.pack("<Q", 2**60)))


def test_deep_nesting_is_an_error_and_no_crash() -> None:
    text = b"[" * 10**6
    with pytest.raises((RecursionError, ValueError)):
        wire.read(io.BytesIO(struct.pack("<Q", len(text)) + text))
