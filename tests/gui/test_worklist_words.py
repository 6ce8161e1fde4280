from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from helpers.fakes import make_items
from helpers.worklist_items import failed, refused, running, scored, waiting

from radassist.domain.radiograph import Notice
from radassist.domain.study import Identity, Instance, group_by_study
from radassist.gui.findings import findings_text
from radassist.gui.worklist import worklist_words as words
from radassist.gui.worklist.worklist_words import Answer

EVERY_STATE = [
    (waiting(0), None, "Waiting"),
    (running(0), None, "Scoring"),
    (scored(0, 0.9), Answer.SUSPECTED, "Suspected"),
    (scored(0, 0.1), Answer.NOT_SUSPECTED, "Not suspected"),
    (scored(0, 0.6, "UNDETERMINED"), Answer.UNDETERMINED, "Undetermined"),
    (refused(0), Answer.REFUSED, "Refused"),
    (failed(0), Answer.FAILED, "Failed"),
]


@pytest.mark.parametrize(("item", "answer", "said"), EVERY_STATE, ids=[said for *_, said in EVERY_STATE])
def test_every_state_has_its_answer_and_its_words(item, answer, said):
    assert words.answer_of(item) is answer
    assert words.answer_words(item) == said


def test_no_film_is_ever_called_normal():
    assert not any("normal" in answer.lower() for answer in Answer)


@pytest.mark.parametrize("item", [scored(0, 0.9, "NORMAL"), scored(0, 0.2, "PNEUMONIA"), scored(0, 0.9, "OTHER")])
def test_a_decision_that_contradicts_its_probability_is_no_answer(item):
    assert words.answer_of(item) is Answer.UNDETERMINED


@pytest.mark.parametrize("probability", [0.0, 0.0004, 0.4996, 0.5, 0.83, 0.99996, 1.0])
def test_the_number_is_the_one_the_findings_show(probability):
    prediction = scored(0, probability).analysis.prediction
    assert words.probability_words(prediction) == findings_text.probability_and_threshold(prediction)[0]


def test_the_title_is_the_patient_else_the_file_else_the_order_of_arrival():
    assert words.title(waiting(0, "a.dcm", patient_name="DOE^JANE")) == "DOE, JANE"
    assert words.title(waiting(0, "a.dcm", patient_name=" ^ ")) == "a.dcm"
    assert words.title(waiting(0, "a.dcm")) == "a.dcm"
    assert words.title(waiting(6, "\u202e\x07")) == "Film 7"


def test_details_give_the_reason_where_there_is_no_score():
    assert words.details(refused(0, "This film\nis a lateral view.")) == "This film is a lateral view."


def test_details_of_a_scored_film_begin_with_its_warnings():
    notices = (Notice("LATERAL", "One."), Notice("LOSSY", "A fact."), Notice("MULTIFRAME", "Two."))
    item = scored(0, 0.2, notices=notices, view="PA", age_years=4.0, study_date="20240517")
    assert words.details(item) == "2 warnings · PA · 4 y · 2024-05-17"


@pytest.mark.parametrize(
    ("years", "said"), [(None, ""), (0.5, "6 months"), (1.9, "23 months"), (2.0, "2 y"), (64.0, "64 y")]
)
def test_small_children_are_counted_in_months(years, said):
    assert words.age_words(Identity(age_years=years)) == said


@pytest.mark.parametrize(
    ("raw", "said"), [("20240517", "2024-05-17"), ("", ""), ("May 17", "May 17"), ("²0240517", "²0240517")]
)
def test_a_date_is_written_with_dashes_and_anything_else_left_alone(raw, said):
    assert words.date_words(Identity(study_date=raw)) == said


def test_the_tool_tip_shows_markup_of_the_file_as_text():
    tip = words.tool_tip(waiting(0, "<img src=x>.dcm", patient_name="<b>DOE</b>"))
    assert "&lt;b&gt;DOE&lt;/b&gt;" in tip
    assert "<b>" not in tip
    assert "<img" not in tip


