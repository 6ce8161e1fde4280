"""The score as a Structured Report: read back, it gives the same numbers."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from helpers.dicom_results import scored_film
from pydicom.dataset import Dataset

from radassist.domain.analysis import UNDETERMINED
from radassist.export.dicom.film_header import read_film_header
from radassist.export.dicom.structured_report import (
    DECISION,
    INDETERMINATE,
    NOT_SUSPECTED,
    PROBABILITY,
    SUSPECTED,
    THRESHOLD,
    decision,
    finding,
    structured_report,
)


def _items(dataset: Dataset) -> Iterator[Dataset]:
    for item in dataset.get("ContentSequence", ()):
        yield item
        yield from _items(item)


def _number(report: Dataset, concept) -> float:
    found = [item for item in _items(report) if item.ConceptNameCodeSequence[0].CodeValue == concept.value]
    assert len(found) == 1
    return float(found[0].MeasuredValueSequence[0].NumericValue)


@pytest.fixture
def scored(tmp_path):
    return scored_film(tmp_path, probability=0.7512345)


@pytest.fixture
def report(scored):
    return structured_report(read_film_header(scored.source), scored.analysis)


def test_read_back_it_gives_the_same_numbers(report, scored):
    assert _number(report, PROBABILITY) == pytest.approx(0.7512345, abs=1e-12)
    assert _number(report, THRESHOLD) == scored.analysis.prediction.threshold


def test_it_names_film_model_and_weights(report, scored):
    header = read_film_header(scored.source)
    texts = [str(item.TextValue) for item in _items(report) if "TextValue" in item]
    assert f"weights SHA-256 {scored.analysis.provenance.model_sha256}" in texts
    assert f"film SHA-256 {scored.analysis.film_sha256}" in texts
    assert "radassist fake" in texts
    named = report.CurrentRequestedProcedureEvidenceSequence[0].ReferencedSeriesSequence[0].ReferencedSOPSequence[0]
    assert named.ReferencedSOPInstanceUID == header.SOPInstanceUID
    assert report.StudyInstanceUID == header.StudyInstanceUID
    assert report.SeriesInstanceUID != header.SeriesInstanceUID


def test_it_is_never_final_or_verified(report):
    assert (report.PreliminaryFlag, report.VerificationFlag) == ("PRELIMINARY", "UNVERIFIED")
    assert report.SeriesDescription.startswith("Research use only")


@pytest.mark.parametrize(
    ("said", "coded"), [("PNEUMONIA", SUSPECTED), ("NORMAL", NOT_SUSPECTED), (UNDETERMINED, INDETERMINATE)]
)
def test_every_decision_has_its_concept_and_none_says_that_nothing_is_there(scored, said, coded):
    prediction = replace(scored.analysis.prediction, decision=said)
    assert decision(prediction) == coded
    assert "absent" not in coded.meaning.lower() and coded.meaning.lower() != "normal"


def test_the_decision_stands_in_the_report(report):
    found = [item for item in _items(report) if item.ConceptNameCodeSequence[0].CodeValue == DECISION.value]
    assert found[0].ConceptCodeSequence[0].CodeValue == SUSPECTED.value


def test_a_label_without_a_code_of_its_own_keeps_its_name():
    assert finding("PNEUMONIA").scheme_designator == "SCT"
    assert (finding("Effusion").scheme_designator, finding("Effusion").meaning) == ("99RADASSIST", "Effusion")
