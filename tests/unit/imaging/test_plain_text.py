"""Hostile text becomes one harmless line."""

import pytest

from radassist.imaging.plain_text import plain


@pytest.mark.parametrize(
    ("hostile", "harmless"),
    [
        ("Müller^王小東", "Müller^王小東"),
        ("line\r\none\ttab", "line one tab"),
        ("\x1b[31mred\x07\x00", "[31mred"),
        ("photo\u202egnp.exe", "photognp.exe"),
        ("broken\udcff", "broken\ufffd"),
        ("  spaces  ", "spaces"),
        ("e\u0301", "e\u0301"),
    ],
)
def test_text_is_one_line_that_moves_nothing(hostile: str, harmless: str) -> None:
    assert plain(hostile) == harmless


def test_text_is_bounded() -> None:
    assert plain("x" * 60_000) == "x" * 256
    assert plain("abc def", 4) == "abc"
