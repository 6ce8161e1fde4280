"""The table of acts: complete, unambiguous, and enabled exactly when it makes sense."""

from collections import Counter

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from radassist.gui.actions.action_table import ACTIONS, Actions
from radassist.gui.actions.spec import Need
from radassist.gui.theme import load_theme


def test_no_two_acts_share_an_id_or_a_shortcut() -> None:
    assert max(Counter(spec.id for spec in ACTIONS).values()) == 1
    keys = Counter(QKeySequence(text).toString() for spec in ACTIONS for text in spec.shortcuts)
    assert [key for key, count in keys.items() if count > 1] == []


def test_every_shortcut_is_one_qt_understands() -> None:
    assert all(not QKeySequence(text).isEmpty() for spec in ACTIONS for text in spec.shortcuts)


def test_every_act_says_what_it_does() -> None:
    assert all(spec.tip.endswith(".") and spec.text for spec in ACTIONS)


def test_every_icon_named_in_the_table_is_there(qtbot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    actions = Actions(load_theme("dark"), parent)
    missing = [spec.id for spec in ACTIONS if spec.icon and actions[spec.id].icon().pixmap(20, 20).isNull()]
    assert missing == []


def test_acts_are_enabled_only_when_their_need_is_met(qtbot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    actions = Actions(load_theme("dark"), parent)
    actions.set_met({Need.FILM: True})
    assert actions["open_files"].isEnabled() and actions["fit"].isEnabled()
    assert not actions["export_csv"].isEnabled() and not actions["toggle_overlay"].isEnabled()


def test_a_need_stays_met_until_somebody_says_otherwise(qtbot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    actions = Actions(load_theme("dark"), parent)
    actions.set_met({Need.FILM: True})
    actions.set_met({Need.MAPS: True})
    assert actions["fit"].isEnabled() and actions["toggle_overlay"].isEnabled()
    actions.set_met({Need.FILM: False})
    assert not actions["fit"].isEnabled() and actions["toggle_overlay"].isEnabled()


def test_an_act_without_a_deed_is_known(qtbot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    actions, done = Actions(load_theme("dark"), parent), []
    actions.connect({"quit": lambda: done.append("quit")})
    actions["quit"].trigger()
    assert done == ["quit"]
    assert actions.unconnected == {spec.id for spec in ACTIONS} - {"quit"}
