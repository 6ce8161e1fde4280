from dataclasses import replace

from helpers.worklist_items import waiting

from radassist.domain.worklist import WorklistItem
from radassist.gui.worklist.worklist_studies import Level, StudyGroups


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


def test_series_are_groups_where_a_study_has_several():
    films = [("A", "A1"), ("A", "A2"), ("A", "A1"), ("B", "B1"), ("B", "B1")]
    groups = StudyGroups()
    groups.regroup([waiting(number, study_uid=study, series_uid=uid) for number, (study, uid) in enumerate(films)])
    assert [groups.numbers_with(number, Level.SERIES) for number in range(5)] == [(0, 2), (1,), (0, 2), (), ()]
    assert [groups.size_with(number, Level.SERIES) for number in (0, 1, 3)] == [2, 1, 0]
    assert [groups.series_of(number).uid if groups.series_of(number) else None for number in (1, 3)] == ["A2", None]
    assert groups.key_of(2, Level.SERIES) == groups.key_of(0, Level.SERIES) != groups.key_of(1, Level.SERIES)
    assert list(map(list, groups.parted())) == [[0, 2, 1]]


def test_series_of_one_uid_in_two_studies_are_two():
    films = [("A", "same"), ("A", "other"), ("B", "same"), ("B", "other")]
    groups = StudyGroups()
    groups.regroup([waiting(number, study_uid=study, series_uid=uid) for number, (study, uid) in enumerate(films)])
    assert len({groups.key_of(number, Level.SERIES) for number in range(4)}) == 4
