from helpers.worklist_items import scored, waiting

from radassist.gui.worklist.study_folds import StudyFolds
from radassist.gui.worklist.worklist_headings import WorklistHeadings
from radassist.gui.worklist.worklist_model import WorklistTableModel
from radassist.gui.worklist.worklist_studies import Level, StudyGroups


def made(*series: str) -> tuple[WorklistHeadings, StudyFolds]:
    """Films of one study, each of the series that is named, and one of another study behind."""
    model, groups = WorklistTableModel(), StudyGroups()
    films = [scored(number, 0.9, study_uid="A", series_uid=uid) for number, uid in enumerate(series)]
    model.append([*films, waiting(len(films), "b.png")])
    groups.regroup(model.items())
    folds = StudyFolds(groups)
    return WorklistHeadings(model, groups, folds), folds


def begun(headings: WorklistHeadings, level: Level, count: int) -> list[bool]:
    """For each film below the one before it."""
    return [headings.begins(level, number, number - 1 if number else None) for number in range(count)]


def test_studies_and_series_begin_with_their_first_films(qapp):
    headings, _ = made("x", "x", "y")
    assert begun(headings, Level.STUDY, 4) == [True, False, False, True]
    assert begun(headings, Level.SERIES, 4) == [True, False, True, False]


def test_a_study_of_one_series_names_none(qapp):
    headings, _ = made("x", "x")
    assert begun(headings, Level.SERIES, 3) == [False] * 3
    assert [headings.text(Level.SERIES, number) for number in range(3)] == [None] * 3
    assert headings.text(Level.STUDY, 0) == "film0000.dcm · 2 films"


def test_a_fold_tells_the_films_of_its_own_level(qapp):
    headings, folds = made("x", "x", "y")
    assert not headings.fold(Level.SERIES, 0).is_folded
    folds.set_folded(0, True, Level.SERIES)
    assert headings.fold(Level.SERIES, 1).spoken == "Folded: 2 films, 2 suspected."
    folds.set_folded(0, True)
    assert headings.fold(Level.STUDY, 1).spoken == "Folded: 3 films, 3 suspected."
