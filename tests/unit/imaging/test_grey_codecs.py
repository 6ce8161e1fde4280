"""Grey frames come back bit for bit as a second, independent decoder gives them."""

from dataclasses import replace

import jpeg_ls
import numpy as np
import pytest
from helpers.dicom_factory import encode_frame, film_dataset, phantom, to_bytes
from pydicom.pixels.decoders import rle
from pydicom.pixels.decoders.base import DecodeRunner
from pydicom.uid import UID, HTJ2KLossless, JPEGBaseline8Bit, JPEGLosslessSV1, JPEGLSLossless, RLELossless

from radassist.imaging.codecs import inspect
from radassist.imaging.dicom_file import parse
from radassist.imaging.dicom_layout import PixelLayout, read_layout
from radassist.imaging.grey_codecs import grey_decoder


def layout(film: np.ndarray, bits: int) -> PixelLayout:
    return read_layout(parse(to_bytes(film_dataset(film, bits=bits))).header)


def decoded(film: np.ndarray, bits: int, syntax: UID) -> tuple[bytes, np.ndarray]:
    frame, told = encode_frame(film, bits, syntax), layout(film, bits)
    decode = grey_decoder(syntax, told, inspect(frame, told, syntax))
    assert decode is not None
    return frame, decode(frame)


def test_jpeg_ls_agrees_with_charls_by_another_way() -> None:
    frame, ours = decoded(phantom(), 12, JPEGLSLossless)
    assert np.array_equal(ours, jpeg_ls.decode(np.frombuffer(frame, np.uint8)))


@pytest.mark.parametrize("bits", [8, 12])
def test_rle_agrees_with_pydicoms_own_decoder(bits: int) -> None:
    film = phantom(bits=bits).astype(np.uint8 if bits == 8 else np.uint16)
    frame, ours = decoded(film, bits, RLELossless)
    asked = DecodeRunner(RLELossless)
    asked.set_options(bits_allocated=8 * film.itemsize, rows=film.shape[0], columns=film.shape[1], samples_per_pixel=1)
    assert ours.tobytes() == bytes(rle._decode_frame(frame, asked)) == film.tobytes()


def test_both_decoders_of_lossless_jpeg_agree() -> None:
    frame, strict = decoded(phantom(), 12, JPEGLosslessSV1)
    told = layout(phantom(), 12)
    stream = inspect(frame, told, JPEGLosslessSV1)
    assert stream is not None
    lenient = grey_decoder(JPEGLosslessSV1, told, replace(stream, has_restarts=True))
    assert lenient is not None
    assert np.array_equal(strict, phantom())
    assert np.array_equal(lenient(frame), phantom())


@pytest.mark.parametrize("syntax", [JPEGBaseline8Bit, HTJ2KLossless])
def test_what_another_library_reads_better_is_left_to_it(syntax: UID) -> None:
    assert grey_decoder(syntax, layout(phantom(bits=8).astype(np.uint8), 8), None) is None
