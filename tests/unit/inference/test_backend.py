import numpy as np
from helpers.models import make_card, make_network

from radassist.domain.precision import Precision
from radassist.inference.backend import Backend
from radassist.inference.openvino_backend import OpenVinoBackend
from radassist.inference.openvino_graph import convert
from radassist.inference.openvino_runtime import compile_graph
from radassist.inference.torch_backend import TorchBackend


def test_both_libraries_give_what_the_protocol_says() -> None:
    card = make_card()
    network = make_network(card)
    graph = convert(network, card)
    compiled = compile_graph(graph.xml, graph.weights, Precision.FLOAT32)
    backends: list[Backend] = [
        TorchBackend(network, "cpu", card.input),
        OpenVinoBackend(compiled, card.block_specs),
    ]
    greys = np.random.default_rng(0).integers(0, 256, (3, 32, 32), dtype=np.uint8)
    outputs = [backend.run(greys, card.block_specs[1:]) for backend in backends]
    for output in outputs:
        assert (output.logits.shape, output.logits.dtype) == ((3, 2), np.float64)
        assert [(found.shape, found.dtype) for found in output.maps] == [((3, 6, 8, 8), np.float32)]
    np.testing.assert_allclose(outputs[0].logits, outputs[1].logits, atol=1e-5)
    assert len({backend.title for backend in backends}) == 2
