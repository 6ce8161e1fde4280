"""The columns, and what stands in them."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import pytest
from helpers.fakes import FACTS, make_analysis, make_answer, make_film, make_items

from radassist.domain.errors import RefusedImage
from radassist.domain.radiograph import Notice
from radassist.domain.study import FilmSource, Identity
from radassist.domain.worklist import WorklistItem
from radassist.export.keys import PlainKeys
from radassist.export.reader_columns import ReaderColumns
from radassist.export.result_rows import columns, rows
from radassist.workflow.outcome import conclude

COLUMNS = (
    "path", "sha256", "status", "reason", "prediction", "confidence", "decision", "threshold", "p_NORMAL",
    "p_PNEUMONIA",
    "warnings", "modality", "view", "age", "study_key", "series_key", "instance_key", "model", "model_sha256",
    "preprocessing", "device", "decode_ms", "predict_ms", "finished_at", "threshold_set_by",
)  # fmt: skip


def row_of(item: WorklistItem) -> dict[str, object]:
    (row,) = rows([item], FACTS.labels, PlainKeys())
    return dict(zip(columns(FACTS.labels), row, strict=True))


@pytest.fixture
def scored() -> WorklistItem:
    film = make_film(
        identity=Identity("1.2", "1.2.3", "1.2.3.4", modality="DX", view="PA", age_years=0.5),
        notices=(Notice("LOSSY", "Compressed."), Notice("CHILD", "A child.")),
    )
    return conclude(make_items("a.dcm")[0].started(), make_analysis(film, probability=0.75), film)


def test_the_columns_are_the_agreed_ones_in_their_order():
    assert columns(("NORMAL", "PNEUMONIA")) == COLUMNS


def test_a_scored_film_fills_every_column_but_the_reason(scored):
    row = row_of(scored)

    assert row == {
        "path": str(Path("films") / "a.dcm"),
        "sha256": make_film().facts.sha256,
        "status": "scored",
        "reason": "",
        "prediction": "PNEUMONIA",
        "confidence": Decimal("0.750000"),
        "decision": "PNEUMONIA",
        "threshold": Decimal("0.500000"),
        "p_NORMAL": Decimal("0.250000"),
        "p_PNEUMONIA": Decimal("0.750000"),
        "warnings": "LOSSY; CHILD",
        "modality": "DX",
        "view": "PA",
        "age": Decimal("0.5"),
        "study_key": "1.2",
        "series_key": "1.2.3",
        "instance_key": "1.2.3.4",
        "model": "fake",
        "model_sha256": FACTS.sha256,
        "preprocessing": "v1 fake 32 x 32",
        "device": "CPU (fake)",
        "decode_ms": Decimal("4.0"),
        "predict_ms": Decimal("2.5"),
        "finished_at": "2024-05-17T10:30:00.000+00:00",
        "threshold_set_by": "card",
    }


def test_a_refused_film_says_why_and_has_no_numbers():
    film = make_film(identity=Identity(modality="CR"))
    row = row_of(conclude(make_items("a.dcm")[0].started(), RefusedImage("A lateral film."), film))

    assert (row["status"], row["reason"], row["modality"]) == ("refused", "A lateral film.", "CR")
    assert row["sha256"] == film.facts.sha256
    empty = [name for name, value in row.items() if value is None]
    assert empty == [
        "prediction", "confidence", "decision", "threshold", "p_NORMAL", "p_PNEUMONIA", "age",
        "model", "model_sha256", "preprocessing", "device", "decode_ms", "predict_ms", "finished_at",
        "threshold_set_by",
    ]  # fmt: skip


def test_numbers_carry_their_decimals(scored):
    row = row_of(scored)

    assert (str(row["p_NORMAL"]), str(row["decode_ms"])) == ("0.250000", "4.0")


def test_rows_are_sorted_by_path_and_films_still_waiting_have_none(scored):
    later = replace(scored, number=1, source=FilmSource(Path("films") / "z.zip", "b.dcm"))
    waiting = make_items("waiting")[0]

    paths = [row[0] for row in rows([later, waiting, scored], FACTS.labels, PlainKeys())]

    assert paths == [str(scored.source), str(later.source)]


def test_the_time_is_told_in_utc(scored):
    local = datetime(2024, 5, 17, 12, 30, tzinfo=timezone(timedelta(hours=2)))
    analysis = replace(scored.analysis, provenance=replace(scored.analysis.provenance, finished_at=local))

    assert row_of(replace(scored, analysis=analysis))["finished_at"] == "2024-05-17T10:30:00.000+00:00"


def test_a_label_the_analysis_does_not_know_stays_empty(scored):
    (row,) = rows([scored], ("NORMAL", "EFFUSION"), PlainKeys())

    assert dict(zip(columns(("NORMAL", "EFFUSION")), row, strict=True))["p_EFFUSION"] is None


def test_a_readers_answer_stands_last_in_the_row_of_its_film(scored):
    reader = ReaderColumns({scored.film_sha256: make_answer(scored.film_sha256)})
    other = replace(make_items("b.dcm")[0].started().failed("Cut short."), number=1)

    of_film, of_other = rows([scored, other], FACTS.labels, PlainKeys(), reader)

    assert columns(FACTS.labels, reader) == (*COLUMNS, "reader_answer", "reader_blind")
    assert (of_film[-2:], of_other[-2:]) == (("agree", "no"), (None, None))
