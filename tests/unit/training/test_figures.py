from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from radassist.training.evaluate import WrongFilm
from radassist.training.events import EpochMetrics
from radassist.training.figures import contact_sheet, training_curves
from radassist.training.manifest import LabelledFilm, Split

FILM = LabelledFilm(Path("a.png"), "NORMAL", "p", Split.TEST)


def test_curves_of_a_training_are_a_png() -> None:
    history = [EpochMetrics(epoch, 1 / epoch, 0.9 / epoch, 1 - 0.2 / epoch, 1e-3, 1.0) for epoch in (1, 2, 3)]
    picture = Image.open(BytesIO(training_curves(history)), formats=["PNG"])
    assert picture.width > picture.height > 100


@pytest.mark.parametrize(("films", "rows"), [(1, 1), (5, 1), (6, 2), (20, 4)])
def test_a_contact_sheet_shows_five_films_a_row(films: int, rows: int) -> None:
    grey = np.full((films, 40, 40), 100, np.uint8)
    worst = [WrongFilm(row, FILM, 0.9) for row in range(films)]
    sheet = Image.open(BytesIO(contact_sheet(worst, grey, side=40)), formats=["JPEG"])
    assert sheet.size == (5 * 44, rows * 58)
    assert abs(int(np.asarray(sheet)[20, 20]) - 100) < 6
