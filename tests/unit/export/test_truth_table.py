import csv
from dataclasses import replace

from helpers.truths import MIXED, audit_of

from radassist.export.truth_table import COLUMNS, write_truth


def _written(target) -> list[dict[str, str]]:
    with target.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_each_call_can_be_made_again_from_its_row(tmp_path) -> None:
    audit, target = audit_of(*MIXED), tmp_path / "truth.csv"
    write_truth(audit, audit.threshold, target)
    rows = _written(target)
    assert tuple(rows[0]) == COLUMNS and len(rows) == len(MIXED)
    for row, (_, is_positive) in zip(rows, MIXED, strict=True):
        called = "PNEUMONIA" if float(row["probability"]) >= float(row["threshold"]) else "NORMAL"
        assert row["called"] == called and row["truth"] == ("PNEUMONIA" if is_positive else "NORMAL")
        assert row["disagrees"] == ("yes" if called != row["truth"] else "no")
    assert float(rows[0]["threshold"]) == audit.threshold


def test_a_path_that_a_spreadsheet_would_execute_is_made_inert(tmp_path) -> None:
    audit = audit_of((0.9, True))
    write_truth(replace(audit, films=(replace(audit.films[0], path="=1+1.png"),)), 0.5, tmp_path / "truth.csv")
    assert _written(tmp_path / "truth.csv")[0]["path"] == "'=1+1.png"
