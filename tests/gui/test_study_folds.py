from helpers.worklist_items import failed, refused, running, scored, waiting

from radassist.gui.worklist.study_folds import StudyFold, StudyFolds, count_answers, lay_out
from radassist.gui.worklist.worklist_studies import Level, StudyGroups


def test_what_must_be_looked_at_comes_first_and_no_film_is_left_out():
    unsure, suspected = scored(4, 0.5, "UNDETERMINED"), (scored(6, 0.9), scored(7, 0.8))
    items = [scored(0, 0.1), waiting(1), running(2), failed(3), unsure, refused(5), *suspected]
    said = ["2 suspected", "1 undetermined", "1 refused", "1 failed", "1 scoring", "1 waiting", "1 not suspected"]
    assert [count.words for count in count_answers(items)] == said


def test_a_fold_is_spoken_as_one_sentence():
    assert StudyFold(True, 1, count_answers([waiting(0)])).spoken == "Folded: 1 film, 1 waiting."


def test_films_of_a_folded_study_share_the_row_of_the_first():
    layout = lay_out([4, 2, 0, 1], 5, {4: None, 2: ("A", ""), 0: ("A", ""), 1: ("B", "")}.get)
    assert layout.shown == [4, 2, 1]
    assert layout.places == [1, 2, 1, -1, 0]
    assert layout.positions == [2, 3, 1, -1, 0]


def test_films_that_come_get_rows_of_their_own():
    layout = lay_out([1], 3)
    layout.append([2])
    assert (layout.shown, layout.places, layout.positions) == ([1, 2], [-1, 0, 1], [-1, 0, 1])


def test_grouping_afresh_unfolds_nothing_and_a_study_that_shrank_can_be_unfolded():
    groups = StudyGroups()
    folds = StudyFolds(groups)
    groups.regroup([waiting(0, study_uid="A"), waiting(1, study_uid="A")])
    assert folds.set_folded(1, True)
    assert not folds.set_folded(0, True)
    groups.regroup([waiting(0, study_uid="A"), waiting(1, study_uid="B")])
    assert (folds.fold_of(0), folds.fold_of(1)) == (("A", ""), None)
    assert folds.can_fold(0)
    assert folds.set_folded(0, False)
    assert not folds


def test_a_series_folds_by_itself_and_its_study_with_all_that_is_in_it():
    groups = StudyGroups()
    folds = StudyFolds(groups)
    groups.regroup([waiting(number, study_uid="A", series_uid=uid) for number, uid in enumerate("xxy")])
    assert [folds.can_fold(number, Level.SERIES) for number in range(3)] == [True, True, False]
    assert folds.set_folded(1, True, Level.SERIES)
    assert [folds.fold_of(number) for number in range(3)] == [("A", "", "x"), ("A", "", "x"), None]
    folds.set_folded(2, True)
    assert [folds.fold_of(number) for number in range(3)] == [("A", "")] * 3
    folds.set_folded(0, False)
    assert folds.is_folded(0, Level.SERIES) and not folds.is_folded(2, Level.SERIES)
    folds.set_all_folded(False)
    assert not folds
