"""Presentation states that lie beside a film are offered in its list of windows; nothing of them is applied unasked."""

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import QObject

from radassist.domain.cancellation import CancelToken
from radassist.domain.errors import UserError
from radassist.domain.presentation import PresentationState
from radassist.domain.radiograph import Radiograph
from radassist.domain.study import FilmSource
from radassist.gui.film.image_view import FilmView
from radassist.gui.film.orientation import Orientation
from radassist.gui.film.window_choices import OfferedView
from radassist.gui.jobs import Lane
from radassist.gui.main_window import MainWindow
from radassist.gui.presenter import Presenter
from radassist.gui.widgets.plain_text import one_line
from radassist.workflow.services import FilmLoader
from radassist.workflow.waiting import result_of

_MODALITY = "PR"
_MOST_STATES = 32
_LONGEST = 60


class PresentationPresenter(QObject):
    """Reads the presentation states of the list that belong to the study of the film on the screen, once each."""

    def __init__(self, window: MainWindow, presenter: Presenter) -> None:
        super().__init__(window)
        self._window, self._presenter = window, presenter
        self._states: dict[FilmSource, PresentationState | UserError | None] = {}
        presenter.films.shown.connect(self._look)

    def offered(self, view: FilmView) -> Iterator[OfferedView]:
        """One entry a state that is meant for the film in `view`, or that cannot be read and may be."""
        film = view.radiograph
        if film is None:
            return
        self._look()  # a file may have told only now what it is
        for source in self._beside(film):
            state = self._states.get(source)
            if state is None:
                yield OfferedView(f"{one_line(source.name, _LONGEST)} is being read …")
            elif isinstance(state, UserError):
                yield OfferedView(one_line(str(state), 2 * _LONGEST))
            elif film.identity.instance_uid in state.films:
                yield _entry(view, film, state, source)

    def _look(self) -> None:
        film, backing = self._window.film.radiograph, self._presenter.backing
        new = [source for source in self._beside(film) if source not in self._states] if film else []
        if backing is None or not new:
            return
        self._states |= dict.fromkeys(new)  # asked for once
        job = self._presenter.runner.start(partial(_read, new, backing.screen.loader), lane=Lane.HEADERS)
        job.stepped.connect(self._on_read)
        job.failed.connect(self._presenter.report)

    def _on_read(self, answer: tuple[FilmSource, PresentationState | UserError]) -> None:
        self._states[answer[0]] = answer[1]

    def _beside(self, film: Radiograph) -> list[FilmSource]:
        """Files of the list that call themselves presentation states of the film's study."""
        study = film.identity.study_uid
        if not study or not film.identity.instance_uid:
            return []
        found = (
            item.source
            for item in self._window.worklist_model.items()
            if item.identity and item.identity.modality == _MODALITY and item.identity.study_uid == study
        )
        return [source for _, source in zip(range(_MOST_STATES), found, strict=False)]


def _read(
    sources: list[FilmSource], loader: FilmLoader, token: CancelToken
) -> Iterator[tuple[FilmSource, PresentationState | UserError]]:
    for source in sources:
        try:
            yield source, result_of(loader.read_presentation(source), token)
        except UserError as error:
            yield source, error


def _entry(view: FilmView, film: Radiograph, state: PresentationState, source: FilmSource) -> OfferedView:
    name = f"Presentation state {one_line(state.label or source.name, _LONGEST)}"
    trouble = state.trouble_with(film)
    return OfferedView(f"{name}: {trouble}") if trouble else OfferedView(name, partial(_apply, view, film, state))


def _apply(view: FilmView, film: Radiograph, state: PresentationState) -> None:
    if view.radiograph is not film:
        return
    turned = Orientation().rotated(state.quarter_turns)
    view.set_orientation(turned.flipped_horizontally() if state.mirrored else turned)
    view.set_inverted(state.inverse != film.inverted)
    view.set_window(state.window_for(film))
