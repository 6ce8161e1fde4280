"""imagecodecs as decoding plugins of pydicom, for frames in colour: one function a codec family.

Each takes an encoded frame and pydicom's runner, and gives the samples as bytes, colours interleaved.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydicom.pixels.decoders.base import DecodeRunner
from pydicom.uid import UID

from radassist.imaging.grey_codecs import J2K_THREADS

DECODER_DEPENDENCIES: dict[UID, tuple[str, ...]] = {}


def is_available(uid: str) -> bool:
    """Pydicom asks this of every plugin; imagecodecs is a requirement of this program."""
    return True


def decode_any_lossless_jpeg(frame: bytes, runner: DecodeRunner) -> bytes:
    """Lossless JPEG."""
    import imagecodecs

    return _as_bytes(imagecodecs.jpegsof3_decode(frame), runner)


def decode_jpeg_ls(frame: bytes, runner: DecodeRunner) -> bytes:
    """JPEG-LS, lossless and near-lossless."""
    import imagecodecs

    return _as_bytes(imagecodecs.jpegls_decode(frame), runner)


def decode_jpeg_2000(frame: bytes, runner: DecodeRunner) -> bytes:
    """JPEG 2000, reversible and irreversible; its own colour transforms are undone by the codec."""
    import imagecodecs

    samples = imagecodecs.jpeg2k_decode(frame, numthreads=J2K_THREADS)
    if runner.photometric_interpretation in ("YBR_RCT", "YBR_ICT"):
        runner.set_option("photometric_interpretation", "RGB")
    return _as_bytes(samples, runner)


def _as_bytes(samples: NDArray[Any], runner: DecodeRunner) -> bytes:
    runner.set_option("bits_allocated", 8 * samples.dtype.itemsize)
    if samples.ndim == 3:
        runner.set_option("planar_configuration", 0)
    return np.ascontiguousarray(samples).tobytes()
