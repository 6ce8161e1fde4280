"""`radassist batch` over fakes; with the real parts it is run in tests/end_to_end."""

import csv
import json
import os

import pytest
from helpers.explanations import FakeExplainer

from radassist import wiring
from radassist.cli.terminal import WrongUsage
from radassist.domain.errors import DecodeError, StoreError

LONG_AGO = 1_700_000_000


@pytest.fixture
def film(film):
    """Unchanged for long, so that its time can be trusted."""
    os.utime(film, (LONG_AGO, LONG_AGO))
    return film


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_folder_of_good_films_ends_well(run, film, loader):
    result = run("batch", film, "--csv", "out.csv")

    assert result.exit_code == 0
    assert "1 found: 1 scored" in result.output
    assert "not for diagnosis" in result.output
    assert [row["status"] for row in rows(film.parent / "out.csv")] == ["scored"]
    assert loader.closed


def test_a_bad_film_is_a_row_and_exit_code_3(run, film, loader):
    loader.outcomes = {"a.dcm": DecodeError("a.dcm is cut short.")}

    result = run("batch", film, "--csv", "out.csv")

    assert result.exit_code == 3
    assert rows(film.parent / "out.csv")[0]["reason"] == "a.dcm is cut short."


def test_json_has_the_same_rows(run, film):
    run("batch", film, "--csv", "out.csv", "--json", "out.json")

    assert len(json.loads((film.parent / "out.json").read_text())) == 1


def test_quiet_says_nothing(run, film):
    assert run("batch", film, "--csv", "out.csv", "--quiet").output == ""


def test_limit_scores_the_first_films_only(run, film):
    other = film.with_name("b.dcm")
    other.touch()

    run("batch", film, other, "--csv", "out.csv", "--limit", "1")

    assert [row["path"] for row in rows(film.parent / "out.csv")] == [str(film)]


def test_an_unwritable_table_is_found_out_before_the_work(run, film, loader):
    result = run("batch", film, "--csv", "missing/out.csv")

    assert isinstance(result.exception, StoreError)
    assert loader.submitted == []


def test_a_film_is_never_replaced_by_the_table(run, film, loader):
    result = run("batch", film, "--csv", film)

    assert isinstance(result.exception, WrongUsage)
    assert film.read_bytes() == b""
    assert loader.closed


def test_an_old_table_among_the_files_is_replaced(run, film):
    (film.parent / "out.json").write_text("[]")

    result = run("batch", film, film.parent / "out.json", "--csv", "out.csv", "--json", "out.json")

    assert result.exit_code == 0
    assert len(rows(film.parent / "out.csv")) == 1


def test_csv_and_json_must_be_two_files(run, film):
    assert isinstance(run("batch", film, "--csv", "out", "--json", "out").exception, WrongUsage)


def test_a_missing_path_is_wrong_usage(run):
    assert isinstance(run("batch", "nowhere", "--csv", "out.csv").exception, WrongUsage)


def test_a_missing_option_is_wrong_usage(run, film):
    assert run("batch", film).exit_code == 2


def test_a_second_run_uses_the_results_of_the_first(run, film, loader):
    run("batch", film, "--csv", "one.csv")

    result = run("batch", film, "--csv", "two.csv")

    assert "1 of them are results of an earlier run" in result.output
    assert loader.submitted == ["a.dcm"]
    assert (film.parent / "one.csv").read_bytes() == (film.parent / "two.csv").read_bytes()


