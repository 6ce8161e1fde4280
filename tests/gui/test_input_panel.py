import numpy as np
import pytest
from helpers.pictures import grab

from radassist.domain.explanation import NetworkPicture, Subject
from radassist.gui.inside.input_panel import InputPanel

GREY = np.random.default_rng(0).integers(0, 256, (20, 30), dtype=np.uint8)
OUTLINE = ((0.0, 0.0), (0.0, 60.0), (40.0, 60.0), (40.0, 0.0))
SEEN = NetworkPicture(Subject("a", "m", "b"), GREY, (GREY[None] / 127.5 - 1).astype(np.float32), OUTLINE)


@pytest.fixture
def panel(qtbot) -> InputPanel:
    made = InputPanel()
    qtbot.addWidget(made)
    made.resize(128, 400)
    made.show()
    return made


def test_every_pixel_is_shown_as_it_was_put_in(panel: InputPanel) -> None:
    panel.show_picture(SEEN)
    panel.picture.resize(100, 100)
    shown = grab(panel.picture)[:60, 5:95, 0]  # three screen pixels each, in the middle
    np.testing.assert_array_equal(shown, np.kron(GREY, np.ones((3, 3), np.uint8)))
    assert panel.title.text() == "20×30 pixels went into the network"
    assert "−1 to 1" in panel.words.text()


def test_an_input_that_does_not_fit_is_shown_smaller(panel: InputPanel) -> None:
    panel.show_picture(SEEN)
    assert panel.picture.heightForWidth(15) == 10
    assert panel.picture.heightForWidth(95) == 60


def test_without_a_picture_the_panel_says_why(panel: InputPanel) -> None:
    panel.show_picture(SEEN)
    panel.say("It does not say.")
    assert panel.picture.image is None
    assert panel.words.text() == "It does not say."
    assert not panel.title.isVisible()


def test_while_a_picture_is_waited_for_something_moves(panel: InputPanel) -> None:
    panel.show_waiting("Asking what the network got …")
    assert panel.busy.isVisible()
    panel.show_picture(SEEN)
    assert not panel.busy.isVisible()
    panel.show_waiting("Asking what the network got …")
    panel.say("It does not say.")
    assert not panel.busy.isVisible()
