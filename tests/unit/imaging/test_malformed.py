"""What the libraries raise on nonsense is what the readers expect."""

from io import BytesIO

import imagecodecs
import numpy as np
import pytest
from PIL import Image
from pydicom.encaps import get_frame

from radassist.imaging.malformed import MALFORMED

NONSENSE = np.random.default_rng(7).bytes(4000)


@pytest.mark.parametrize(
    "decode",
    [
        imagecodecs.jpeg8_decode,
        imagecodecs.ljpeg_decode,
        imagecodecs.jpegsof3_decode,
        imagecodecs.jpegls_decode,
        imagecodecs.jpeg2k_decode,
        lambda data: get_frame(data, 0, number_of_frames=1),
        lambda data: Image.open(BytesIO(data), formats=("PNG",)),
        lambda data: Image.open(BytesIO(b"\x89PNG\r\n\x1a\n" + data), formats=("PNG",)).load(),
    ],
)
def test_nonsense_raises_what_is_expected_of_a_malformed_file(decode) -> None:
    with pytest.raises(MALFORMED):
        decode(NONSENSE)
