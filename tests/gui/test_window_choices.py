"""What the list of windows says, whatever a file calls them."""

import numpy as np
from helpers.pictures import film_of

from radassist.domain.radiograph import LookupTable, VoiFunction, Window
from radassist.gui.film.window_choices import plain_window, window_choices

TABLE = LookupTable(0, np.arange(256, dtype=np.uint16), 8, name="VENDOR")
PAIR = Window(40, 400, name="CHEST")
SIGMOID = Window(128, 100, VoiFunction.SIGMOID, "SOFT TISSUE")


def _texts(*windows: Window | LookupTable) -> list[str]:
    return [choice.text for choice in window_choices(film_of(np.zeros((4, 4), np.uint8), windows=windows))]


def test_every_window_and_table_is_listed_by_its_name_in_the_files_order() -> None:
    assert _texts(PAIR, SIGMOID) == ["CHEST · C 40 · W 400", "SOFT TISSUE · C 128 · W 100 sigmoid"]


def test_where_there_is_a_table_there_is_a_way_without() -> None:
    film = film_of(np.zeros((4, 4), np.uint8), windows=(TABLE, PAIR, SIGMOID))
    assert [choice.text for choice in window_choices(film)][::3] == [
        "VENDOR · Lookup table",
        "No lookup table (CHEST · C 40 · W 400)",
    ]
    assert window_choices(film)[-1].window is PAIR
    assert plain_window(film) is PAIR


def test_a_film_without_tables_needs_no_way_without() -> None:
    assert plain_window(film_of(np.zeros((4, 4), np.uint8), windows=(PAIR,))) is None


def test_names_from_the_file_are_one_short_harmless_line() -> None:
    (text,) = _texts(Window(1, 2, name="<b>A\n\x1b[2J\u202e" + "x" * 500))
    assert "\n" not in text and "\x1b" not in text and "\u202e" not in text and len(text) < 100
