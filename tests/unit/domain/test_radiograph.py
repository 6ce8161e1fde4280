"""The film as read."""

import dataclasses

import numpy as np
import pytest

from radassist.domain.radiograph import Radiograph, Window


def test_a_film_knows_its_size_and_cannot_be_changed() -> None:
    film = Radiograph(pixels=np.zeros((3, 5), np.uint16), bits_stored=12, windows=(Window(2048, 4096),))
    assert (film.height, film.width) == (3, 5)
    with pytest.raises(dataclasses.FrozenInstanceError):
        film.inverted = True
