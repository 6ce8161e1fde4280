"""The panel of evidence."""

import numpy as np
import pytest
from helpers.fakes import BLOCKS, FACTS
from PySide6.QtWidgets import QFrame, QLabel

from radassist.domain.explanation import SaliencyMap, SaliencyMethod, SaliencyWish, Subject
from radassist.gui.explain.why_panel import WhyPanel
from radassist.gui.theme import load_theme

METHODS = (SaliencyMethod.CAM, SaliencyMethod.GRAD_CAM)


@pytest.fixture
def panel(qtbot) -> WhyPanel:
    made = WhyPanel(load_theme("dark"))
    qtbot.addWidget(made)
    made.set_choices(METHODS, BLOCKS, FACTS.labels, SaliencyWish(SaliencyMethod.GRAD_CAM, "PNEUMONIA"))
    made.show()
    return made


def _map(values) -> SaliencyMap:
    subject = Subject("aa", "fake", "bb")
    return SaliencyMap(
        subject, SaliencyMethod.GRAD_CAM, "PNEUMONIA", BLOCKS[1], np.array(values, np.float32), (12.0, 8.0)
    )


def test_the_deepest_block_is_meant_where_none_is_named(panel: WhyPanel) -> None:
    assert panel.wish == SaliencyWish(SaliencyMethod.GRAD_CAM, "PNEUMONIA", "block2")


def test_a_method_that_takes_no_block_offers_none(panel: WhyPanel, qtbot) -> None:
    panel.method.setCurrentIndex(0)
    with qtbot.waitSignal(panel.wish_changed) as told:
        panel.method.activated.emit(0)

    assert told.args == [SaliencyWish(SaliencyMethod.CAM, "PNEUMONIA")]
    assert not panel.block.isEnabled()


def test_only_what_speaks_for_the_label_is_coloured(panel: WhyPanel, qtbot) -> None:
    with qtbot.waitSignal(panel.overlay_changed) as told:
        panel.show_map(_map([[-4.0, 0.0], [1.0, 2.0]]))

    overlay = told.args[0]
    assert overlay.cell_size == (12.0, 8.0)
    assert np.array_equal(overlay.rgba[0, 0], overlay.rgba[0, 1])
    assert panel.color_bar.values is not None and panel.color_bar.values[0].startswith("0.0")
    assert "evidence for PNEUMONIA" in panel.words.text()


def test_a_map_without_evidence_says_so_and_colours_nothing(panel: WhyPanel, qtbot) -> None:
    panel.show_map(_map([[1.0]]))
    with qtbot.waitSignal(panel.overlay_changed) as told:
        panel.show_map(_map([[-1.0, 0.0]]))

    assert told.args == [None]
    assert panel.words.text().startswith("No positive evidence for PNEUMONIA")
    assert not panel.color_bar.isVisible()


def test_while_a_map_is_waited_for_something_moves(panel: WhyPanel) -> None:
    panel.show_waiting("Asking what the model can tell …")
    assert panel.busy.isVisible() and "Asking" in panel.words.text()
    panel.show_nothing("It cannot be told.")
    assert not panel.busy.isVisible()


def test_progress_stands_there_until_the_end(panel: WhyPanel) -> None:
    panel.show_progress(1, 3)
    assert panel.busy.isVisible() and panel.busy.cancel.isVisible()
    panel.show_progress(3, 3)
    assert not panel.busy.isVisible()


def test_the_line_above_a_part_comes_and_goes_with_it(panel: WhyPanel) -> None:
    part = QLabel("more")
    part.hide()
    panel.add_part(part)
    (line,) = [frame for frame in panel.findChildren(QFrame) if frame.property("role") == "rule"]
    assert line.isHidden()
    part.show()
    assert not line.isHidden()
    part.hide()
    assert line.isHidden()
