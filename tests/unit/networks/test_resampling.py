import subprocess
import sys

import numpy as np
from PIL import Image

from radassist.domain.prepared import InputShape
from radassist.networks.resampling import resize_bilinear, squash


def test_a_film_goes_by_way_of_the_size_it_is_told() -> None:
    film = np.random.default_rng(1).integers(0, 256, (300, 500), dtype=np.uint8)
    by_hand = Image.fromarray(film).resize((224, 224), Image.Resampling.BILINEAR)
    assert np.array_equal(squash(film, InputShape(224, 224)), np.asarray(by_hand))
    by_hand = by_hand.resize((96, 64), Image.Resampling.BILINEAR)
    assert np.array_equal(squash(film, InputShape(64, 96, via=(224, 224))), np.asarray(by_hand))


def test_resizing_averages_what_it_shrinks() -> None:
    stripes = np.tile(np.array([0, 255], np.uint8), (64, 32))
    small = resize_bilinear(stripes, (8, 8))
    assert abs(int(small[4, 4]) - 127) <= 2


def test_a_decoder_child_that_resamples_loads_neither_cards_nor_torch() -> None:
    code = "import sys; import radassist.networks.resampling; sys.exit(bool({'torch', 'pydantic'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
