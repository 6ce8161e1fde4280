"""Arrays as pictures."""

import numpy as np

from radassist.gui.film.images import grey_image


def test_a_picture_has_the_arrays_greys_and_outlives_it() -> None:
    grey = np.arange(12, dtype=np.uint8).reshape(3, 4)[:, ::-1]
    picture = grey_image(grey)
    first = int(grey[0, 0])
    grey[...] = 99
    assert (picture.width(), picture.height()) == (4, 3)
    assert picture.pixelColor(0, 0).red() == first
    assert picture.pixelColor(3, 2).red() == 8
