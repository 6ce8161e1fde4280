"""Outcomes as JSON: without loss, and without names of patients."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from helpers.fakes import make_analysis, make_film
from hypothesis import given
from hypothesis import strategies as st

from radassist.domain.radiograph import Notice
from radassist.domain.study import FilmSource, Identity
from radassist.domain.worklist import WorklistItem
from radassist.store.records import to_record, with_record
from radassist.workflow.outcome import conclude

WAITING = WorklistItem(3, FilmSource(Path("a.dcm")))
KEPT = Identity(
    study_uid="1.2", series_uid="1.2.3", instance_uid="1.2.3.4", age_years=0.1 + 0.2, modality="DX", view="PA"
)


def scored(**changes):
    film = make_film(notices=(Notice("LOSSY", "The film was compressed."),), identity=KEPT)
    analysis = make_analysis(film)
    return conclude(WAITING.started(), replace(analysis, provenance=replace(analysis.provenance, **changes)), film)


def same(one, other):
    """Equal in everything; an analysis has no equality of its own."""
    assert replace(one, analysis=None) == replace(other, analysis=None)
    for name in ("film_sha256", "prediction", "provenance", "notices", "geometry", "feature_maps"):
        assert getattr(one.analysis, name, None) == getattr(other.analysis, name, None)


def test_a_score_comes_back_bit_for_bit():
    moment = datetime(2026, 3, 29, 1, 30, 0, 123456, tzinfo=timezone(timedelta(hours=5, minutes=45)))
    item = scored(predict_ms=1 / 3, decode_ms=1e-17, finished_at=moment)

    same(with_record(WAITING, item.state, to_record(item)), item)


@pytest.mark.parametrize("end", ["refused", "failed"])
@given(reason=st.text(st.characters()))
def test_any_reason_comes_back_lone_surrogates_included(end, reason):
    item = replace(getattr(WAITING.started(), end)(reason), notices=(Notice("X", reason),), film_sha256="ab")

    record = to_record(item)
    assert record.isascii()
    same(with_record(WAITING, item.state, record), item)


def test_nothing_that_names_a_patient_is_written():
    named = replace(
        KEPT,
        patient_name="ZZCANARY^JOHN",
        patient_id="ZZCANARY",
        study_date="ZZCANARY",
        study_description="ZZCANARY",
        accession_number="ZZCANARY",
        institution="ZZCANARY",
    )

    assert "ZZCANARY" not in to_record(replace(scored(), identity=named))


def test_what_the_list_knows_of_the_header_stays():
    known = replace(WAITING, identity=Identity(patient_name="DOE^JANE"))

    recalled = with_record(known, scored().state, to_record(scored()))

    assert recalled.identity == replace(KEPT, patient_name="DOE^JANE")
