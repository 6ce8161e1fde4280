"""Scores batches whatever the device does: smaller batches when memory runs out, the CPU when the device fails."""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Protocol

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from radassist.domain.analysis import BlockSpec
from radassist.domain.errors import UserError
from radassist.domain.radiograph import Notice
from radassist.inference.device import DeviceChoice, cpu
from radassist.inference.torch_backend import BatchOutput, TorchBackend

_UNLIMITED = 1 << 30
_LOG = logging.getLogger(__name__)


class Backend(Protocol):
    """Runs one batch on one device."""

    def run(self, batch: NDArray[np.float32], blocks: Sequence[BlockSpec] = ()) -> BatchOutput:
        """Logits and the maps of `blocks`; a RuntimeError or MemoryError where the device cannot."""
        ...


BackendFactory = Callable[[nn.Module, str], Backend]


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
    """Owns a network and the device it runs on. Used by one thread.

    The network it is given stays on the CPU, so that there is something left to run when the device is not.
    """

    def __init__(
        self, network: nn.Module, device: DeviceChoice, backend_factory: BackendFactory = TorchBackend
    ) -> None:
        self._network = network
        self._make_backend = backend_factory
        self._device = device
        self._backend = backend_factory(network, device.name)
        self._largest_batch = _UNLIMITED

    @property
    def device(self) -> DeviceChoice:
        """Where it runs now; the CPU after a failure of anything else."""
        return self._device

    def predict(self, batch: NDArray[np.float32], blocks: Sequence[BlockSpec] = ()) -> EngineResult:
        """One answer a film of `batch`, (N, C, H, W) float32, with the maps of `blocks`.

        A film whose input or score is not finite gets a `UserError` in place of a score.
        """
        started = time.perf_counter()
        before = self._device
        finite = np.array([np.isfinite(film).all() for film in batch], bool)
        scores = iter(self._score_all(batch[finite], blocks))
        answers = tuple(next(scores) if good else _no_score("its pixels gave no finite input") for good in finite)
        notices = () if self._device is before else (Notice("DEVICE", self._device.why),)
        return EngineResult(answers, notices, time.perf_counter() - started)

    def _score_all(self, batch: NDArray[np.float32], blocks: Sequence[BlockSpec]) -> list[FilmScore | UserError]:
        answers: list[FilmScore | UserError] = []
        while len(answers) < len(batch):
            piece = batch[len(answers) : len(answers) + self._largest_batch]
            outcome = self._attempt(piece, blocks)
            if isinstance(outcome, BatchOutput):
                answers += [_film_score(outcome, row) for row in range(len(piece))]
            elif not self._make_room(outcome, len(piece)):
                answers.append(_no_score("this machine has too little memory for it"))
        return answers

    def _attempt(self, piece: NDArray[np.float32], blocks: Sequence[BlockSpec]) -> BatchOutput | _Failure:
        """The failure is returned, not raised: an exception in flight would keep the device's memory occupied."""
        try:
            return self._backend.run(piece, blocks)
        except (RuntimeError, MemoryError) as error:
            failure = _Failure.OUT_OF_MEMORY if _is_out_of_memory(error) else _Failure.DEVICE
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
        if failure is _Failure.OUT_OF_MEMORY and torch.cuda.is_available():
            torch.cuda.empty_cache()
        return True

    def _move_to_cpu(self, failure: _Failure) -> None:
        cause = "ran out of memory" if failure is _Failure.OUT_OF_MEMORY else "failed"
        self._device = cpu(f"{self._device.words} {cause}, so films are scored on the CPU from here on.")
        self._backend = self._make_backend(self._network, self._device.name)
        self._largest_batch = _UNLIMITED


def _film_score(output: BatchOutput, row: int) -> FilmScore | UserError:
    if not np.isfinite(output.logits[row]).all():
        return _no_score("the model's answer was not a finite number")
    return FilmScore(output.logits[row], tuple(block_map[row] for block_map in output.maps))


def _no_score(why: str) -> UserError:
    return UserError(f"This film could not be scored: {why}.")


def _is_out_of_memory(error: RuntimeError | MemoryError) -> bool:
    """On the CPU it is no class of its own but a RuntimeError that names the allocator."""
    return isinstance(error, MemoryError | torch.OutOfMemoryError) or "DefaultCPUAllocator" in str(error)
