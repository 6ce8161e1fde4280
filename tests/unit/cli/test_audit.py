"""`radassist audit` over a batch of fakes."""

import json

from radassist.domain.errors import UserError


def test_a_batch_and_its_table_are_recorded_and_the_chain_is_whole(run, film, tmp_path):
    run("batch", film, "--csv", "out.csv")

    result = run("audit", "verify")

    lines = (tmp_path / "home" / "data" / "audit.jsonl").read_text().splitlines()
    assert [json.loads(line)["act"] for line in lines] == ["started", "scored", "exported"]
    assert result.exit_code == 0
    assert result.output.startswith("3 lines, and the chain is whole")


def test_a_changed_record_is_told(run, film, tmp_path):
    run("batch", film, "--csv", "out.csv")
    audit = tmp_path / "home" / "data" / "audit.jsonl"
    audit.write_text(audit.read_text().replace("scored", "failed"))

    result = run("audit", "verify")

    assert result.exit_code == 3
    assert "Line 2 was changed." in result.output


def test_where_nothing_was_recorded_it_says_so(run):
    assert isinstance(run("audit", "verify").exception, UserError)


def test_the_last_lines_name_account_model_and_threshold(run, film, tmp_path):
    run("batch", film, "--csv", "out.csv")

    entries = list(map(json.loads, (tmp_path / "home" / "data" / "audit.jsonl").read_text().splitlines()))
    told = run("audit", "show", "--last", 2).output
    assert "started" not in told
    (scored,) = (line.split() for line in told.splitlines() if "scored" in line)
    assert scored[2] == entries[1]["user"]
    assert scored[4:7] == [entries[1]["film"], entries[1]["model"], str(entries[1]["threshold"])]


def test_there_is_nothing_to_show_where_nothing_was_recorded(run):
    assert isinstance(run("audit", "show").exception, UserError)


def test_more_lines_than_anybody_reads_are_wrong_usage(run, film):
    run("batch", film, "--csv", "out.csv")
    assert run("audit", "show", "--last", 10**20).exit_code == 2
