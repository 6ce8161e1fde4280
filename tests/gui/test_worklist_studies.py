from dataclasses import replace

from helpers.worklist_items import waiting

from radassist.domain.worklist import WorklistItem
from radassist.gui.worklist.worklist_studies import StudyGroups


def placed(items: list[WorklistItem]) -> list[int]:
    groups = StudyGroups()
    groups.regroup(items)
    return [item.number for item in sorted(items, key=groups.place_of)]


def test_studies_series_and_films_keep_the_order_in_which_the_first_of_them_came():
    films = [("B", "B1"), ("A", "A1"), ("B", "B2"), ("B", "B1"), ("A", "A1")]
    items = [waiting(number, study_uid=study, series_uid=series) for number, (study, series) in enumerate(films)]
    assert placed(items) == [0, 3, 2, 1, 4]


def test_films_without_a_study_stand_alone_where_they_came():
    items = [waiting(0, study_uid="1"), waiting(1), waiting(2, patient_name="DOE"), waiting(3, study_uid="1")]
    groups = StudyGroups()
    groups.regroup(items)
    assert placed(items) == [0, 3, 1, 2]
    assert [groups.study_of(number) is groups.study_of(0) for number in range(4)] == [True, False, False, True]


def test_the_same_file_twice_on_the_list_has_two_places():
    assert placed([waiting(number, "same.dcm", study_uid="1") for number in range(3)]) == [0, 1, 2]


def test_a_film_that_came_or_was_named_since_has_no_place():
    groups = StudyGroups()
    groups.regroup([waiting(0), waiting(1, study_uid="1")])
    assert groups.place_of(waiting(0).started()) == 0
    assert groups.place_of(replace(waiting(1, study_uid="1"), state="scored")) == 1
    assert groups.place_of(waiting(0, study_uid="1")) is None
    assert groups.place_of(waiting(2)) is None
    assert groups.study_of(2) is None