def test_the_tool_tip_tells_probability_threshold_and_every_notice():
    tip = words.tool_tip(scored(0, 0.83, notices=(Notice("LOSSY", "The film was compressed with losses."),)))
    assert findings_text.percent(0.83) in tip
    assert findings_text.percent(0.5) in tip
    assert "compressed with losses" in tip


def test_a_screen_reader_hears_name_answer_and_probability():
    said = words.spoken(scored(0, 0.83, patient_name="DOE^JANE", view="PA"))
    assert said.startswith("DOE, JANE. Suspected: PNEUMONIA. Probability of pneumonia")
    assert said.endswith("PA")
    assert words.spoken(waiting(0, "a.dcm")) == "a.dcm. Waiting. Unread."


def test_endless_text_is_cut_before_anybody_looks_at_it():
    item = refused(0, "x" * 300_000)
    endless = waiting(0, patient_name="A" * 300_000, patient_id="B" * 300_000, view="C" * 300_000)
    texts = [
        words.details(item),
        *(f(endless) for f in (words.title, words.details, words.search_text, words.tool_tip)),
    ]
    assert max(map(len, texts)) < 1000


def study_of(*items):
    (study,) = group_by_study([Instance(item.source, item.identity) for item in items])
    return study


def test_a_study_is_named_by_patient_date_size_and_description():
    facts = {"study_uid": "1", "patient_name": "DOE^JANE", "study_date": "20240517", "study_description": "Chest\n2"}
    assert words.study_heading(study_of(waiting(0, **facts))) == "DOE, JANE · 2024-05-17 · Chest 2"
    films = [waiting(number, **facts, series_uid=str(number % 2)) for number in range(3)]
    assert words.study_heading(study_of(films[0], films[2])) == "DOE, JANE · 2024-05-17 · 2 films · Chest 2"
    assert words.study_heading(study_of(*films)) == "DOE, JANE · 2024-05-17 · 3 films · 2 series · Chest 2"


def test_a_study_nobody_named_is_named_by_its_patients_number_or_its_first_file():
    assert words.study_heading(study_of(waiting(0, study_uid="1", patient_id="P-7"))) == "P-7"
    assert words.study_heading(study_of(waiting(0, "a.png"))) == "a.png"
    assert words.study_heading(study_of(*(waiting(n, f"{n}.dcm", study_uid="1") for n in (0, 1)))) == "0.dcm · 2 films"


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0.44, "0.4 s"), (9.96, "10.0 s"), (12.3, "12 s"), (65, "1 min 5 s"), (3600 * 2 + 61, "2 h 1 min"), (-5, "")],
)
def test_the_time_from_arrival_to_score_is_told(seconds: float, said: str) -> None:
    item = scored(0, 0.9)
    finished = item.analysis.provenance.finished_at
    assert words.to_score_words(replace(item, arrived_at=finished - timedelta(seconds=seconds))) == said


def test_without_score_or_arrival_no_time_is_told() -> None:
    assert words.to_score_words(scored(0, 0.9)) == ""
    assert words.to_score_words(replace(make_items("a")[0], arrived_at=datetime(2024, 1, 1, tzinfo=UTC))) == ""


def test_a_series_is_named_by_description_number_modality_and_size():
    facts = {"study_uid": "1", "series_uid": "2", "modality": "DX"}
    named = waiting(0, series_description="PA erect", series_number="3", **facts)
    numbered = [waiting(number, series_number="3", **facts) for number in range(2)]
    assert words.series_heading(study_of(named).series[0]) == "PA erect · series 3 · DX · 1 film"
    assert words.series_heading(study_of(*numbered).series[0]) == "Series 3 · DX · 2 films"
    assert words.series_heading(study_of(waiting(0, study_uid="1")).series[0]) == "Series without a name · 1 film"


def test_a_hostile_name_of_a_series_is_one_short_line():
    hostile = waiting(0, study_uid="1", series_description="<b>" + "W\n" * 5000, series_number="\x1b[31m")
    said = words.series_heading(study_of(hostile).series[0])
    assert "\n" not in said and "\x1b" not in said
    assert len(said) < 600
