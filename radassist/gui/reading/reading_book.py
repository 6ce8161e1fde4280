"""All that readers said of the films on the worklist: asked of the store as films come, shown there, kept at once."""

from collections import Counter
from collections.abc import Callable, Collection
from functools import partial

from PySide6.QtCore import QModelIndex, QObject, QTimer, Signal

from radassist.domain.reading import Opinion, ReaderAnswer
from radassist.domain.reading_round import ReadingRound
from radassist.gui.jobs import JobRunner, Lane, one_step
from radassist.gui.worklist.film_reading import FilmReading
from radassist.gui.worklist.worklist_model import WorklistTableModel
from radassist.workflow.readings import Readings

_GATHER_MS = 100
"""Films that come within this time are asked for together."""

History = tuple[ReaderAnswer, ...]


class ReadingBook(QObject):
    """Answers by film content, oldest first.

    An answer is shown before it is kept, and taken off again where it cannot be kept. One thread does the keeping, in
    the order of the keys that were pressed.

    Signals:
        changed(): Answers came, went, or were looked up; or what is kept from the reader changed.
        problem(object): Why answers can be neither read nor kept.
    """

    changed = Signal()
    problem = Signal(object)

    def __init__(self, model: WorklistTableModel, runner: JobRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._model, self._runner = model, runner
        self._readings: Readings | None = None
        self._history: dict[str, History] = {}
        self._edits: Counter[str] = Counter()
        self._wanted: set[str] = set()
        self._opened: set[int] = set()
        self._revealed: set[str] = set()
        self._shown: set[tuple[str, str]] = set()
        self._round: ReadingRound | None = None
        self._key_images: frozenset[str] = frozenset()
        self._gather = QTimer(self, singleShot=True, interval=_GATHER_MS)
        self._gather.timeout.connect(self._look_up_wanted)
        model.rowsInserted.connect(lambda _parent, first, last: self._notice(first, last))
        model.dataChanged.connect(self._on_data_changed)
        model.modelReset.connect(self._forget_gone)

    @property
    def is_kept(self) -> bool:
        """Whether there is a place to keep answers."""
        return self._readings is not None

    @property
    def round(self) -> ReadingRound | None:
        """The round of blind reading that is under way."""
        return self._round

    def use(self, readings: Readings | None) -> None:
        """Keep answers in `readings` from now on."""
        self._readings = readings
        self._notice(0, self._model.rowCount() - 1)

    @property
    def key_images(self) -> frozenset[str]:
        """The SHA-256 of all key images, on the list or not."""
        return self._key_images

    def mark_key_images(self, films: frozenset[str]) -> None:
        """Let `films`, by their SHA-256, be all key images."""
        changed, self._key_images = films ^ self._key_images, films
        self._show_films(changed)

    def history(self, film_sha256: str) -> History:
        """What was said of a film, oldest first; what was taken back is left out."""
        return self._history.get(film_sha256, ())

    def was_shown(self, film_sha256: str, model_sha256: str) -> bool:
        """Whether the reader has seen, on whatever day, what the model of these weights says of a film."""
        return (film_sha256, model_sha256) in self._shown

    def note_shown(self, film_sha256: str, model_sha256: str) -> None:
        """The reader sees what the model of these weights says of a film."""
        if self.was_shown(film_sha256, model_sha256):
            return
        self._shown.add((film_sha256, model_sha256))
        if self._readings:
            note = partial(self._readings.note_shown, film_sha256, model_sha256)
            job = self._runner.start(lambda _token: iter([note()]), lane=Lane.READING)
            job.failed.connect(self.problem)

    def put_down(self, answer: ReaderAnswer) -> None:
        """Let `answer` stand for its film, and keep it."""
        film = answer.film_sha256
        if answer.opinion is not Opinion.REVIEWED:
            self._revealed.add(film)
        self._set_history(film, (*self.history(film), answer))
        if self._readings:
            self._keep(film, partial(self._readings.add, answer))

    def strike_out(self, film_sha256: str) -> None:
        """Take back the answer that stands for a film; the one before it stands again."""
        self._set_history(film_sha256, self.history(film_sha256)[:-1])
        if self._readings:
            self._keep(film_sha256, partial(self._readings.undo, film_sha256))

    def open(self, number: int) -> None:
        """Film `number` stands on the screen."""
        if number not in self._opened:
            self._opened.add(number)
            self._show(number)

    def close(self, number: int) -> None:
        """Film `number` counts as never seen."""
        self._opened.discard(number)
        self._show(number)

    def begin_round(self, blind: ReadingRound | None) -> None:
        """Keep the model's answers from the reader from now on, film by film until it is answered; None shows all."""
        self._round = blind
        self._revealed.clear()
        self._show_all()

    def settle(self) -> bool:
        """Wait until all that was said is kept, for some seconds; whether it is."""
        return self._runner.settle(Lane.READING)

    def _set_history(self, film: str, history: History) -> None:
        self._edits[film] += 1
        self._history[film] = history
        self._show_films({film})

    def _keep(self, film: str, act: Callable[[], object]) -> None:
        # The act runs before the job is asked whether it was cancelled: an answer is kept even as the window closes.
        job = self._runner.start(lambda _token: iter([act()]), lane=Lane.READING)
        job.failed.connect(partial(self._on_not_kept, film))

    def _on_not_kept(self, film: str, error: BaseException) -> None:
        self.problem.emit(error)
        self._history.pop(film, None)
        self._show_films({film})
        self._look_up({film})

    def _forget_gone(self) -> None:
        """Films that left the list count as never seen, should their numbers come again."""
        self._opened.intersection_update(item.number for item in self._model.items())

    def _on_data_changed(self, top: QModelIndex, bottom: QModelIndex, roles: list[int]) -> None:
        if not roles:
            self._notice(top.row(), bottom.row())

    def _notice(self, first: int, last: int) -> None:
        """Films that were read since the last time may have been answered, or marked, on another day."""
        items = [self._model.item_at(row) for row in range(first, last + 1)]
        for item in items:
            if item.film_sha256 in self._history or item.film_sha256 in self._key_images:
                self._show(item.number)
        if self._readings is None:
            return
        films = {item.film_sha256 for item in items}
        new = {film for film in films if film and film not in self._history and film not in self._wanted}
        if new:
            self._wanted |= new
            self._gather.start()

    def _look_up_wanted(self) -> None:
        wanted, self._wanted = self._wanted, set()
        self._look_up(wanted)

    def _look_up(self, films: set[str]) -> None:
        if self._readings is None:
            return
        edits = {film: self._edits[film] for film in films}
        job = self._runner.start(one_step(partial(_known_of, self._readings, films)), lane=Lane.READING)
        job.succeeded.connect(partial(self._on_looked_up, edits))
        job.failed.connect(self.problem)

    def _on_looked_up(self, edits: dict[str, int], known_of: "_Known") -> None:
        found, shown = known_of
        self._shown |= shown
        overtaken = {film for film, count in edits.items() if self._edits[film] != count}
        known = set(edits) - overtaken
        self._history |= {film: found.get(film, ()) for film in known}
        self._show_films(known)
        if overtaken:
            self._look_up(overtaken)

    def _show_films(self, films: Collection[str]) -> None:
        for item in self._model.items():
            if item.film_sha256 in films:
                self._show(item.number)
        self.changed.emit()

    def _show(self, number: int) -> None:
        if number not in self._model:
            return
        reading = self._reading_of(number)
        if reading != self._model.reading(number):
            self._model.set_reading(number, reading)

    def _show_all(self) -> None:
        readings = {item.number: self._reading_of(item.number) for item in self._model.items()}
        self._model.set_readings(readings, unread=FilmReading(hides_score=self._round is not None))
        self.changed.emit()

    def _reading_of(self, number: int) -> FilmReading:
        item = self._model.item(number)
        film = item.film_sha256
        history = self.history(film)
        hides = self._round is not None and film not in self._revealed and not self._round.answers(history)
        other_model = history[-1].other_model(item.analysis) if history else ""
        answer, is_key = history[-1] if history else None, film in self._key_images
        return FilmReading(answer, number in self._opened, hides, other_model, is_key)


_Known = tuple[dict[str, History], set[tuple[str, str]]]


def _known_of(readings: Readings, films: set[str]) -> _Known:
    return readings.history_of(films), readings.shown_of(films)
