"""What stands on the sheet: the film's own answer and marks, and the patient only when asked for."""

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest
from helpers.fakes import FACTS, make_analysis, make_film

from radassist.domain.film_scale import scale_of_file
from radassist.domain.measurement import Mark, MarkKind, Point
from radassist.domain.radiograph import Notice
from radassist.domain.study import Identity
from radassist.export.case_sheet import CaseSheet
from radassist.gui.sheet.sheet_maker import SheetInputs, block_pictures, make_sheet

NOW = datetime(2024, 5, 17, tzinfo=UTC)
FILM = make_film(
    identity=Identity(patient_name="DOE^JANE", patient_id="4711", accession_number="A9", study_date="20240102"),
    notices=(Notice("LOSSY", "The film was compressed with loss."),),
)
PICTURE = np.zeros((50, 40, 3), np.uint8)
LINE = Mark(MarkKind.LENGTH, (Point(0, 0), Point(30, 40)))
INPUTS = SheetInputs(
    film=FILM,
    picture=PICTURE,
    overlaid=None,
    overlay_words="",
    analysis=make_analysis(FILM, probability=0.83, with_blocks=True),
    problem="",
    facts=FACTS,
    marks=(LINE,),
    scale=scale_of_file(FILM),
)


def rows(sheet: CaseSheet, heading: str) -> dict[str, str]:
    return {name: value for table in sheet.tables if table.heading == heading for name, value in table.rows}


def everything(sheet: CaseSheet) -> str:
    return repr((sheet.title, sheet.made, sheet.answer, sheet.sentences, sheet.notices, sheet.tables))


def test_the_answer_its_numbers_and_notices_are_the_films_own() -> None:
    sheet = make_sheet(INPUTS, NOW)
    assert sheet.answer == "Suspected: PNEUMONIA"
    assert any("83" in sentence for sentence in sheet.sentences)
    assert sheet.notices == ("The film was compressed with loss.",)
    assert [picture.caption.split(",")[0] for picture in sheet.maps] == ["block1", "block2"]
    assert rows(sheet, "Model")["Trained on"] == "Nobody."


def test_measurements_say_what_they_rest_on() -> None:
    sheet = make_sheet(INPUTS, NOW)
    assert rows(sheet, "Measurements") == {"Length": "50.0 pixels"}
    assert "no pixel size" in rows(sheet, "Film")["Lengths"]


def test_very_many_marks_are_counted_and_not_all_listed() -> None:
    sheet = make_sheet(replace(INPUTS, marks=(LINE,) * 25), NOW)
    assert rows(sheet, "Measurements")[""] == "and 5 more"


def test_the_patient_is_on_the_sheet_only_when_asked_for() -> None:
    assert not any(word in everything(make_sheet(INPUTS, NOW)) for word in ("DOE", "JANE", "4711", "A9", "2024-01-02"))
    named = rows(make_sheet(replace(INPUTS, is_patient_wanted=True), NOW), "Patient and study")
    assert named == {"Patient": "DOE, JANE, 4711", "Study": "2024-01-02", "Accession": "A9"}


@pytest.mark.parametrize(("problem", "words"), [("It is no chest film.", "no chest film"), ("", "was not scored")])
def test_a_film_without_a_score_says_why(problem: str, words: str) -> None:
    sheet = make_sheet(replace(INPUTS, analysis=None, problem=problem), NOW)
    assert sheet.answer == "No score" and words in sheet.sentences[0]
    assert sheet.maps == () and sheet.notices == ("The film was compressed with loss.",)


def test_a_map_over_the_film_is_named_with_its_range() -> None:
    sheet = make_sheet(replace(INPUTS, overlaid=PICTURE, overlay_words="block1: mean, 0 to 2"), NOW)
    assert sheet.overlay is not None and sheet.overlay.caption.startswith("block1: mean, 0 to 2.")


def test_small_maps_have_the_shape_of_the_film() -> None:
    film = make_film(size=(600, 300))
    (first, _) = block_pictures(film, make_analysis(film, with_blocks=True))
    assert first.pixels.shape == (240, 120, 3)


def test_a_block_without_signal_is_shown_as_the_film_alone() -> None:
    analysis = make_analysis(FILM, with_blocks=True)
    flat = tuple(replace(each, activations=np.ones_like(each.activations)) for each in analysis.feature_maps)
    (first, _) = block_pictures(FILM, replace(analysis, feature_maps=flat))
    assert "no signal" in first.caption


def test_a_key_image_is_called_one() -> None:
    assert "Key image" not in rows(make_sheet(INPUTS, NOW), "Film")
    assert rows(make_sheet(replace(INPUTS, is_key_image=True), NOW), "Film")["Key image"] == "yes"
