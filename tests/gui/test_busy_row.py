"""How far something is."""

import pytest

from radassist.gui.explain.busy_row import BusyRow


@pytest.mark.parametrize(("done", "is_shown"), [(0, True), (2, True), (3, False)])
def test_the_row_goes_with_the_last_step(qtbot, done: int, is_shown: bool) -> None:
    row = BusyRow("How far it is")
    qtbot.addWidget(row)
    row.show_progress(done, 3)

    assert row.isHidden() != is_shown
    assert (row.progress.value(), row.progress.maximum()) == (done, 3)


def test_while_nobody_knows_how_long_it_takes_there_is_a_sign_and_nothing_to_give_up(qtbot) -> None:
    row = BusyRow("How far it is")
    qtbot.addWidget(row)
    row.show_waiting()
    assert (row.isVisible(), row.cancel.isVisible(), row.progress.maximum()) == (True, False, 0)
    row.show_progress(1, 3)
    assert row.cancel.isVisible()
