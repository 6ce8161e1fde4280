"""What of a header gets through."""

import pytest

from radassist.domain.tags import TagList, TagRow
from radassist.export.deidentified.kept import NUMBERS, TERMS, kept_numbers, kept_terms, top_values

KVP, PART, SPACING, VIEW = "(0018,0060)", "(0018,0015)", "(0028,0030)", "(0018,5101)"


def test_numbers_and_listed_words_get_through() -> None:
    assert kept_numbers({KVP: "70.5", SPACING: "0.1\\0.2", "(0018,1152)": "3"}) == {
        "KVP": [70.5],
        "PixelSpacing": [0.1, 0.2],
        "Exposure": [3.0],
    }
    assert kept_terms({PART: "CHEST", VIEW: "PA", "(0020,0020)": "L\\F"}) == {
        "BodyPartExamined": ["CHEST"],
        "ViewPosition": ["PA"],
        "PatientOrientation": ["L", "F"],
    }


@pytest.mark.parametrize("value", ["", "ZZCANARY", "70\\ZZCANARY", "nan", "inf", "1e30", "1\\" * 20])
def test_a_text_where_a_number_should_be_does_not(value: str) -> None:
    assert kept_numbers(dict.fromkeys(NUMBERS, value)) == {}


@pytest.mark.parametrize("value", ["", "ZZCANARY", "CHEST\\ZZCANARY", "chest", "L\\" * 20])
def test_a_word_that_is_on_no_list_does_not(value: str) -> None:
    assert kept_terms(dict.fromkeys(TERMS, value)) == {}


def test_half_a_count_is_none() -> None:
    assert kept_numbers({"(0020,0013)": "1.5"}) == {}


def test_elements_in_sequences_are_not_looked_at() -> None:
    rows = (TagRow(0, KVP, "DS", "KVP", "70"), TagRow(1, PART, "CS", "Body Part Examined", "CHEST"))
    assert top_values(TagList("DICOM", rows)) == {KVP: "70"}
