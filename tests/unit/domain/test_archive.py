"""What is asked of an archive."""

from datetime import date

import pytest

from radassist.domain.archive import ArchiveQuery, QueryTexts, WrongQuery, make_query, wildcard


def test_what_was_typed_becomes_a_query() -> None:
    texts = QueryTexts(" Larch*", "RAD-1", "2024-01-31", "20240201", "dx", "chest")
    made = make_query(texts)
    assert made == ArchiveQuery("Larch*", "RAD-1", date(2024, 1, 31), date(2024, 2, 1), "DX", "chest")
    assert made.dates == "20240131-20240201"


@pytest.mark.parametrize(
    ("since", "until", "dates"), [("20240131", "", "20240131-"), ("", "20240131", "-20240131"), ("", "", "")]
)
def test_a_range_of_days_may_be_open(since: str, until: str, dates: str) -> None:
    assert make_query(QueryTexts(patient_id="1", since=since, until=until)).dates == dates
    assert make_query(QueryTexts(since="20240131", until="2024-01-31")).dates == "20240131"


@pytest.mark.parametrize(
    "texts",
    [
        QueryTexts(),
        QueryTexts(patient_name=" "),
        QueryTexts(since="31.1.2024"),
        QueryTexts(since="2024-02-01", until="2024-01-31"),
    ],
)
def test_what_cannot_be_looked_for_is_told_in_a_sentence(texts: QueryTexts) -> None:
    with pytest.raises(WrongQuery, match=r"[.:]"):
        make_query(texts)


def test_no_text_can_become_two_values_or_be_without_end() -> None:
    made = make_query(QueryTexts(patient_name="A\\B\r\nC" + "x" * 100))
    assert made.patient_name.startswith("ABC") and len(made.patient_name) == 64


def test_a_text_is_the_beginning_of_what_is_looked_for_unless_it_says_otherwise() -> None:
    assert [wildcard(text) for text in ("", "Larch", "*arch", "L?rch")] == ["", "Larch*", "*arch", "L?rch"]
