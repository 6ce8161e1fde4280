"""The JSON twin of the table."""

import json
from dataclasses import replace
from pathlib import Path

from helpers.fakes import FACTS, make_analysis, make_answer, make_film, make_items

from radassist.domain.study import FilmSource
from radassist.export.json_table import write_json
from radassist.export.keys import PlainKeys
from radassist.export.reader_columns import ReaderColumns
from radassist.export.result_rows import columns
from radassist.workflow.outcome import conclude


def test_texts_are_untouched_and_numbers_are_numbers(tmp_path):
    film = make_film()
    item = conclude(make_items("a")[0].started(), make_analysis(film, probability=0.75), film)
    hostile = replace(item, source=FilmSource(Path("=bad\udcff\nname")))

    write_json([hostile], tmp_path / "t.json", labels=FACTS.labels, keys=PlainKeys())

    (row,) = json.loads((tmp_path / "t.json").read_text(encoding="utf-8"))
    assert list(row) == list(columns(FACTS.labels))
    assert row["path"] == "=bad\udcff\nname"
    assert (row["p_PNEUMONIA"], row["age"], row["decode_ms"]) == (0.75, None, 4.0)


def test_a_readers_note_is_untouched(tmp_path):
    film = make_film()
    item = conclude(make_items("a")[0].started(), make_analysis(film), film)
    reader = ReaderColumns({item.film_sha256: make_answer(item.film_sha256, note="=1+1\n")}, is_identified=True)

    write_json([item], tmp_path / "t.json", labels=FACTS.labels, keys=PlainKeys(), reader=reader)

    (row,) = json.loads((tmp_path / "t.json").read_text(encoding="utf-8"))
    assert list(row) == list(columns(FACTS.labels, reader))
    assert row["reader_note"] == "=1+1\n"
