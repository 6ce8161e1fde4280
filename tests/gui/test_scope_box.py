"""For which films something is done."""

import pytest

from radassist.gui.widgets.scope_box import Scope, ScopeBox


def _box(qtbot, on_screen: int, listed: int, chosen: Scope) -> ScopeBox:
    films = {Scope.FILM: on_screen, Scope.SELECTED: min(listed, 3), Scope.LISTED: listed}
    box = ScopeBox(films, chosen, listed="Every film the &list shows")
    qtbot.addWidget(box)
    return box


@pytest.mark.parametrize("chosen", Scope)
def test_it_begins_with_what_was_chosen_last(qtbot, chosen: Scope) -> None:
    box = _box(qtbot, 1, 24, chosen)
    assert box.scope is chosen


def test_a_scope_without_films_cannot_be_chosen_and_the_other_is(qtbot) -> None:
    box = _box(qtbot, 0, 24, Scope.FILM)
    assert box.scope is Scope.SELECTED
    assert not box.buttons[Scope.FILM].isEnabled()
    box = ScopeBox({Scope.LISTED: 2}, Scope.SELECTED, listed="Every film")
    qtbot.addWidget(box)
    assert box.scope is Scope.LISTED


def test_the_list_tells_how_many_films_it_shows(qtbot) -> None:
    box = _box(qtbot, 1, 24, Scope.FILM)
    assert box.buttons[Scope.LISTED].text() == "Every film the &list shows (24)"
    assert box.buttons[Scope.SELECTED].text() == "The films s&elected in the list (3)"
