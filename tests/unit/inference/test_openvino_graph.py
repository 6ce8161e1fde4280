import warnings

import torch
from helpers.models import make_card, make_network

from radassist.domain.precision import Precision
from radassist.inference.openvino_graph import convert
from radassist.inference.openvino_runtime import compile_graph


def test_a_graph_takes_one_grey_film_and_gives_scores_and_the_maps_of_the_card() -> None:
    card = make_card()
    graph = convert(make_network(card), card)
    compiled = compile_graph(graph.xml, graph.weights, Precision.FLOAT32)
    (entry,) = compiled.inputs
    assert (list(entry.shape), entry.get_element_type().get_type_name()) == ([1, 1, 32, 32], "u8")
    assert [list(output.shape) for output in compiled.outputs] == [[1, 2], [1, 4, 16, 16], [1, 6, 8, 8]]
    assert graph.probe_logits.shape == (2,)


def test_weights_are_kept_whole() -> None:
    """OpenVINO would halve them on the disk unless it is told not to."""
    card = make_card("mlp", {"size": 32, "hidden": 50})
    network = make_network(card)
    assert len(convert(network, card).weights) >= 4 * sum(weights.numel() for weights in network.parameters())


def test_converting_leaves_the_network_and_the_warnings_as_they_were() -> None:
    card = make_card()
    network = make_network(card)
    before = {name: tensor.clone() for name, tensor in network.state_dict().items()}
    filters = list(warnings.filters)
    convert(network, card)
    assert warnings.filters == filters
    assert not network.training
    for name, tensor in network.state_dict().items():
        assert torch.equal(tensor, before[name])
    assert not any(module._forward_hooks for module in network.modules())
