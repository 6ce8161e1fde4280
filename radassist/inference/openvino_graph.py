"""From a torch network to an OpenVINO graph: grey film in, logits and block maps out. The only part that needs both."""

import warnings
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import torch
from torch import Tensor, nn

from radassist.domain.analysis import BlockSpec
from radassist.inference.graph_cache import Graph
from radassist.inference.openvino_runtime import import_openvino
from radassist.inference.probe import probe_grey
from radassist.inference.torch_backend import TorchBackend
from radassist.networks.activations import record_activations
from radassist.networks.card import InputSpec, ModelCard
from radassist.networks.normalisation import Normalisation


class _Whole(nn.Module):
    """(1, 1, H, W) uint8 to logits and the maps of all blocks: normalisation and network as one."""

    def __init__(self, network: nn.Module, spec: InputSpec, blocks: Sequence[BlockSpec]) -> None:
        super().__init__()
        self._normalise = Normalisation(spec)
        self._network = network
        self._blocks = tuple(blocks)

    def forward(self, greys: Tensor) -> tuple[Tensor, ...]:
        with record_activations(self._network, self._blocks) as activations:
            logits = self._network(self._normalise(greys))
        return (logits, *activations.all())


def convert(network: nn.Module, card: ModelCard) -> Graph:
    """The graph of `network`, and what torch itself says of the probe.

    Raises:
        Exception: Of many kinds, from both libraries, if the network cannot be converted.
    """
    whole = _Whole(network.eval(), card.input, card.block_specs).eval()
    example = torch.zeros((1, 1, card.input.height, card.input.width), dtype=torch.uint8)
    openvino = import_openvino()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # each library deprecates what the other one uses
        with torch.no_grad():
            model = openvino.convert_model(torch.export.export(whole, (example,)))
    model.reshape(list(example.shape))  # it comes with open shapes, which run slower
    with TemporaryDirectory() as folder:
        place = Path(folder) / "graph.xml"
        openvino.save_model(model, place, compress_to_fp16=False)
        xml, weights = place.read_bytes(), place.with_suffix(".bin").read_bytes()
    answer = TorchBackend(network, "cpu", card.input).run(probe_grey(card.input)[None])
    return Graph(xml, weights, np.asarray(answer.logits[0], np.float64))
