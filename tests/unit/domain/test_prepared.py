import numpy as np

from radassist.domain.geometry import Geometry
from radassist.domain.prepared import InputShape, PreparedFilm
from radassist.domain.radiograph import FileFacts
from radassist.domain.study import Identity


def test_a_prepared_film_knows_the_way_back_to_the_films_pixels() -> None:
    fed, small = np.zeros((64, 96), np.uint8), np.zeros((4, 4), np.uint8)
    film = PreparedFilm(InputShape(64, 96), fed, 2500, 2048, 200.0, small, Identity(), FileFacts("DICOM"), ())
    assert film.geometry == Geometry((2500, 2048), (64, 96))
