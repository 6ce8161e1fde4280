"""Shows one film and its answer, and keeps the neighbours ready. A late answer never reaches another film's screen."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from radassist.domain.analysis import Analysis
from radassist.domain.errors import ModelUnavailable
from radassist.domain.radiograph import Radiograph
from radassist.domain.worklist import ItemState, WorklistItem
from radassist.gui.film.film_cache import CachedFilm, FilmCache
from radassist.gui.film.film_levels import FilmLevels, make_levels
from radassist.gui.findings.findings_panel import NO_FILM_LINE
from radassist.gui.jobs import Job, JobRunner, Lane
from radassist.gui.main_window import MainWindow
from radassist.imaging.thumbnail import thumbnail
from radassist.workflow.analyse import FilmLoaded, FilmRefused, FilmScored, analyse_film
from radassist.workflow.outcome import conclude
from radassist.workflow.services import Services

_HIDDEN = "What the model says of this film is kept from you until you have answered."
_HIDDEN_MAPS = "The block maps of this film are kept from you until you have answered."


@dataclass(frozen=True, slots=True, eq=False)
class FilmReady:
    """The film can be shown; the score is still to come."""

    radiograph: Radiograph
    levels: FilmLevels


FilmEvent = FilmReady | FilmScored | FilmRefused


class FilmPresenter(QObject):
    """Owns which film is on the screen.

    Events carry the number of their film: one of another film than that on the screen only fills the cache. Every
    selection gets the next request number, so that only the newest one reads the neighbours ahead.

    Signals:
        item_changed(object): A new WorklistItem, after a film was scored or refused on the screen.
        thumbnail_made(int, object): Worklist number and (h, w) uint8 grey.
        shown(): Film, maps or neither stand on the screen now; what can be done may have changed.
        learned(int): More is known of the film of this number, or why nothing is.
        forgotten(): Nothing is known of any film any more.
        answer_shown(object): This Analysis stands before the reader, of whichever film on the screen.
    """

    item_changed = Signal(object)
    thumbnail_made = Signal(int, object)
    shown = Signal()
    learned = Signal(int)
    forgotten = Signal()
    answer_shown = Signal(object)

    def __init__(self, window: MainWindow, runner: JobRunner, cache: FilmCache | None = None) -> None:
        super().__init__(window)
        self._window, self._runner = window, runner
        self._cache = cache or FilmCache()
        self._services: Services | None = None
        self._request = 0
        self._generation = 0
        self._number: int | None = None
        self._job: Job | None = None
        self._ahead: list[Job] = []

    @property
    def number(self) -> int | None:
        """Worklist number of the film on the screen, None when there is none."""
        return self._number

    @property
    def current(self) -> CachedFilm | None:
        """The film on the screen as far as the reader may know it; None while it is being read.

        While its score is kept from the reader it has neither answer nor maps.
        """
        return self.known(self._number) if self._number is not None else None

    @property
    def analysis(self) -> Analysis | None:
        """What the findings show: this film's answer, or the one kept of this very file; None while there is none."""
        film = self.current
        if film is None or self._number is None or film.analysis or film.problem or self._hides_score:
            return film.analysis if film else None
        item = self._window.worklist_model.item(self._number)
        return item.analysis if item.film_sha256 == film.radiograph.facts.sha256 else None

    @property
    def is_complete(self) -> bool:
        """Whether nothing more will be learned of the film on the screen, shown to the reader or not."""
        film = self._cache.get(self._number) if self._number is not None else None
        return film is not None and film.is_complete

    def show_again(self) -> None:
        """Bring the screen up to date after what the reader may see has changed."""
        if self._number is not None and self._number in self._cache:
            self._refresh(self._number, "")

    def known(self, number: int) -> CachedFilm | None:
        """Film `number` as far as the reader may know it; while its score is kept from the reader, the pixels alone."""
        film = self._cache.get(number)
        is_hidden = film is not None and self._window.worklist_model.reading(number).hides_score
        return replace(film, analysis=None) if film and is_hidden else film

    def fetch(self, number: int) -> Job | None:
        """Read and score film `number` for another view, which hears of it by `learned`.

        Returns:
            None where nothing more can be learned now.
        """
        film = self._cache.get(number)
        if self._services is None or (film is not None and film.is_complete):
            return None
        return self._analyse(self._window.worklist_model.item(number), self._services, 0)

    def use(self, services: Services) -> None:
        """Read and score through `services` from now on; a film already asked for is shown."""
        self._services = services
        if self._number is not None:
            self.show(self._number)

    def show(self, number: int) -> None:
        """Put worklist item `number` on the screen: from the cache at once, else pixels first and then the answer."""
        self._request += 1
        self._number = number
        self._cancel_jobs()
        item = self._window.worklist_model.item(number)
        self._window.set_title(item.source.name)
        known = self._cache.get(number)
        if known:
            self._display(item, known)
        else:
            self._display_waiting(item)
        if known and known.is_complete:
            self._look_ahead()
        elif self._services:
            self._job = self._analyse(item, self._services, self._request)
        self.shown.emit()

    def forget_answers(self) -> None:
        """Another model answers from now on: score the film on the screen again; its picture stays meanwhile."""
        film = self._cache.get(self._number) if self._number is not None else None
        self._generation += 1
        self._cache.clear()
        if self._number is not None:
            if film:
                self._cache.put(self._number, CachedFilm(film.radiograph, levels=film.levels))
            self.show(self._number)
        self.forgotten.emit()

    def close_film(self) -> None:
        """Empty the screen and forget every film."""
        self._request += 1
        self._number = None
        self._cancel_jobs()
        self._cache.clear()
        self._window.set_title("")
        self._window.film.clear()
        self._window.findings.show_empty(NO_FILM_LINE)
        self._window.blocks.set_analysis(None)
        self.shown.emit()
        self.forgotten.emit()

    def _analyse(self, item: WorklistItem, services: Services, request: int) -> Job:
        job = self._runner.start(
            lambda token: _made_ready(analyse_film(item.source, services, with_blocks=True, cancel=token)),
            lane=Lane.FILM,
        )
        generation = self._generation

        def of_this_model(act: Callable[[int, int, Any], None]) -> Callable[[object], None]:
            return lambda event: act(request, item.number, event) if generation == self._generation else None

        job.stepped.connect(of_this_model(self._on_event))
        job.failed.connect(of_this_model(self._on_failed))
        return job

    def _on_event(self, request: int, number: int, event: FilmEvent) -> None:
        if number not in self._window.worklist_model:
            return  # the worklist was emptied meanwhile
        film = _known_after(event, self._cache.get(number))
        if film:
            self._cache.put(number, film)
        if isinstance(event, FilmReady):
            self.thumbnail_made.emit(number, thumbnail(event.radiograph))
        else:
            self._conclude(number, event.analysis if isinstance(event, FilmScored) else event.problem)
        if number == self._number:  # read ahead or asked for: it is this film's own event
            self._refresh(number, str(event.problem) if isinstance(event, FilmRefused) else "")
        self.learned.emit(number)
        if request == self._request and not isinstance(event, FilmReady):
            self._look_ahead()

    def _on_failed(self, request: int, number: int, error: BaseException) -> None:
        if number not in self._window.worklist_model:
            return
        if not isinstance(error, ModelUnavailable):
            self._conclude(number, error)
            self._keep_problem(number)
            if request == self._request:
                self._refresh(number, self._window.worklist_model.item(number).reason)
        elif request == self._request:
            self._window.findings.show_problem("No model", str(error), ())
        self.learned.emit(number)

    def _conclude(self, number: int, answer: Analysis | BaseException) -> None:
        """Put the answer on the worklist, unless the queue has the film in hand or this very file's answer is there."""
        item, film = self._window.worklist_model.item(number), self._cache.get(number)
        is_new_file = film is not None and item.film_sha256 != film.radiograph.facts.sha256
        if item.state is ItemState.RUNNING or (item.state is ItemState.SCORED and not is_new_file):
            return
        self.item_changed.emit(conclude(item.started(), answer, film.radiograph if film else None))

    def _keep_problem(self, number: int) -> None:
        """A film that could be read but not scored keeps the reason, so that nobody waits for an answer."""
        film, reason = self._cache.get(number), self._window.worklist_model.item(number).reason
        if film:
            problem = reason or "The film could not be scored."
            self._cache.put(number, CachedFilm(film.radiograph, problem=problem, levels=film.levels))

    def _refresh(self, number: int, problem: str) -> None:
        item, film = self._window.worklist_model.item(number), self._cache.get(number)
        if film:
            self._display(item, film)
        else:
            self._window.film.clear(problem)
            self._show_problem(item, problem)
        self.shown.emit()

    def _display_waiting(self, item: WorklistItem) -> None:
        self._window.film.clear(f"Reading {item.source.name} …")
        self._window.blocks.set_analysis(None)
        self._window.findings.show_busy("Reading the film …")

    def _display(self, item: WorklistItem, film: CachedFilm) -> None:
        if self._window.film.radiograph is not film.radiograph:
            self._window.film.set_radiograph(film.radiograph, film.levels)
        if film.problem:
            self._show_problem(item, film.problem)
        elif self._hides_score:
            self._window.findings.show_empty(_HIDDEN, title="Your answer first")
            self._window.blocks.set_analysis(None, _HIDDEN_MAPS)
        else:
            self._show_answer(film)

    def _show_answer(self, film: CachedFilm) -> None:
        analysis = self.analysis
        if analysis:
            self._window.findings.show_analysis(analysis)
            self.answer_shown.emit(analysis)
        else:
            self._window.findings.show_busy("Scoring …")
        self._window.blocks.set_analysis(film.analysis)

    @property
    def _hides_score(self) -> bool:
        return self._number is not None and self._window.worklist_model.reading(self._number).hides_score

    def _show_problem(self, item: WorklistItem, sentence: str) -> None:
        title = "Refused" if item.state is ItemState.REFUSED else "No score"
        self._window.findings.show_problem(title, sentence, item.notices)
        self._window.blocks.set_analysis(None)

    def _look_ahead(self) -> None:
        """Read and score the next film and the one before, so that one key shows them at once."""
        if not self._services:
            return
        for job in self._ahead:
            job.cancel()
        wanted = [number for number in self._window.worklist.neighbours() if number not in self._cache]
        items = [self._window.worklist_model.item(number) for number in wanted]
        self._ahead = [
            self._analyse(item, self._services, request=0) for item in items if item.state is not ItemState.RUNNING
        ]

    def _cancel_jobs(self) -> None:
        for job in (*self._ahead, *([self._job] if self._job else [])):
            job.cancel()
        self._ahead, self._job = [], None


def _made_ready(events: Iterator[FilmLoaded | FilmScored | FilmRefused]) -> Iterator[FilmEvent]:
    """The events of `analyse_film`, with what the screen needs made before the film is handed over."""
    for event in events:
        yield FilmReady(event.radiograph, make_levels(event.radiograph)) if isinstance(event, FilmLoaded) else event


def _is_same_file(one: Radiograph, other: Radiograph) -> bool:
    return one is other or one.facts.sha256 == other.facts.sha256 != ""


def _known_after(event: FilmEvent, before: CachedFilm | None) -> CachedFilm | None:
    """What is known of a film after `event`; its picture stays the one it was while the file is the same."""
    film, levels = event.radiograph, event.levels if isinstance(event, FilmReady) else None
    if before and film and _is_same_file(before.radiograph, film):
        film, levels = before.radiograph, before.levels
    if film is None:
        return None
    if isinstance(event, FilmReady):
        return CachedFilm(film, levels=levels)
    if isinstance(event, FilmScored):
        return CachedFilm(film, event.analysis, levels=levels)
    return CachedFilm(film, problem=str(event.problem), levels=levels)
