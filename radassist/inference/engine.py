"""Scores batches whatever the device does: smaller batches when memory runs out, the CPU when the device fails."""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

import numpy as np
from numpy.typing import NDArray

from radassist.domain.analysis import BlockSpec
from radassist.domain.errors import UserError
from radassist.domain.radiograph import Notice
from radassist.inference.backend import Backend, BatchOutput
from radassist.inference.device import DeviceChoice, cpu

_UNLIMITED = 1 << 30
_LOG = logging.getLogger(__name__)


BackendFactory = Callable[[str], Backend]
"""Makes what runs the network on the device of that name."""


@dataclass(frozen=True, slots=True, eq=False)
class FilmScore:
    """What the network said of one film.

    Attributes:
        logits: (labels,) float64, finite.
        maps: One (channels, h, w) float32 a block that was asked for.
    """

    logits: NDArray[np.float64]
    maps: tuple[NDArray[np.float32], ...]


@dataclass(frozen=True, slots=True, eq=False)
class EngineResult:
    """Answers of a batch, in its order.

    Attributes:
        answers: A score, or why there is none.
        notices: What happened to the device meanwhile.
        seconds: Of the whole batch.
    """

    answers: tuple[FilmScore | UserError, ...]
    notices: tuple[Notice, ...]
    seconds: float


class _Failure(Enum):
    OUT_OF_MEMORY = auto()
    DEVICE = auto()


class InferenceEngine:
    """Owns what runs a network, and leaves a device that fails for the CPU. Used by one thread."""

    def __init__(self, device: DeviceChoice, make_backend: BackendFactory) -> None:
        self._make_backend = make_backend
        self._device = device
        self._backend = make_backend(device.name)
        self._largest_batch = _UNLIMITED

    @property
    def device(self) -> DeviceChoice:
        """Where it runs now; the CPU after a failure of anything else."""
        return self._device

    @property
    def words(self) -> str:
        """Device and what computes on it, for the screen and for provenance."""
        return f"{self._device.words}, {self._backend.title}"

    def predict(self, greys: NDArray[np.uint8], blocks: Sequence[BlockSpec] = ()) -> EngineResult:
        """One answer a film of `greys`, (N, H, W) uint8 of the network's size, with the maps of `blocks`.

        A film whose score is not finite gets a `UserError` in place of a score.
        """
        started = time.perf_counter()
        before = self._device
        answers = self._score_all(greys, blocks)
        notices = () if self._device is before else (Notice("DEVICE", self._device.why),)
        return EngineResult(tuple(answers), notices, time.perf_counter() - started)

    def _score_all(self, greys: NDArray[np.uint8], blocks: Sequence[BlockSpec]) -> list[FilmScore | UserError]:
        answers: list[FilmScore | UserError] = []
        while len(answers) < len(greys):
            piece = greys[len(answers) : len(answers) + self._largest_batch]
            outcome = self._attempt(piece, blocks)
            if isinstance(outcome, BatchOutput):
                answers += [_film_score(outcome, row) for row in range(len(piece))]
            elif not self._make_room(outcome, len(piece)):
                answers.append(_no_score("this machine has too little memory for it"))
        return answers

    def _attempt(self, piece: NDArray[np.uint8], blocks: Sequence[BlockSpec]) -> BatchOutput | _Failure:
        """The failure is returned, not raised: an exception in flight would keep the device's memory occupied."""
        try:
            return self._backend.run(piece, blocks)
        except (RuntimeError, MemoryError) as error:
            failure = _Failure.OUT_OF_MEMORY if isinstance(error, MemoryError) else _Failure.DEVICE
            if failure is _Failure.DEVICE and self._device.is_cpu:
                raise
            _LOG.warning("A batch of %d failed on %s: %s", len(piece), self._device.name, error)
            return failure

    def _make_room(self, failure: _Failure, films: int) -> bool:
        """Change batch size or device so that another attempt makes sense; False where nothing is left to change."""
        if failure is _Failure.OUT_OF_MEMORY and films > 1:
            self._largest_batch = films // 2
        elif self._device.is_cpu:
            return False
        else:
            self._move_to_cpu(failure)
        return True

    def _move_to_cpu(self, failure: _Failure) -> None:
        cause = "ran out of memory" if failure is _Failure.OUT_OF_MEMORY else "failed"
        self._device = cpu(f"{self._device.words} {cause}, so films are scored on the CPU from here on.")
        self._backend = self._make_backend(self._device.name)
        self._largest_batch = _UNLIMITED


def _film_score(output: BatchOutput, row: int) -> FilmScore | UserError:
    if not np.isfinite(output.logits[row]).all():
        return _no_score("the model's answer was not a finite number")
    return FilmScore(output.logits[row], tuple(block_map[row] for block_map in output.maps))


def _no_score(why: str) -> UserError:
    return UserError(f"This film could not be scored: {why}.")
