"""Chooses what runs a model on a device: on the CPU OpenVINO where it can, else torch, which always can."""

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from radassist.domain.errors import ModelUnavailable
from radassist.domain.precision import Precision
from radassist.inference.backend import Backend
from radassist.inference.calibration import calibrated_probabilities
from radassist.inference.device import import_torch, limit_threads
from radassist.inference.graph_cache import Graph, graph_file, read_graph
from radassist.inference.graph_maker import GraphNotMade, make_graph_anew
from radassist.inference.openvino_backend import OpenVinoBackend
from radassist.inference.openvino_runtime import compile_graph
from radassist.inference.probe import probe_grey
from radassist.networks.card import ModelCard
from radassist.networks.weights_file import read_weights

if TYPE_CHECKING:
    from torch import nn

_TOLERANCE = {Precision.FLOAT32: 1e-4, Precision.BFLOAT16: 0.2}
"""How far a probability of the probe may be off; the second figure only tells a graph that is no such network."""

_LOG = logging.getLogger(__name__)


class BackendMaker:
    """Makes what runs the model in `folder`, for any device of this machine: an `engine.BackendFactory`."""

    def __init__(
        self,
        folder: Path,
        card: ModelCard,
        precision: Precision = Precision.FLOAT32,
        *,
        cores: int | None = None,
    ) -> None:
        self._folder, self._card, self._precision, self._cores = folder, card, precision, cores
        # Kept once it is loaded: when a graphics card fails, the files may be gone.
        self._network: nn.Module | None = None

    def __call__(self, device: str) -> Backend:
        """What runs the model on `device`.

        Raises:
            ModelUnavailable: If card and weights do not agree, or nothing on this machine can run them so.
        """
        backend = self._openvino() if device == "cpu" else None
        if backend is not None:
            return backend
        if self._precision is not Precision.FLOAT32:
            raise ModelUnavailable(f"Only OpenVINO on the CPU computes in {self._precision}; use float32.")
        return self._torch(device)

    def _openvino(self) -> Backend | None:
        if self._network is None:
            read_weights(self._folder, self._card)  # a graph must not outlive the weights it was made of
        for graph in self._graphs():
            backend = self._checked(graph)
            if backend is not None:
                return backend
        _LOG.warning("Model %s is run by torch, which takes longer.", self._card.id)
        return None

    def _graphs(self) -> Iterator[Graph]:
        """The kept graph, and if that is not taken, a new one."""
        try:
            file = graph_file(self._card)
            kept = read_graph(file)
            if kept is not None:
                yield kept
            yield make_graph_anew(self._folder, self._card, file, self._network)
        except (ImportError, GraphNotMade) as error:
            _LOG.warning("There is no OpenVINO graph of model %s: %s", self._card.id, error)

    def _checked(self, graph: Graph) -> Backend | None:
        """What runs `graph`, if it answers the probe as the network does that it was made from."""
        try:
            compiled = compile_graph(graph.xml, graph.weights, self._precision, self._cores)
            backend = OpenVinoBackend(compiled, self._card.block_specs, self._precision)
            logits = backend.run(probe_grey(self._card.input)[None]).logits[0]
        except (ImportError, RuntimeError) as error:
            _LOG.warning("The graph of model %s does not run: %s", self._card.id, error)
            return None
        if self._agrees(logits, graph.probe_logits):
            return backend
        _LOG.warning("The graph of model %s does not answer as its network does.", self._card.id)
        return None

    def _agrees(self, now: NDArray[np.float64], then: NDArray[np.float64]) -> bool:
        if now.shape != then.shape or not np.isfinite([now, then]).all():
            return False
        temperature = self._card.calibration.temperature
        difference = calibrated_probabilities(now, temperature) - calibrated_probabilities(then, temperature)
        return bool(np.abs(difference).max() <= _TOLERANCE[self._precision])

    def _torch(self, device: str) -> Backend:
        if import_torch() is None:
            raise ModelUnavailable(f"Model {self._card.id} needs torch, which cannot be loaded on this machine.")
        from radassist.inference.torch_backend import TorchBackend
        from radassist.networks.weights import load_network_from

        limit_threads(self._cores)
        if self._network is None:
            self._network = load_network_from(self._folder, self._card).network
        return TorchBackend(self._network, device, self._card.input)
