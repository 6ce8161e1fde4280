"""Whatever the texts are, the CSV has one row a film, can be read back, and executes nothing."""

import csv
import json
from dataclasses import replace
from pathlib import Path

from helpers.fakes import FACTS, make_analysis, make_film, make_items
from hypothesis import given, settings
from hypothesis import strategies as st

from radassist.domain.study import FilmSource, Identity
from radassist.export.csv_table import write_csv
from radassist.export.json_table import write_json
from radassist.export.keys import PlainKeys
from radassist.export.safe_text import inert
from radassist.workflow.outcome import conclude

texts = st.text(st.characters(exclude_categories=())) | st.text(
    st.sampled_from("=+-@'\t\r\n\0;,\" a\x1b\udc80"), max_size=8
)
films = st.builds(
    lambda name, view, age, p: (name, Identity(view=view, age_years=age), p),
    texts,
    texts,
    st.none() | st.floats(0, 120),
    st.floats(0, 1),
)


def item_of(number: int, name: str, identity: Identity, probability: float):
    film = make_film(str(number), identity=identity)
    running = replace(make_items("x")[0], number=number, source=FilmSource(Path("f") / f"{number}", name)).started()
    return conclude(running, make_analysis(film, probability=probability), film)


@given(texts)
def test_no_cell_begins_as_a_formula_or_holds_a_control_character(text):
    cell = inert(text)

    assert not cell.lstrip().startswith(("=", "+", "-", "@"))
    assert not any(ord(character) < 32 for character in cell)
    cell.encode("utf-8")


@given(st.text(st.characters(categories=["L", "N"])))
def test_plain_words_are_left_alone(text):
    assert inert(text) == text


@settings(max_examples=50, deadline=None)
@given(rows=st.lists(films, max_size=6))
def test_there_is_one_readable_row_a_film_in_both_tables(rows, tmp_path_factory):
    folder = tmp_path_factory.mktemp("tables")
    items = [item_of(number, *row) for number, row in enumerate(rows)]

    write_csv(items, folder / "t.csv", labels=FACTS.labels, keys=PlainKeys())
    write_json(items, folder / "t.json", labels=FACTS.labels, keys=PlainKeys())

    with (folder / "t.csv").open(encoding="utf-8", newline="") as file:
        read = list(csv.DictReader(file, strict=True))
    plain = json.loads((folder / "t.json").read_text())
    assert len(read) == len(plain) == len(items)
    for row, twin in zip(read, plain, strict=True):
        assert None not in row
        assert float(row["p_PNEUMONIA"]) == twin["p_PNEUMONIA"]
        assert (float(row["age"]) if row["age"] else None) == twin["age"]
        assert row["view"] == inert(twin["view"])
    assert sorted(row["path"] for row in plain) == sorted(str(item.source) for item in items)
