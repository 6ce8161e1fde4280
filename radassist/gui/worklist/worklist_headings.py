"""What stands above films in the order by study: the names of studies and series, and what folded ones tell. No Qt."""

from radassist.gui.worklist import worklist_words as words
from radassist.gui.worklist.film_reading import study_read_words
from radassist.gui.worklist.study_folds import StudyFold, StudyFolds, count_answers
from radassist.gui.worklist.worklist_model import WorklistTableModel
from radassist.gui.worklist.worklist_studies import Level, StudyGroups


class WorklistHeadings:
    """Of the films of one table; films are told by their worklist numbers."""

    def __init__(self, model: WorklistTableModel, groups: StudyGroups, folds: StudyFolds) -> None:
        self._model, self._groups, self._folds = model, groups, folds

    def begins(self, level: Level, number: int, above: int | None) -> bool:
        """Whether film `number` begins a group below film `above`, which is None for the topmost film."""
        group_of = self._groups.study_of if level is Level.STUDY else self._groups.series_of
        group = group_of(number)
        return group is not None and (above is None or group_of(above) is not group)

    def text(self, level: Level, number: int) -> str | None:
        """What names the group of film `number`, None where it is in none."""
        if level is Level.SERIES:
            series = self._groups.series_of(number)
            return words.series_heading(series) if series else None
        study = self._groups.study_of(number)
        readings = [self._model.reading(each) for each in self._groups.numbers_with(number)]
        return words.study_heading(study, study_read_words(readings)) if study else None

    def fold(self, level: Level, number: int) -> StudyFold:
        """How the group of film `number` is folded."""
        if not self._folds.is_folded(number, level):
            return StudyFold(False, self._groups.size_with(number, level))
        rows = map(self._model.row_of, self._groups.numbers_with(number, level))
        items = [self._model.shown_at(each) for each in rows if each is not None]
        return StudyFold(True, len(items), count_answers(items))
