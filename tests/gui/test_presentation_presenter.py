"""Presentation states beside a film stand in its list of windows, by name or with the reason why not."""

from dataclasses import replace
from pathlib import Path

import pytest
from helpers.fakes import FakeLoader
from helpers.pictures import film_of, smooth_film
from helpers.windows import Desk, desk
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from radassist.domain.errors import UnsupportedImage
from radassist.domain.presentation import PresentationState, StateWindow
from radassist.domain.radiograph import Window
from radassist.domain.study import Identity
from radassist.gui.film.orientation import Orientation
from radassist.gui.film.window_presenter import WindowPresenter

STUDY = Identity(study_uid="1.2", instance_uid="1.2.1", modality="DX")
FILM = film_of(smooth_film().pixels, identity=STUDY)
NEGATIVE = replace(FILM, inverted=True)
WINDOW = Window(30_000, 5_000, name="Bones")
STATE = PresentationState("Bones, turned", ("1.2.1",), (StateWindow(WINDOW),), 1, mirrored=True, inverse=True)
OTHERS = replace(STATE, label="Another film", films=("9.9",))


@pytest.fixture
def at(qtbot, tmp_path: Path):
    refused = UnsupportedImage("It only says how another picture is to be shown.")
    names = ("state.dcm", "others.dcm", "broken.dcm", "elsewhere.dcm")
    loader = FakeLoader(
        outcomes={"film.dcm": FILM, **dict.fromkeys(names, refused)},
        identities={
            "film.dcm": STUDY,
            **{name: Identity(study_uid="1.2", modality="PR") for name in names[:3]},
            "elsewhere.dcm": Identity(study_uid="7.7", modality="PR"),
        },
        states={"state.dcm": STATE, "others.dcm": OTHERS, "elsewhere.dcm": STATE},
    )
    with desk(tmp_path, loader) as made:
        qtbot.addWidget(made.window)
        made.window.show()
        made.presenter.use(made.backing())
        made.open("film.dcm", *names)
        qtbot.waitUntil(lambda: len(made.items()) == 5 and made.is_settled())
        qtbot.waitUntil(lambda: all(item.identity for item in made.items()))
        made.window.worklist.select(0)
        qtbot.waitUntil(lambda: made.presenter.films.number == 0 and made.is_settled())
        yield made


def entries(at: Desk, qtbot) -> list[QAction]:
    """Those of the list that come from beside the film, once all are read."""

    def found() -> list[QAction]:
        menu: QMenu = at.window.findChild(WindowPresenter)._menu
        menu.aboutToShow.emit()
        texts = ("Presentation state", "broken", "being read")
        return [action for action in menu.actions() if any(text in action.text() for text in texts)]

    qtbot.waitUntil(lambda: not any("being read" in action.text() for action in found()))
    return found()


def test_a_state_of_the_film_is_offered_by_name_and_a_broken_one_with_its_reason(at: Desk, qtbot) -> None:
    assert [(action.text(), action.isEnabled()) for action in entries(at, qtbot)] == [
        ("Presentation state Bones, turned", True),
        ("broken.dcm names no film it is meant for.", False),
    ]


def test_nothing_is_applied_before_it_is_chosen_and_then_all_of_it(at: Desk, qtbot) -> None:
    view = at.window.film
    assert view.shown_window is FILM.windows[0] and view.orientation == Orientation() and not view.is_inverted
    entries(at, qtbot)[0].trigger()
    assert view.shown_window == WINDOW and view.is_inverted
    assert view.orientation == Orientation().rotated(1).flipped_horizontally()
    assert "INVERTED" in view.warnings and len(view.warnings) > 1
    view.reset()
    assert view.shown_window is FILM.windows[0] and not view.is_inverted


def test_a_film_that_is_a_negative_itself_is_not_inverted_twice(at: Desk, qtbot) -> None:
    at.window.film.set_radiograph(NEGATIVE)
    entries(at, qtbot)[0].trigger()
    assert not at.window.film.is_inverted


def test_a_state_made_for_other_values_is_told_and_cannot_be_chosen(at: Desk, qtbot) -> None:
    at.loader.states = {"state.dcm": replace(STATE, rescale=(2.0, 0.0))}
    at.presenter.close_all()
    at.window.findChild(WindowPresenter).offers[0].__self__._states.clear()
    at.open("film.dcm", "state.dcm")
    qtbot.waitUntil(lambda: len(at.items()) == 2 and at.is_settled() and at.window.film.radiograph is not None)
    qtbot.waitUntil(lambda: all(item.identity for item in at.items()))
    (entry,) = entries(at, qtbot)
    assert entry.text().endswith("made for other values than the film's") and not entry.isEnabled()
