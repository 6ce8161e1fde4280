import numpy as np
import pytest

from radassist.explain.convolution import Sliding
from radassist.gui.inside.bench_dialog import BenchDialog, BenchWish


@pytest.fixture
def dialog(qtbot) -> BenchDialog:
    made = BenchDialog((100, 80))
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def wishes(dialog: BenchDialog) -> list[BenchWish]:
    kept: list[BenchWish] = []
    dialog.wished.connect(kept.append)
    return kept


def test_it_begins_with_the_vertical_sobel_kernel_as_networks_slide_it(dialog, wishes) -> None:
    dialog.ask()
    assert wishes[0].kernel.tolist() == [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]
    assert (wishes[0].sliding, wishes[0].on_ramp) == (Sliding.DOT_PRODUCT, False)
    assert "height: (100 + 2 x 0 - 3) / 1 + 1, rounded down, is 98" in dialog.size_words.text()


def test_every_turn_asks_anew(dialog, wishes) -> None:
    dialog.stride.setValue(2)
    dialog.padding.setValue(1)
    dialog.sliding.button(1).click()
    dialog.subject.button(1).click()
    dialog.numbers.setPlainText("1/9 1/9\n1/9 1/9")
    last = wishes[-1]
    assert len(wishes) == 5
    assert (last.layout.stride, last.layout.padding, last.layout.kernel_size) == (2, 1, (2, 2))
    assert (last.sliding, last.on_ramp) == (Sliding.CONVOLUTION, True)
    assert dialog.kernels.currentText() == "Typed below"


def test_numbers_that_are_no_kernel_are_said(dialog, wishes) -> None:
    dialog.numbers.setPlainText("1 2\n3")
    assert wishes == []
    assert "same count of numbers" in dialog.result_words.text()


def test_a_chosen_kernel_fills_in_its_numbers(dialog, wishes) -> None:
    dialog.set_learned([np.full((2, 2), 0.25, np.float32)])
    dialog.set_learned([np.full((2, 2), 0.5, np.float32)])
    last = dialog.kernels.count() - 1
    dialog.kernels.setCurrentIndex(last)
    dialog.kernels.activated.emit(last)
    assert dialog.kernels.currentText() == "First layer, channel 0"
    assert wishes[-1].kernel.tolist() == [[0.5, 0.5], [0.5, 0.5]]


def test_a_small_result_is_told_in_numbers(dialog) -> None:
    dialog.show_result(np.full((3, 3), -8, np.float32))
    assert "−8   −8   −8" in dialog.result_words.text()
    assert dialog.picture.image is not None
    dialog.say("No.")
    assert dialog.picture.image is None
