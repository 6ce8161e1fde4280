"""Tables read back."""

from decimal import Decimal
from pathlib import Path

import pytest
from helpers.fakes import FACTS, make_analysis, make_film

from radassist.domain.errors import UserError
from radassist.domain.study import FilmSource
from radassist.domain.worklist import WorklistItem
from radassist.export.csv_table import write_csv
from radassist.export.keys import PlainKeys
from radassist.export.table_reader import read_table


def table(folder, *items):
    write_csv(items, folder / "out.csv", labels=FACTS.labels, keys=PlainKeys())
    return folder / "out.csv"


def scored(source):
    return WorklistItem(0, source).started().scored(make_analysis(make_film(source.name), probability=0.25))


def test_a_scored_row_comes_back(tmp_path):
    item = scored(FilmSource(Path("/films/a.dcm")))

    (row,) = read_table(table(tmp_path, item))

    assert (row.line, row.source, row.sha256, row.status) == (1, item.source, item.film_sha256, "scored")
    assert row.probabilities == {"NORMAL": Decimal("0.75"), "PNEUMONIA": Decimal("0.25")}
    assert (row.prediction, row.confidence) == ("NORMAL", Decimal("0.75"))
    assert (row.threshold, row.decision) == (Decimal("0.5"), "NORMAL")
    assert (row.model_sha256, row.preprocessing, row.device) == (FACTS.sha256, FACTS.preprocessing, FACTS.device)


def test_a_failed_row_has_no_numbers(tmp_path):
    (row,) = read_table(table(tmp_path, WorklistItem(0, FilmSource(Path("/a.dcm"))).started().failed("Cut short.")))

    assert (row.status, row.threshold, row.probabilities, row.model) == ("failed", None, {}, "")


@pytest.mark.parametrize("name", ["plain.dcm", "a!/b.dcm", "semi;=formula.dcm", "semi;'apostrophe.dcm"])
def test_films_are_found_whatever_was_done_to_their_names(tmp_path, name):
    film = tmp_path / name
    film.parent.mkdir(exist_ok=True)
    film.touch()

    (row,) = read_table(table(tmp_path, scored(FilmSource(film))))

    assert row.source == FilmSource(film)


def test_a_film_in_an_archive_is_found(tmp_path):
    (tmp_path / "films.zip").touch()

    (row,) = read_table(table(tmp_path, scored(FilmSource(tmp_path / "films.zip", "folder/film.dcm"))))

    assert row.source == FilmSource(tmp_path / "films.zip", "folder/film.dcm")


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "\0", "path,path\n"])
def test_what_is_no_such_table_is_one_sentence(tmp_path, text):
    (tmp_path / "other.csv").write_text(text)

    with pytest.raises(UserError, match=r"^other.csv is not a .*\.$"):
        read_table(tmp_path / "other.csv")


def test_half_a_row_is_no_whole_table(tmp_path):
    path = table(tmp_path, scored(FilmSource(Path("/a.dcm"))))
    path.write_text(path.read_text()[:-150])

    with pytest.raises(UserError, match="not a whole table"):
        read_table(path)


@pytest.mark.parametrize("written", ["nan", "-0.25", "1e-999999999", "inf", "2.5", "0,25"])
def test_what_is_no_probability_is_no_whole_table(tmp_path, written):
    path = table(tmp_path, scored(FilmSource(Path("/a.dcm"))))
    path.write_text(path.read_text().replace("0.250000", written))

    with pytest.raises(UserError, match="not a whole table"):
        read_table(path)


def test_a_missing_table_is_one_sentence(tmp_path):
    with pytest.raises(UserError, match="cannot be read"):
        read_table(tmp_path / "gone.csv")
