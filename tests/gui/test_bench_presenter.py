"""The bench in the window: over the film on the screen, the newest wish shown, closed at any moment."""

from pathlib import Path

import pytest
from helpers.windows import Desk, desk

from radassist.gui.inside.bench_dialog import BenchDialog


@pytest.fixture
def at(qtbot, tmp_path: Path):
    with desk(tmp_path) as made:
        qtbot.addWidget(made.window)
        made.presenter.use(made.backing())
        made.open("a.dcm")
        qtbot.waitUntil(lambda: len(made.items()) == 1 and made.is_settled())
        yield made


def opened(at: Desk) -> BenchDialog:
    at.window.actions_by_id["bench"].trigger()
    return at.window.findChild(BenchDialog)


def test_the_sobel_kernel_slides_over_the_film(at: Desk, qtbot) -> None:
    bench = opened(at)
    qtbot.waitUntil(lambda: bench.picture.image is not None)
    assert "94×62 values, from" in bench.result_words.text()
    bench.close()


def test_on_the_ramp_it_gives_8_as_networks_slide_it_and_minus_8_flipped(at: Desk, qtbot) -> None:
    bench = opened(at)
    bench.subject.button(1).click()
    qtbot.waitUntil(lambda: "\n8   8   8" in bench.result_words.text())
    bench.sliding.button(1).click()
    qtbot.waitUntil(lambda: "\n−8   −8   −8" in bench.result_words.text())
    bench.close()


def test_a_bench_that_is_closed_at_work_is_gone(at: Desk, qtbot) -> None:
    bench = opened(at)
    for padding in range(1, 9):
        bench.padding.setValue(padding)
    bench.close()
    qtbot.waitUntil(lambda: at.window.findChild(BenchDialog) is None)
