"""imagecodecs agrees bit for bit with a second, independent decoder."""

import jpeg_ls
import numpy as np
import pytest
from helpers.dicom_factory import encode_frame, phantom
from pydicom.pixels.decoders import rle
from pydicom.pixels.decoders.base import DecodeRunner
from pydicom.uid import UID, JPEG2000Lossless, JPEGLosslessSV1, JPEGLSLossless, RLELossless

from radassist.imaging import imagecodecs_plugin as plugin


def runner(syntax: UID) -> DecodeRunner:
    made = DecodeRunner(syntax)
    made.set_options(bits_allocated=16, photometric_interpretation="MONOCHROME2")
    return made


def test_jpeg_ls_agrees_with_charls_by_another_way() -> None:
    frame = encode_frame(phantom(), 12, JPEGLSLossless)
    ours = np.frombuffer(plugin.decode_jpeg_ls(frame, runner(JPEGLSLossless)), np.uint16)
    assert np.array_equal(ours, jpeg_ls.decode(np.frombuffer(frame, np.uint8)).ravel())


@pytest.mark.parametrize("bits", [8, 12])
def test_rle_agrees_with_pydicoms_own_decoder(bits: int) -> None:
    film = phantom(bits=bits).astype(np.uint8 if bits == 8 else np.uint16)
    asked = runner(RLELossless)
    asked.set_options(bits_allocated=8 * film.itemsize, rows=film.shape[0], columns=film.shape[1], samples_per_pixel=1)
    frame = encode_frame(film, bits, RLELossless)
    assert plugin.decode_rle(frame, asked) == bytes(rle._decode_frame(frame, asked)) == film.tobytes()


def test_both_decoders_of_lossless_jpeg_agree() -> None:
    frame = encode_frame(phantom(), 12, JPEGLosslessSV1)
    strict = plugin.decode_lossless_jpeg(frame, runner(JPEGLosslessSV1))
    assert strict == plugin.decode_any_lossless_jpeg(frame, runner(JPEGLosslessSV1)) == phantom().tobytes()


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
def test_the_depth_of_the_samples_is_reported_to_pydicom(dtype: type) -> None:
    film = phantom(bits=8).astype(dtype)
    asked = runner(JPEG2000Lossless)
    decoded = plugin.decode_jpeg_2000(encode_frame(film, 8, JPEG2000Lossless), asked)
    assert len(decoded) == film.size * asked.bits_allocated // 8


def test_colours_that_jpeg_2000_transformed_come_back_as_rgb() -> None:
    rgb = np.stack([phantom(bits=8).astype(np.uint8)] * 3, axis=-1)
    asked = runner(JPEG2000Lossless)
    asked.set_options(photometric_interpretation="YBR_RCT", samples_per_pixel=3)
    decoded = plugin.decode_jpeg_2000(encode_frame(rgb, 8, JPEG2000Lossless), asked)
    assert asked.photometric_interpretation == "RGB"
    assert decoded == rgb.tobytes()


def test_pydicom_may_always_use_the_plugin() -> None:
    assert plugin.is_available(JPEGLSLossless)
