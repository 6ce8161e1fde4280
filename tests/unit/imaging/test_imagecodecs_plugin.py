"""Frames in colour come back as pydicom expects them."""

import numpy as np
import pytest
from helpers.dicom_factory import encode_frame, phantom
from pydicom.pixels.decoders.base import DecodeRunner
from pydicom.uid import UID, JPEG2000Lossless, JPEGLSLossless

from radassist.imaging import imagecodecs_plugin as plugin


def runner(syntax: UID) -> DecodeRunner:
    made = DecodeRunner(syntax)
    made.set_options(bits_allocated=16, photometric_interpretation="MONOCHROME2")
    return made


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
