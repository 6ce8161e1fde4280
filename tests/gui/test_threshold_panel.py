import pytest
from helpers.truths import LABELS
from PySide6.QtTest import QSignalSpy

from radassist.domain.roc import Tally
from radassist.gui.truth.threshold_panel import ThresholdPanel

OWN = 0.48123456789


@pytest.fixture
def panel(qtbot) -> ThresholdPanel:
    made = ThresholdPanel(LABELS, OWN, 0.25)
    qtbot.addWidget(made)
    return made


def test_the_models_own_threshold_is_not_rounded(panel: ThresholdPanel) -> None:
    assert panel.threshold == OWN and not panel.own_button.isEnabled()
    panel.slider.setValue(700)
    assert panel.threshold == 0.7 and panel.number.value() == 0.7
    panel.own_button.click()
    assert panel.threshold == OWN and panel.slider.value() == 481


def test_number_and_slider_follow_each_other_and_tell_once(panel: ThresholdPanel) -> None:
    changed = QSignalSpy(panel.changed)
    panel.number.setValue(0.25)
    assert panel.slider.value() == 250 and panel.threshold == 0.25 and changed.count() == 1


def test_the_bill_follows_the_prevalence(panel: ThresholdPanel) -> None:
    found = Tally(true_positive=90, false_positive=20, true_negative=80, false_negative=10)
    panel.show_tally(found)
    assert panel.texts()[0].startswith("2.5 (") and panel.texts()[1].startswith("15.0 (")
    changed = QSignalSpy(panel.changed)
    panel.percent.setValue(1.0)
    assert changed.count() == 1 and panel.prevalence == pytest.approx(0.01)
    panel.show_tally(found)
    assert panel.texts()[0].startswith("0.1 (") and panel.texts()[1].startswith("19.8 (")
    assert panel.texts()[2].startswith("90.0") and panel.texts()[3].startswith("80.0")
