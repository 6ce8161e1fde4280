"""Measurements as tables: every number with its unit and what it rests on, and no cell a spreadsheet would run."""

import csv
import json
from pathlib import Path

import pytest

from radassist.domain.errors import StoreError
from radassist.domain.film_scale import FilmScale, ScaleBasis
from radassist.domain.measurement import Mark, MarkKind, Point
from radassist.export.measurements import COLUMNS, MeasuredFilm, write_measurements
from radassist.imaging.measuring import Quantity

FILM = MeasuredFilm(
    "ab" * 32,
    (300, 400),
    FilmScale(0.1, 0.2, ScaleBasis.AT_DETECTOR),
    (
        (Mark(MarkKind.LENGTH, (Point(0, 0), Point(30, 40))), (Quantity("length", 8.54, "mm", "at detector"),)),
        (Mark(MarkKind.TEXT, (Point(1, 2),), "=HYPERLINK(1)"), ()),
        (
            Mark(MarkKind.ELLIPSE, (Point(0, 0), Point(0.1, 0.1))),
            (Quantity("mean", float("nan")), Quantity("n", 0)),
        ),
    ),
)


def test_json_holds_points_numbers_and_where_the_millimetres_come_from(tmp_path: Path) -> None:
    write_measurements(FILM, tmp_path / "m.json")
    read = json.loads((tmp_path / "m.json").read_text(encoding="utf-8"))
    assert (read["film_sha256"], read["film_width"], read["film_height"]) == (FILM.sha256, 300, 400)
    assert "Imager Pixel Spacing" in read["origin"] and "not for diagnosis" in read["comment"]
    assert read["marks"][0]["quantities"] == [{"name": "length", "value": 8.54, "unit": "mm", "basis": "at detector"}]
    assert read["marks"][0]["points"] == [[0, 0], [30, 40]]
    assert read["marks"][1]["text"] == "=HYPERLINK(1)"
    assert read["marks"][2]["quantities"][0]["value"] is None


def test_csv_has_a_row_a_number_and_no_formula(tmp_path: Path) -> None:
    write_measurements(FILM, tmp_path / "m.csv")
    with (tmp_path / "m.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == COLUMNS
    assert [(row["mark"], row["kind"], row["quantity"], row["value"]) for row in rows] == [
        ("1", "length", "length", "8.54"),
        ("2", "text", "", ""),
        ("3", "ellipse", "mean", ""),
        ("3", "ellipse", "n", "0"),
    ]
    assert rows[0]["basis"] == "at detector" and rows[0]["points"] == "0.000,0.000 30.000,40.000"
    assert rows[1]["text"].startswith("'=")


def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="folder does not exist"):
        write_measurements(FILM, tmp_path / "gone" / "m.csv")
