import torch

from radassist.networks.lenet import lenet


def test_its_layers_are_lenet_5s_around_padded_convolutions() -> None:
    convolutions = (25 * 6 + 6) + (25 * 6 * 16 + 16)
    linear = (16 * 8 * 8 * 120 + 120) + (120 * 84 + 84) + (84 * 10 + 10)
    assert sum(p.numel() for p in lenet(classes=10).parameters()) == convolutions + linear


def test_its_maps_cover_the_whole_film() -> None:
    network = lenet()
    features = network.features(torch.zeros(1, 1, 32, 32))
    assert features.shape[2] * network.blocks[-1].stride == 32
