"""Which window of a presentation state is for a film, and when it cannot be used."""

from dataclasses import replace

import pytest
from helpers.fakes import make_film

from radassist.domain.presentation import PresentationState, StateWindow
from radassist.domain.radiograph import ModalityTransform, Window
from radassist.domain.study import Identity

FILM = replace(make_film(), identity=Identity(instance_uid="1.1"))
FOR_ALL, FOR_OTHERS, FOR_IT = Window(1, 2), Window(3, 4), Window(5, 6)


@pytest.mark.parametrize(
    ("windows", "shown"),
    [
        ((), FILM.windows[0]),
        ((StateWindow(FOR_ALL),), FOR_ALL),
        ((StateWindow(FOR_OTHERS, ("9.9",)), StateWindow(FOR_IT, ("1.1",))), FOR_IT),
        ((StateWindow(FOR_OTHERS, ("9.9",)),), FILM.windows[0]),
    ],
)
def test_a_film_gets_the_first_window_that_is_meant_for_it(windows, shown: Window) -> None:
    assert PresentationState("", ("1.1",), windows).window_for(FILM) is shown


def test_a_window_of_other_values_is_trouble_and_a_turn_alone_is_not() -> None:
    state = PresentationState("", ("1.1",), (StateWindow(FOR_ALL),), rescale=(2.0, -1024.0))
    assert "other values" in state.trouble_with(FILM)
    assert state.trouble_with(replace(FILM, modality=ModalityTransform(2.0, -1024.0))) == ""
    assert replace(state, windows=()).trouble_with(FILM) == ""
    assert replace(state, rescale=None).trouble_with(FILM) == ""
