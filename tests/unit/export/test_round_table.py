"""A round as CSV."""

import csv

from radassist.domain.reading_round import RoundFilm, RoundSummary
from radassist.export.round_table import write_round


def test_every_film_of_the_round_has_its_row_and_no_cell_is_executed(tmp_path) -> None:
    films = (
        RoundFilm(0, "a.dcm", "NORMAL", "PNEUMONIA", "PNEUMONIA", "PNEUMONIA", 0.75),
        RoundFilm(1, "=cmd.dcm", "NORMAL", "NORMAL", "NORMAL", "PNEUMONIA", 0.1),
    )
    write_round(RoundSummary(films), tmp_path / "round.csv")
    with (tmp_path / "round.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows[0] == {
        "file": "a.dcm",
        "blind_answer": "NORMAL",
        "model_decision": "PNEUMONIA",
        "final_answer": "PNEUMONIA",
        "probability": "0.750000",
        "changed": "yes",
    }
    assert rows[1]["file"] == "'=cmd.dcm" and rows[1]["changed"] == "no"
