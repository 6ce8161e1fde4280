import pytest

from radassist.gui.widgets.plain_text import as_markup, one_line, person_name


def test_ordinary_text_is_left_alone() -> None:
    assert one_line("Müller, José & Ωμέγα <PA> 東京") == "Müller, José & Ωμέγα <PA> 東京"


@pytest.mark.parametrize(
    ("hostile", "shown"),
    [
        ("two\r\nlines\tand a tab", "two lines and a tab"),
        ("\x1b[31mred\x00", "[31mred"),
        ("abc\u202egnp.exe", "abcgnp.exe"),
        ("iso\u2066lated\u2069", "isolated"),
        ("   ", ""),
        ("\ud800lone", "\ufffdlone"),
    ],
)
def test_what_moves_the_cursor_or_the_reading_order_is_dropped(hostile: str, shown: str) -> None:
    assert one_line(hostile) == shown


def test_markup_stays_the_characters_it_is() -> None:
    assert one_line("<img src='/etc/passwd'>&amp;") == "<img src='/etc/passwd'>&amp;"


def test_piles_of_accents_are_cut_to_two() -> None:
    assert one_line("a" + "\u0301" * 50 + "b") == "a\u0301\u0301b"


def test_text_without_end_is_cut_quickly() -> None:
    assert one_line("x" * 10_000_000) == "x" * 200


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("DOE^JANE^A", "DOE, JANE A"),
        ("DOE", "DOE"),
        ("DOE^JANE^^DR^", "DOE, JANE DR"),
        ("Yamada^Tarou=山田^太郎=やまだ^たろう", "Yamada, Tarou"),
        ("^JANE", "JANE"),
        ("^^^^", ""),
        ("", ""),
    ],
)
def test_person_names_are_shown_family_name_first(stored: str, shown: str) -> None:
    assert person_name(stored) == shown


def test_a_tool_tip_shows_markup_as_it_is_written_line_by_line() -> None:
    assert as_markup("<b>a</b>\nb & c") == "<p>&lt;b&gt;a&lt;/b&gt;<br>b &amp; c</p>"
