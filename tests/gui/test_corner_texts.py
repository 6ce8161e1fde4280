import numpy as np
import pytest
from helpers.fakes import make_film

from radassist.domain.radiograph import LookupTable, Radiograph, VoiFunction, Window
from radassist.domain.study import Identity
from radassist.gui.film.corner_texts import corner_texts

JANE = Identity(
    patient_name="DOE^JANE",
    patient_id="12-345",
    age_years=43.0,
    sex="F",
    view="PA",
    body_part="CHEST",
    study_date="20240517",
    study_description="Chest frontal",
)
WINDOW = Window(2048, 4096, name="Full range")


def film(identity: Identity = JANE) -> Radiograph:
    return Radiograph(np.zeros((300, 200), np.uint8), 8, (WINDOW,), identity=identity)


def test_the_corners_name_patient_study_window_and_size() -> None:
    texts = corner_texts(film(), WINDOW, zoom=0.5)
    assert texts.top_left == ("DOE, JANE", "12-345", "43 y F")
    assert texts.top_right == ("2024-05-17", "Chest frontal", "CHEST PA")
    assert texts.bottom_left == ("C 2048 · W 4096", "Full range")
    assert texts.bottom_right == ("Zoom 50 %", "200 × 300 pixels")


def test_what_the_file_does_not_say_takes_no_line() -> None:
    texts = corner_texts(film(Identity()), Window(128, 256), zoom=1.0)
    assert texts.top_left == ()
    assert texts.top_right == ()
    assert texts.bottom_left == ("C 128 · W 256",)


@pytest.mark.parametrize(
    ("age", "sex", "line"),
    [(0.5, "M", "6 months M"), (3.0, "", "3 y"), (None, "O", "O"), (float("inf"), "", "inf y"), (1.9, "", "23 months")],
)
def test_age_is_in_months_for_infants(age: float | None, sex: str, line: str) -> None:
    assert corner_texts(film(Identity(age_years=age, sex=sex)), WINDOW, 1.0).top_left == (line,)


def test_a_lookup_table_is_named_as_one() -> None:
    table = LookupTable(0, np.arange(256, dtype=np.uint16), 8, name="CHEST HARD")
    assert corner_texts(film(), table, 1.0).bottom_left == ("Lookup table", "CHEST HARD")


def test_small_and_sigmoid_windows_are_told_with_enough_digits() -> None:
    window = Window(0.12345, 2.5, VoiFunction.SIGMOID)
    assert corner_texts(film(), window, 1.0).bottom_left == ("C 0.123 · W 2.5 sigmoid",)


def test_a_date_that_is_none_is_shown_as_it_is() -> None:
    assert corner_texts(film(Identity(study_date="soon")), WINDOW, 1.0).top_right == ("soon",)


def test_every_line_is_safe_to_paint() -> None:
    hostile = "<b>\u202eA\x1b\n" + "x" * 100_000
    identity = Identity(patient_name=hostile, patient_id=hostile, sex=hostile, study_date=hostile, view=hostile)
    texts = corner_texts(film(identity), Window(1, 2, name=hostile), 1.0)
    for line in (*texts.top_left, *texts.top_right, *texts.bottom_left):
        assert line.isprintable()
        assert len(line) <= 200


def test_what_the_reader_called_the_film_stands_above_its_window() -> None:
    film = make_film()
    lines = corner_texts(film, film.windows[0], 1.0, reader_words="Key image").bottom_left
    assert lines[0] == "Key image" and len(lines) > 1
