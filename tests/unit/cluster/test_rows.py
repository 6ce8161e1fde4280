from pathlib import Path

import numpy as np
import pytest
from helpers.fakes import make_analysis, make_film

from radassist.domain.prepared import InputShape
from radassist.domain.study import FilmSource, Identity
from radassist.domain.worklist import ItemState, WorklistItem
from radassist.inference.preparing import prepare
from radassist.workflow.outcome import conclude

pytest.importorskip("pyarrow", reason="needs the extra 'cluster'")

from radassist.cluster.rows import (
    FILMS,
    RESULTS,
    SOURCES,
    ended_item,
    names_of,
    read_films,
    read_row,
    result_row,
    results_table,
    running_items,
    source_named,
    sources_table,
)

ODD = FilmSource(Path("films/\udcff odd.zip"), "dir/\udc80.dcm")
ITEMS = [WorklistItem(0, FilmSource(Path("a.dcm"))), WorklistItem(7, ODD)]


def test_a_name_that_is_no_text_comes_back():
    assert source_named(*names_of(ODD)) == ODD


def test_items_come_back_running():
    table = sources_table(ITEMS)

    assert table.schema == SOURCES
    assert list(running_items(table)) == [item.started() for item in ITEMS]


def test_a_film_comes_back_bit_for_bit_with_its_header():
    film = prepare(make_film("a.dcm", identity=Identity(study_uid="1.2", age_years=0.1 + 0.2)), InputShape(32, 32))
    (read,), ended = read_films(read_row(ITEMS[1].started(), film))

    assert ended == []
    assert read[0] == ITEMS[1].started()
    assert np.array_equal(read[1].fed, film.fed)
    assert (read[1].identity, read[1].contrast, read[1].facts) == (film.identity, film.contrast, film.facts)


def test_a_film_that_could_not_be_read_is_handed_on_as_ended():
    item = ITEMS[0].started().failed("It is cut short.")
    table = read_row(item)
    read, ended = read_films(table)

    assert table.schema == FILMS
    assert read == []
    assert ended_item(ITEMS[0], ended[0]) == item


def test_a_score_comes_back_bit_for_bit():
    film = make_film("a.dcm")
    item = conclude(ITEMS[0].started(), make_analysis(film, probability=1 / 3), film)
    table = results_table([result_row(item)])
    back = ended_item(ITEMS[0], table.to_pylist()[0])

    assert table.schema == RESULTS
    assert back.state is ItemState.SCORED
    assert back.analysis.prediction == item.analysis.prediction
    assert back.analysis.provenance == item.analysis.provenance
