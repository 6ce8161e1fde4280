"""`radassist watch` over fakes; with the real parts it is run in tests/end_to_end."""

import csv
from dataclasses import replace
from datetime import timedelta

import pytest
from helpers.fakes import FINISHED_AT
from helpers.worklist_items import scored

from radassist.cli import watch as module
from radassist.cli.terminal import WrongUsage
from radassist.domain.cancellation import Cancelled
from radassist.domain.errors import DecodeError
from radassist.domain.study import FilmSource, Instance
from radassist.workflow import watch as workflow


@pytest.fixture
def arrivals(monkeypatch, film):
    """What arrives, in turn; after the last the user presses Ctrl+C."""
    turns: list[list[str]] = []

    def watch(watcher, cancel):
        for names in turns:
            yield [Instance(FilmSource(film.with_name(name))) for name in names]

    monkeypatch.setattr(workflow, "watch", watch)
    return turns


def test_films_are_scored_as_they_arrive(run, film, loader, arrivals):
    loader.outcomes = {"b.dcm": DecodeError("b.dcm is cut short.")}
    arrivals += [["a.dcm"], ["b.dcm"]]

    result = run("watch", film.parent, "--csv", "out.csv")

    assert result.exit_code == 0
    assert "a.dcm: " in result.output and "p(PNEUMONIA)" in result.output
    assert "b.dcm: failed. b.dcm is cut short." in result.output
    with (film.parent / "out.csv").open() as table:
        assert [row["status"] for row in csv.DictReader(table)] == ["scored", "failed"]
    assert loader.closed


def test_a_line_tells_how_long_a_film_waited(monkeypatch):
    item = replace(scored(0, 0.9), arrived_at=FINISHED_AT - timedelta(seconds=2.5))

    assert module.line_of(item).endswith(", 2.5 s after its arrival")
    assert module.line_of(replace(item, arrived_at=FINISHED_AT + timedelta(seconds=1))).endswith(", known before")


def test_what_ended_before_it_was_stopped_is_in_the_table(run, film, loader, arrivals, monkeypatch):
    arrivals += [["a.dcm", "b.dcm"]]
    score = module._scored

    def stopped_after_one(arrived, services, cancel):
        yield next(iter(score(arrived, services, cancel)))
        raise Cancelled

    monkeypatch.setattr(module, "_scored", stopped_after_one)

    assert run("watch", film.parent, "--csv", "out.csv").exit_code == 0
    with (film.parent / "out.csv").open() as table:
        assert len(list(csv.DictReader(table))) == 1


def test_quiet_says_nothing(run, film, arrivals):
    arrivals += [["a.dcm"]]

    assert run("watch", film.parent, "--quiet").output == ""


def test_a_file_is_no_folder(run, film):
    assert isinstance(run("watch", film).exception, WrongUsage)
