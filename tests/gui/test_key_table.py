"""No key does two things, whatever was chosen, remembered or damaged."""

import pytest

from radassist.gui.actions.action_table import ACTIONS
from radassist.gui.keys.key_table import KeyTable


@pytest.fixture
def keys(qapp) -> KeyTable:
    return KeyTable(ACTIONS)


def test_a_chosen_key_takes_the_place_of_the_acts_own(keys: KeyTable) -> None:
    keys.choose("fit", ("Ctrl+Alt+F",))
    assert keys.keys_of("fit") == ("Ctrl+Alt+F",)
    assert keys.owner_of("F") is None and keys.owner_of("ctrl+alt+f").id == "fit"


def test_a_key_that_does_something_else_is_refused_by_the_name_of_what_it_does(keys: KeyTable) -> None:
    assert "'Export CSV'" in keys.clash("fit", "Ctrl+E")
    with pytest.raises(ValueError, match="Export CSV"):
        keys.choose("fit", ("Ctrl+E",))
    assert keys.clash("export_csv", "Ctrl+E") == ""


def test_own_keys_come_back_one_by_one_unless_another_act_has_them_now_or_all_at_once(keys: KeyTable) -> None:
    keys.choose("fit", ())
    keys.choose("invert", ("F",))
    assert "'Invert'" in keys.reset("fit") and keys.keys_of("fit") == ()
    assert keys.reset("invert") == "" and keys.reset("fit") == ""
    assert keys.chosen == {}
    keys.choose("fit", ())
    keys.reset_all()
    assert keys.keys_of("fit") == ("F", "=")


def test_what_was_chosen_is_remembered(keys: KeyTable) -> None:
    keys.choose("fit", ("Ctrl+Alt+F",))
    keys.choose("about", ("F12",))
    again = KeyTable(ACTIONS)
    again.restore(keys.to_text())
    assert again.chosen == keys.chosen != {}


def test_two_acts_that_changed_keys_with_each_other_keep_them(keys: KeyTable) -> None:
    keys.choose("fit", ())
    keys.choose("invert", ("F",))
    keys.choose("fit", ("I",))
    again = KeyTable(ACTIONS)
    again.restore(keys.to_text())
    assert again.keys_of("fit") == ("I",) and again.keys_of("invert") == ("F",)


DAMAGED = ["", "{", "[]", '{"gone": ["X"]}', '{"fit": 3}', '{"fit": [3]}', '{"fit": ["Ctrl+E"]}']


@pytest.mark.parametrize("text", DAMAGED)
def test_what_is_damaged_unknown_or_clashes_is_left_out(keys: KeyTable, text: str) -> None:
    keys.restore(text)
    assert keys.chosen == {}
