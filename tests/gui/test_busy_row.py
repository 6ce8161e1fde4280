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
