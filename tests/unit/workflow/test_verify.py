"""The proof: equal on the same device, close on another, and whatever has changed is named."""

from dataclasses import replace
from decimal import Decimal

import pytest
from helpers.fakes import FACTS, FakeLoader, make_analysis, make_film, make_services

from radassist.domain.cancellation import CancelToken
from radassist.domain.errors import DecodeError
from radassist.domain.study import FilmSource
from radassist.domain.worklist import WorklistItem
from radassist.export.csv_table import write_csv
from radassist.export.keys import PlainKeys
from radassist.export.result_rows import as_probability
from radassist.export.table_reader import read_table
from radassist.workflow.verify import check_row, verify_rows

NO_ANSWER = {"prediction": "", "confidence": None, "decision": "", "probabilities": {}}
NUMBERS = (("p_NORMAL", "0.700000"), ("p_PNEUMONIA", "0.300000"), ("confidence", "0.700000"))


@pytest.fixture
def item(tmp_path):
    path = tmp_path / "a.dcm"
    path.touch()
    return WorklistItem(0, FilmSource(path)).started().scored(make_analysis(make_film("a.dcm"), probability=0.3))


@pytest.fixture
def row(item, tmp_path):
    write_csv([item], tmp_path / "out.csv", labels=FACTS.labels, keys=PlainKeys())
    return read_table(tmp_path / "out.csv")[0]


def again(item, probability, **provenance):
    analysis = make_analysis(make_film("a.dcm"), probability=probability)
    changed = replace(analysis, provenance=replace(analysis.provenance, **provenance))
    return item.started().scored(changed)


def test_the_same_film_and_model_prove_the_row(row, item):
    check = check_row(row, item, FACTS)

    assert (check.is_proved, check.is_exact, check.changed) == (True, True, ())


def test_on_the_same_device_the_last_digit_counts(row, item):
    check = check_row(row, again(item, 0.300001), FACTS)

    assert check.differences == (
        "p_NORMAL was 0.700000 and is 0.699999",
        "p_PNEUMONIA was 0.300000 and is 0.300001",
        "confidence was 0.700000 and is 0.699999",
    )


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ({"prediction": "PNEUMONIA"}, "the prediction was PNEUMONIA and is NORMAL"),
        ({"confidence": Decimal("0.9")}, "confidence was 0.9 and is 0.700000"),
        ({"confidence": None}, "confidence was nothing and is 0.700000"),
        ({"probabilities": {"NORMAL": Decimal("0.7")}}, "p_PNEUMONIA was nothing and is 0.300000"),
        ({"decision": ""}, "the decision was nothing and is NORMAL"),
    ],
)
def test_every_value_of_the_answer_is_held_against_the_film(row, item, written, words):
    check = check_row(replace(row, **written), item, FACTS)

    assert check.differences == (words,)


def test_a_film_without_a_score_proves_no_number_and_no_decision(row, item):
    refused = item.started().failed("Cut short.")

    check = check_row(replace(row, status="failed", sha256=""), refused, FACTS)

    assert check.differences == (
        "the prediction was NORMAL and is nothing",
        "the decision was NORMAL and is nothing",
        *(f"{name} was {value} and is nothing" for name, value in NUMBERS),
    )


@pytest.mark.parametrize(("probability", "is_proved"), [(0.3, True), (0.30009, True), (0.3002, False)])
def test_on_another_device_a_stated_tolerance_holds(row, item, probability, is_proved):
    check = check_row(row, again(item, probability, device="GPU"), FACTS)

    assert check.is_proved is is_proved
    assert check.changed == ("it was scored on another device",)
    assert check.is_exact is (probability == 0.3)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"sha256": "cd" * 32}, "the model has other weights"),
        ({"preprocessing": "v2"}, "the preprocessing is another"),
        ({"threshold": 0.4}, "the threshold is another"),
    ],
)
def test_other_conditions_are_named_and_prove_nothing(row, item, change, words):
    check = check_row(row, item, replace(FACTS, **change))

    assert check.differences == (words,)


def test_a_changed_film_proves_nothing_even_with_the_same_number(row, item):
    check = check_row(row, replace(item, film_sha256="ff"), FACTS)

    assert check.differences == ("the file has changed",)


def test_a_missing_film_is_named(row, item):
    item.source.path.unlink()

    check = check_row(row, item.started().failed("a.dcm is no longer there."), FACTS)

    assert check.differences == ("the file is missing", "it was scored and is failed")


def test_another_decision_is_named(row, item):
    analysis = replace(item.analysis, prediction=replace(item.analysis.prediction, decision="UNDETERMINED"))

    check = check_row(row, replace(item, analysis=analysis), FACTS)

    assert check.differences == ("the decision was NORMAL and is UNDETERMINED",)


def test_a_film_that_failed_before_must_fail_again(item, row):
    failed = replace(row, status="failed", sha256="", threshold=None, **NO_ANSWER)

    assert check_row(failed, item.started().failed("Cut short."), FACTS).is_proved
    assert check_row(failed, item, FACTS).differences == ("it was failed and is scored",)


def test_every_row_is_checked(tmp_path, row):
    other = replace(row, line=2, status="failed", source=FilmSource(tmp_path / "b.dcm"), sha256="", **NO_ANSWER)
    services = make_services(FakeLoader({"b.dcm": DecodeError("b.dcm is no longer there.")}))
    mean = make_analysis(make_film("a.dcm")).prediction
    honest = replace(
        row,
        probabilities=dict(zip(FACTS.labels, map(as_probability, mean.probabilities), strict=True)),
        prediction=mean.label,
        confidence=as_probability(mean.confidence),
        decision=mean.decision,
    )

    checks = list(verify_rows([honest, other], services, CancelToken()))

    assert {check.row.line: check.is_proved for check in checks} == {1: True, 2: True}
