"""Harmless texts."""

import pytest

from radassist.export.safe_text import inert, spelled_out


@pytest.mark.parametrize("lead", ["=", "+", "-", "@", "\t", "\r", "\n", "\0", "'", "＝", " =", "\u00a0@"])
def test_a_cell_a_spreadsheet_would_execute_is_made_inert(lead):
    assert inert(f"{lead}cmd|' /C calc'!A0").startswith("'")


def test_a_formula_behind_a_semicolon_is_made_inert():
    assert inert("film;=HYPERLINK(0)") == "film;'=HYPERLINK(0)"


@pytest.mark.parametrize("text", ["film-1.dcm", "a=b", "12 - 3", "Grüße 胸部", "C:\\films\\a.dcm", "LOSSY; CHILD", ""])
def test_harmless_text_stays_as_it_is(text):
    assert inert(text) == text


def test_control_characters_and_undecodable_bytes_are_spelled_out():
    assert inert("a\x1b[31m\nb\udcff\u2028c\x85") == "a\\x1b[31m\\nb\\udcff\\u2028c\\x85"


def test_a_sentence_for_the_terminal_keeps_its_signs():
    assert spelled_out("=film\x1b]0;title\x07") == "=film\\x1b]0;title\\x07"
