"""One long question at a time."""

import threading

import pytest

from radassist.domain.errors import UserError
from radassist.domain.explanation import ExplainStep
from radassist.gui.explain.ask_view import AskView
from radassist.gui.explain.asking import Asking
from radassist.gui.jobs import JobRunner
from radassist.gui.theme import load_theme


class Table:
    """A view, the one who asks, and what was shown."""

    def __init__(self, view: AskView) -> None:
        self.view, self.runner, self.shown = view, JobRunner(), []
        self.asking = Asking(view, self.runner, self.shown.append)
        self.go_on = threading.Event()

    def steps(self, cancel):
        yield ExplainStep(1, 2, "coarse")
        self.go_on.wait(60)
        cancel.raise_if_cancelled()
        yield ExplainStep(2, 2, "final")


@pytest.fixture
def table(qtbot):
    view = AskView(load_theme("dark"), "Is it so?", "")
    qtbot.addWidget(view)
    made = Table(view)
    yield made
    made.go_on.set()
    made.runner.shutdown()


def test_nothing_can_be_asked_before_there_is_a_question(table: Table) -> None:
    assert not table.view.button.isEnabled()


def test_results_are_shown_as_they_come(table: Table, qtbot) -> None:
    table.asking.set_question("film", table.steps)
    table.view.button.click()
    qtbot.waitUntil(lambda: table.shown == ["coarse"])
    assert not table.view.busy.isHidden() and not table.view.button.isEnabled()
    table.go_on.set()
    qtbot.waitUntil(lambda: table.shown == ["coarse", "final"])

    assert table.view.busy.isHidden()


def test_an_answer_about_something_else_is_dropped(table: Table, qtbot) -> None:
    table.asking.set_question("film", table.steps)
    table.view.button.click()
    qtbot.waitUntil(lambda: table.shown == ["coarse"])
    table.asking.set_question("other film", table.steps)
    table.go_on.set()
    table.runner.shutdown()

    assert table.shown == ["coarse"]
    assert table.view.busy.isHidden() and table.view.button.isEnabled()


def test_cancel_lets_it_be_asked_again(table: Table, qtbot) -> None:
    table.asking.set_question("film", table.steps)
    table.view.button.click()
    qtbot.waitUntil(lambda: table.shown == ["coarse"])
    table.view.busy.cancel.click()
    table.go_on.set()

    assert table.view.busy.isHidden() and table.view.button.isEnabled()


def test_a_failure_is_said_and_can_be_asked_again(table: Table, qtbot) -> None:
    def refuse(cancel):
        yield from ()
        raise UserError("There is nothing to test: no map was made.")

    table.asking.set_question("film", refuse)
    table.view.button.click()
    qtbot.waitUntil(lambda: table.view.verdict.sentence.text() == "There is nothing to test: no map was made.")

    assert table.view.button.isEnabled() and table.view.busy.isHidden()
