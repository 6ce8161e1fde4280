import json
import re
from pathlib import Path

import numpy as np
import pytest
from helpers.cards import make_card

from radassist.domain.errors import StoreError
from radassist.training.evaluate import EvaluationReport, evaluate_scores
from radassist.training.manifest import LabelledFilm, Split
from radassist.training.report import JSON_NAME, PAGE_NAME, report_as_json, write_report
from radassist.training.scoring import SplitScores

NAME = "<script>alert(1).png"


def make_report() -> EvaluationReport:
    targets = np.array([0, 0, 1, 1, 1])
    p = np.array([0.1, 0.8, 0.7, 0.9, 0.2])
    films = tuple(
        LabelledFilm(Path(NAME), ("NORMAL", "PNEUMONIA")[label], "p", Split.TEST, subtype="virus") for label in targets
    )
    scores = SplitScores(Split.TEST, films, targets, np.log(np.stack((1 - p, p), axis=1)))
    return evaluate_scores(make_card(), scores, "made up")


def test_the_page_stands_alone_and_says_what_it_is_not_for(tmp_path: Path) -> None:
    write_report(make_report(), tmp_path, np.zeros((5, 32, 32), np.uint8))
    page = (tmp_path / PAGE_NAME).read_text()
    assert "not for diagnosis" in page
    assert not re.findall(r"""(?:src|href)=["'](?!data:)""", page)
    assert page.count("data:image/png") == 4
    assert page.count("data:image/jpeg") == 1


def test_names_of_files_are_shown_as_text(tmp_path: Path) -> None:
    write_report(make_report(), tmp_path, None)
    page = (tmp_path / PAGE_NAME).read_text()
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_films_are_left_out_of_the_page_when_asked(tmp_path: Path) -> None:
    write_report(make_report(), tmp_path, None)
    assert "data:image/jpeg" not in (tmp_path / PAGE_NAME).read_text()


def test_the_json_holds_the_figures_of_the_report(tmp_path: Path) -> None:
    report = make_report()
    write_report(report, tmp_path, None)
    written = json.loads((tmp_path / JSON_NAME).read_text())
    assert written == json.loads(json.dumps(report_as_json(report)))
    assert written["metrics"]["sensitivity"]["value"] == pytest.approx(2 / 3, abs=1e-4)
    assert written["confusion"] == {"true_positive": 2, "false_positive": 1, "true_negative": 1, "false_negative": 1}
    assert [wrong["film"] for wrong in written["worst"]] == [NAME, NAME]


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="file cannot be made"):
        write_report(make_report(), tmp_path / "file", None)
