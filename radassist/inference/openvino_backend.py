"""Films through a converted network on the CPU, one film a stream, several streams at a time."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import numpy as np
from numpy.typing import NDArray

from radassist.domain.analysis import BlockSpec
from radassist.domain.precision import Precision
from radassist.inference.backend import BatchOutput
from radassist.inference.openvino_runtime import import_openvino


class OpenVinoBackend:
    """A compiled graph whose outputs are the logits and then the maps of `blocks`.

    Each film goes through alone, on one core: its numbers depend neither on its batch nor on its place in it.
    """

    def __init__(self, compiled: Any, blocks: Sequence[BlockSpec], precision: Precision = Precision.FLOAT32) -> None:
        self._tensor = import_openvino().Tensor
        self._output_of = {block.name: number for number, block in enumerate(blocks, 1)}
        streams = int(compiled.get_property("OPTIMAL_NUMBER_OF_INFER_REQUESTS"))
        self._requests = [compiled.create_infer_request() for _ in range(max(1, streams))]
        self._precision = precision

    @property
    def title(self) -> str:
        """Its name; precisions other than float32 are told."""
        return "OpenVINO" if self._precision is Precision.FLOAT32 else f"OpenVINO {self._precision}"

    def run(self, greys: NDArray[np.uint8], blocks: Sequence[BlockSpec] = ()) -> BatchOutput:
        """As `Backend.run`."""
        outputs = [0, *(self._output_of[block.name] for block in blocks)]
        try:
            answers = self._answers(np.ascontiguousarray(greys), outputs)
        except RuntimeError as error:
            self._come_to_rest()
            if "bad alloc" in str(error) or "bad_alloc" in str(error):
                raise MemoryError(str(error)) from error
            raise
        logits, *maps = (np.concatenate(parts) for parts in zip(*answers, strict=True))
        return BatchOutput(logits.astype(np.float64), tuple(maps))

    def _answers(self, greys: NDArray[np.uint8], outputs: Sequence[int]) -> list[list[NDArray[np.float32]]]:
        count, answers = len(self._requests), []
        for turn in range(len(greys) + count):
            request = self._requests[turn % count]
            if count <= turn:
                answers.append(_taken(request, outputs))
            if turn < len(greys):
                request.set_input_tensor(self._tensor(greys[turn, None, None], shared_memory=True))
                request.start_async()
        return answers

    def _come_to_rest(self) -> None:
        for request in self._requests:
            with suppress(RuntimeError):
                request.wait()


def _taken(request: Any, outputs: Sequence[int]) -> list[NDArray[np.float32]]:
    """Copies, since the next film is written over the request's own arrays."""
    request.wait()
    return [request.get_output_tensor(number).data.copy() for number in outputs]
