import torch

from radassist.networks.inspection import trace
from radassist.networks.pneumonia_cnn import pneumonia_cnn


def _on_meta() -> torch.nn.Module:
    with torch.device("meta"):
        return pneumonia_cnn()


def test_it_has_67268418_parameters_and_its_first_convolution_320() -> None:
    network = _on_meta()
    assert sum(p.numel() for p in network.parameters()) == 67_268_418
    assert trace(network)[0].parameters == 320


def test_its_shapes_are_those_of_three_halvings_a_flattening_and_two_logits() -> None:
    rows = trace(_on_meta())
    shapes = [row.output_shape for row in rows if row.kind in ("MaxPool2d", "Flatten")] + [rows[-1].output_shape]
    assert shapes == [(1, 32, 128, 128), (1, 64, 64, 64), (1, 128, 32, 32), (1, 131_072), (1, 2)]


def test_channels_classes_and_size_are_configuration() -> None:
    network = pneumonia_cnn(in_channels=3, classes=4, size=16).eval()
    assert network(torch.zeros(2, 3, 16, 16)).shape == (2, 4)
