from dataclasses import replace
from pathlib import Path

import pytest
from helpers.worklist_items import refused, scored, waiting

from radassist.domain.errors import UserError
from radassist.domain.study import FilmSource
from radassist.domain.worklist import WorklistItem
from radassist.workflow.truth import audit_films


@pytest.fixture
def labelled(tmp_path: Path):
    """Audits films with a table of these lines, which lies in `tmp_path`."""

    def audit(items: list[WorklistItem], *lines: str):
        table = tmp_path / "labels.csv"
        table.write_text("\n".join(("path,label", *lines)), encoding="utf-8")
        return audit_films(items, table)

    return audit


def _at(item: WorklistItem, path: Path | str, member: str = "") -> WorklistItem:
    return replace(item, source=FilmSource(Path(path), member))


def _truth(audit) -> dict[int, bool]:
    return {film.number: film.is_positive for film in audit.films}


def test_films_are_found_by_path_from_the_tables_folder_and_by_name(labelled, tmp_path) -> None:
    items = [
        _at(scored(0, 0.9), tmp_path / "a" / "same.png"),
        _at(scored(1, 0.2), tmp_path / "b" / "same.png"),
        _at(scored(2, 0.3), tmp_path / "c" / "only.png"),
        _at(scored(3, 0.4), tmp_path / "films.zip", "in/side.png"),
    ]
    lines = (
        f"{tmp_path}/a/same.png,1",
        "b/same.png,0",
        r"D:\elsewhere\only.png,0",
        f"{tmp_path}/films.zip!/in/side.png,1",
    )
    audit = labelled(items, *lines)
    assert _truth(audit) == {0: True, 1: False, 2: False, 3: True}
    assert audit.by_name == 1 and audit.unknown_rows == 0 and audit.unlabelled_films == 0
    assert [film.probability for film in audit.films] == pytest.approx([0.9, 0.2, 0.3, 0.4])


def test_a_name_that_several_films_have_finds_none_of_them(labelled, tmp_path) -> None:
    items = [_at(scored(n, 0.9), tmp_path / folder / "same.png") for n, folder in enumerate("ab")] + [scored(2, 0.1)]
    audit = labelled(items, "same.png,1", "film0002.dcm,0")
    assert _truth(audit) == {2: False} and audit.unknown_rows == 1 and audit.unlabelled_films == 2


def test_a_name_that_several_rows_have_finds_no_film(labelled) -> None:
    audit = labelled([scored(0, 0.9), scored(1, 0.1)], "x/film0000.dcm,1", "y/film0000.dcm,0", "film0001.dcm,0")
    assert _truth(audit) == {1: False} and audit.unknown_rows == 2


def test_what_has_no_partner_is_counted(labelled) -> None:
    items = [scored(0, 0.9), scored(1, 0.1), waiting(2), refused(3)]
    lines = ("film0000.dcm,1", "film0001.dcm,", "film0002.dcm,1", "film0003.dcm,0", "other.dcm,1")
    audit = labelled(items, *lines)
    assert (audit.unknown_rows, audit.unscored_rows, audit.empty_rows, audit.unlabelled_films) == (1, 2, 1, 1)


def test_a_path_made_inert_for_spreadsheets_is_understood(labelled, tmp_path) -> None:
    assert _truth(labelled([_at(scored(0, 0.9), tmp_path / "=1.png")], "'=1.png,1")) == {0: True}


def test_the_same_film_twice_counts_once_and_may_not_contradict_itself(labelled) -> None:
    assert len(labelled([scored(0, 0.9)], "film0000.dcm,1", "film0000.dcm,1").films) == 1
    with pytest.raises(UserError, match=r"Line 3 of .* contradicts"):
        labelled([scored(0, 0.9)], "film0000.dcm,1", "film0000.dcm,0")


def test_without_scores_or_partners_there_is_no_audit(labelled) -> None:
    with pytest.raises(UserError, match="No film on the list has a score"):
        labelled([waiting(0)], "film0000.dcm,1")
    with pytest.raises(UserError, match="labels none of the scored films"):
        labelled([scored(0, 0.9)], "else.dcm,1")


def test_scores_of_different_models_are_not_mixed(labelled) -> None:
    other = scored(1, 0.5)
    provenance = replace(other.analysis.provenance, model_sha256="f" * 64)
    other = replace(other, analysis=replace(other.analysis, provenance=provenance))
    with pytest.raises(UserError, match="different models"):
        labelled([scored(0, 0.9), other], "film0000.dcm,1")
