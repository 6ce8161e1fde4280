"""The CSV as a spreadsheet and as a program read it."""

import csv
from dataclasses import replace
from pathlib import Path

import pytest
from helpers.fakes import FACTS, make_analysis, make_answer, make_film, make_items

from radassist.domain.errors import DecodeError, StoreError
from radassist.domain.reading import SeenScore
from radassist.domain.study import FilmSource, Identity
from radassist.export.csv_table import write_csv
from radassist.export.keys import PlainKeys
from radassist.export.reader_columns import NO_READER, ReaderColumns
from radassist.workflow.outcome import conclude


def scored(name: str, identity: Identity | None = None):
    film = make_film(name, identity=identity)
    return conclude(make_items(name)[0].started(), make_analysis(film, probability=0.123456789), film)


def read_back(items, target: Path, reader: ReaderColumns = NO_READER) -> list[dict[str, str]]:
    write_csv(items, target, labels=FACTS.labels, keys=PlainKeys(), reader=reader)
    with target.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def test_a_row_can_be_read_back(tmp_path):
    (row,) = read_back([scored('quo"te, and comma.dcm')], tmp_path / "t.csv")

    assert row["path"] == str(Path("films") / 'quo"te, and comma.dcm')
    assert (row["p_PNEUMONIA"], row["prediction"], row["confidence"]) == ("0.123457", "NORMAL", "0.876543")


def test_lines_end_as_rfc_4180_says(tmp_path):
    read_back([scored("a")], tmp_path / "t.csv")
    raw = (tmp_path / "t.csv").read_bytes()

    assert raw.count(b"\r\n") == raw.count(b"\n") == 2
    assert raw.endswith(b"\r\n")


def test_file_names_no_text_can_hold_give_a_table_all_the_same(tmp_path):
    item = replace(scored("a"), source=FilmSource(Path("bad\udcff\n\0name")))

    (row,) = read_back([item], tmp_path / "t.csv")

    assert row["path"] == "bad\\udcff\\n\\x00name"


def test_hostile_headers_stay_in_their_cell(tmp_path):
    identity = Identity(study_uid="=1+1", modality='@SUM(A1)","x', view="-2+3\n=4")

    (row,) = read_back([scored("a", identity)], tmp_path / "t.csv")

    assert (row["study_key"], row["modality"], row["view"]) == ("'=1+1", '\'@SUM(A1)","x', "'-2+3\\n=4")


def test_a_missing_value_is_an_empty_cell(tmp_path):
    failed = conclude(make_items("a.dcm")[0].started(), DecodeError("a.dcm is cut short."))

    (row,) = read_back([failed], tmp_path / "t.csv")

    assert (row["status"], row["reason"]) == ("failed", "a.dcm is cut short.")
    assert (row["p_NORMAL"], row["age"], row["finished_at"]) == ("", "", "")


def test_a_table_of_no_films_has_its_head(tmp_path):
    assert read_back([], tmp_path / "t.csv") == []
    assert (tmp_path / "t.csv").read_text().startswith("path,sha256,status")


def test_an_unwritable_target_is_one_sentence(tmp_path):
    with pytest.raises(StoreError, match="its folder does not exist"):
        write_csv([], tmp_path / "no" / "t.csv", labels=FACTS.labels, keys=PlainKeys())


def test_a_readers_note_is_one_inert_cell(tmp_path):
    item = scored("a")
    seen = SeenScore.of(item.analysis)
    answer = make_answer(item.film_sha256, seen=seen, note='=HYPERLINK("x")\r\nsecond line')

    (row,) = read_back([item], tmp_path / "t.csv", ReaderColumns({item.film_sha256: answer}, is_identified=True))

    assert row["reader_note"] == '\'=HYPERLINK("x")\\r\\nsecond line'
    assert (row["reader_answer"], row["reader_blind"]) == ("agree", "no")
