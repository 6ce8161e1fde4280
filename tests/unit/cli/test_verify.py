"""`radassist verify` over fakes."""

from helpers.fakes import make_film

from radassist.domain.errors import UserError


def test_a_fresh_table_is_proved(run, film):
    run("batch", film, "--csv", "out.csv")

    result = run("verify", "out.csv")

    assert result.exit_code == 0
    assert result.output == "1 rows: 1 proved, 1 of them to the last digit.\n"


def test_a_row_that_is_not_proved_is_named_and_exit_code_3(run, film, loader):
    run("batch", film, "--csv", "out.csv")
    loader.outcomes = {"a.dcm": make_film("another film")}

    result = run("verify", "out.csv")

    assert result.exit_code == 3
    assert "Row 1" in result.output
    assert "the file has changed" in result.output
    assert loader.closed


def test_a_table_decided_at_a_threshold_of_the_place_is_proved_at_it(run, film):
    run("batch", film, "--csv", "out.csv", "--threshold-rule", "sensitivity=0.75")
    assert "set here: sensitivity=0.75" in (film.parent / "out.csv").read_text()

    assert run("verify", "out.csv").exit_code == 0


def test_a_threshold_that_its_rule_does_not_give_is_not_proved(run, film):
    run("batch", film, "--csv", "out.csv", "--threshold-rule", "threshold=0.75")
    table = film.parent / "out.csv"
    table.write_text(table.read_text().replace("set here: threshold=0.75", "card"))

    result = run("verify", "out.csv")

    assert result.exit_code == 3
    assert "the threshold is another" in result.output


def test_films_without_a_score_are_checked_too(run, film, loader):
    from radassist.domain.errors import DecodeError

    loader.outcomes = {"a.dcm": DecodeError("a.dcm is cut short.")}
    run("batch", film, "--csv", "out.csv")

    assert run("verify", "out.csv", "--quiet").exit_code == 0


def test_an_empty_table_is_said(run, film):
    run("batch", film, "--csv", "out.csv")
    table = film.parent / "out.csv"
    table.write_text(table.read_text().splitlines()[0] + "\n")

    assert isinstance(run("verify", "out.csv").exception, UserError)