def test_another_threshold_decides_known_films_anew_and_says_who_set_it(run, film, loader):
    run("batch", film, "--csv", "card.csv")

    result = run("batch", film, "--csv", "here.csv", "--threshold-rule", "threshold=0.01")

    assert loader.submitted == ["a.dcm"]
    assert "Threshold 0.01, set here: threshold=0.01." in result.output
    card, here = (
        next(csv.DictReader((film.parent / name).read_text().splitlines())) for name in ("card.csv", "here.csv")
    )
    assert (card["threshold"], card["threshold_set_by"]) == ("0.500000", "card")
    assert (here["threshold"], here["threshold_set_by"]) == ("0.010000", "set here: threshold=0.01")
    assert (card["decision"], here["decision"]) == ("NORMAL", "PNEUMONIA")
    assert card["p_PNEUMONIA"] == here["p_PNEUMONIA"]
    assert run("batch", film, "--csv", "again.csv").exit_code == 0
    assert (film.parent / "again.csv").read_bytes() == (film.parent / "card.csv").read_bytes()


def test_a_rule_that_is_none_is_wrong_usage(run, film):
    result = run("batch", film, "--csv", "out.csv", "--threshold-rule", "accuracy=0.9")

    assert result.exit_code == 2 or isinstance(result.exception, WrongUsage)


def test_restart_scores_again(run, film, loader):
    run("batch", film, "--csv", "out.csv")
    run("batch", film, "--csv", "out.csv", "--restart")

    assert loader.submitted == ["a.dcm", "a.dcm"]


def test_failed_films_are_tried_again_when_asked(run, film, loader):
    loader.outcomes = {"a.dcm": DecodeError("a.dcm is cut short.")}
    assert run("batch", film, "--csv", "out.csv").exit_code == 3
    loader.outcomes = {}

    assert run("batch", film, "--csv", "out.csv", "--resume").exit_code == 3
    assert run("batch", film, "--csv", "out.csv", "--retry-failed").exit_code == 0


def test_lost_results_are_said(run, film, tmp_path):
    store = tmp_path / "home" / "data" / "results.sqlite"
    store.parent.mkdir(parents=True)
    store.write_bytes(b"damaged" * 1000)

    result = run("batch", film, "--csv", "out.csv")

    assert result.exit_code == 0
    assert "damaged" in result.output


def test_results_of_one_precision_are_not_used_for_another(run, film, loader):
    run("batch", film, "--csv", "out.csv")
    run("batch", film, "--csv", "out.csv", "--precision", "bf16")
    run("batch", film, "--csv", "out.csv", "--precision", "bf16")

    assert loader.submitted == ["a.dcm", "a.dcm"]


def test_there_are_no_other_precisions(run, film):
    assert run("batch", film, "--csv", "out.csv", "--precision", "int8").exit_code == 2


@pytest.fixture
def explainer(monkeypatch):
    fake = FakeExplainer()
    monkeypatch.setattr(wiring, "make_explainer", lambda model, predictor: fake)
    return fake


@pytest.mark.usefixtures("explainer")
def test_films_that_were_scored_are_explained_on_request(run, film, loader):
    film.with_name("b.dcm").touch()
    loader.outcomes = {"b.dcm": DecodeError("b.dcm is cut short.")}
    result = run(
        "batch", film, film.with_name("b.dcm"), "--csv", "out.csv", "--explain", "maps", "--explain-methods", "l2"
    )

    assert result.exit_code == 3
    assert sorted(path.name for path in (film.parent / "maps").iterdir()) == ["0001_a"]
    assert (film.parent / "maps" / "0001_a" / "block1_l2.npy").exists()
    assert len(rows(film.parent / "out.csv")) == 2


@pytest.mark.usefixtures("explainer")
def test_a_table_is_written_though_its_films_cannot_be_explained(run, film):
    (film.parent / "maps").touch()
    result = run("batch", film, "--csv", "out.csv", "--explain", "maps")

    assert result.exit_code == 3
    assert "cannot be made" in result.output
    assert len(rows(film.parent / "out.csv")) == 1


def test_a_method_that_is_none_is_wrong_usage_before_anything_is_scored(run, film):
    result = run("batch", film, "--csv", "out.csv", "--explain", "maps", "--explain-methods", "guesswork")

    assert isinstance(result.exception, WrongUsage)
    assert not (film.parent / "out.csv").exists()
