import pytest
from helpers.fakes import make_answer
from helpers.worklist_items import failed, refused, running, scored, waiting

from radassist.domain.reading import Opinion
from radassist.gui.worklist.film_reading import NOT_READ, FilmReading
from radassist.gui.worklist.worklist_model import Column
from radassist.gui.worklist.worklist_order import ColumnOrder, Order, WordFilter, is_descending, key_for, suspicion_key

ONE_OF_EACH = {
    "suspected": scored(0, 0.51),
    "undetermined": scored(1, 0.99, "UNDETERMINED"),
    "refused": refused(2),
    "failed": failed(3),
    "waiting": waiting(4),
    "running": running(5),
    "not suspected": scored(6, 0.49),
}


def test_suspicion_puts_the_suspected_first_and_only_the_unsuspected_after_films_without_an_answer():
    ordered = sorted(ONE_OF_EACH, key=lambda name: suspicion_key(ONE_OF_EACH[name]))
    assert ordered == ["suspected", "undetermined", "refused", "failed", "waiting", "running", "not suspected"]


@pytest.mark.parametrize(
    ("decision", "probabilities"),
    [("", [0.5, 0.50001, 0.7, 1.0]), ("UNDETERMINED", [0.0, 0.3, 0.7, 1.0]), ("", [0.0, 0.3, 0.30001, 0.49])],
)
def test_within_one_answer_the_most_probable_leads(decision, probabilities):
    ordered = sorted(probabilities, key=lambda p: suspicion_key(scored(0, p, decision)))
    assert ordered == probabilities[::-1]


def test_an_impossible_and_a_certain_undetermined_film_do_not_leave_their_group():
    assert suspicion_key(scored(0, 0.5)) < suspicion_key(scored(0, 1.0, "UNDETERMINED"))
    assert suspicion_key(scored(0, 0.0, "UNDETERMINED")) < suspicion_key(refused(0))


@pytest.mark.parametrize(
    ("column", "low", "high"),
    [
        (Column.FILM, waiting(0, patient_name="abel^b"), waiting(1, "B.dcm")),
        (Column.STATE, failed(0), scored(1, 0.2)),
        (Column.ANSWER, scored(0, 0.1), scored(1, 0.9)),
        (Column.PROBABILITY, scored(0, 0.09), scored(1, 0.1)),
        (Column.STUDY_DATE, waiting(0, study_date="20231231"), waiting(1, study_date="20240101")),
        (Column.VIEW, waiting(0, view="AP"), waiting(1, view="PA")),
        (Column.AGE, waiting(0, age_years=9.0), waiting(1, age_years=10.0)),
    ],
    ids=lambda each: each.name if isinstance(each, Column) else "",
)
def test_every_column_of_the_film_sorts_by_its_values(column, low, high):
    key = key_for(ColumnOrder(column))
    assert key(low, NOT_READ) < key(high, NOT_READ)


def test_the_columns_of_the_reader_sort_by_how_far_and_by_what_was_said():
    film, opened = waiting(0), FilmReading(is_opened=True)
    agreed, disagreed = (FilmReading(make_answer(opinion=said)) for said in (Opinion.AGREE, Opinion.DISAGREE))
    read, reader = key_for(ColumnOrder(Column.READ)), key_for(ColumnOrder(Column.READER))
    assert read(film, NOT_READ) < read(film, opened) < read(film, agreed)
    assert reader(film, agreed) < reader(film, disagreed)
    assert reader(film, opened) is None


@pytest.mark.parametrize(
    "column",
    [Column.ANSWER, Column.PROBABILITY, Column.STUDY_DATE, Column.VIEW, Column.AGE],
    ids=lambda each: each.name,
)
def test_a_film_without_a_value_says_so(column):
    assert key_for(ColumnOrder(column))(waiting(0), NOT_READ) is None


def test_only_a_column_can_be_descending():
    assert is_descending(ColumnOrder(Column.AGE, descending=True))
    assert not any(is_descending(order) for order in (ColumnOrder(Column.AGE), *Order))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", set(ONE_OF_EACH)),
        ("suspected", {"suspected"}),
        ("not", {"not suspected"}),
        ("not sus", {"not suspected"}),
        ("Not Suspected", {"not suspected"}),
        ("refused", {"refused"}),
        ("scor", {"suspected", "undetermined", "not suspected", "running"}),
        ("film0004", {"waiting"}),
        ("film failed", {"failed"}),
        ("film nothing", set()),
    ],
)
def test_the_filter_keeps_films_with_every_word(typed, kept):
    word_filter = WordFilter.of(typed)
    assert {name for name, item in ONE_OF_EACH.items() if word_filter.keeps(item)} == kept


@pytest.mark.parametrize("typed", ["jane", "DOE, JANE", "doe^jane", "p-77", "a.dcm"])
def test_the_filter_finds_patients_by_name_and_number_and_films_by_file(typed):
    item = waiting(0, "a.dcm", patient_name="DOE^JANE", patient_id="P-77")
    assert WordFilter.of(typed).keeps(item)
