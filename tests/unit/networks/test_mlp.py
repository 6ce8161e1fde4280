import torch

from radassist.networks.mlp import mlp


def test_its_first_layer_joins_every_pixel_to_a_thousand_units() -> None:
    with torch.device("meta"):
        network = mlp()
    assert network.head[0].weight.numel() == 65_536_000
    assert sum(p.numel() for p in network.parameters()) == 65_536_000 + 1000 + 2 * 1000 + 2


def test_it_publishes_no_map_because_it_has_none() -> None:
    network = mlp(size=8, hidden=5, in_channels=3, classes=4)
    assert network.blocks == ()
    assert network(torch.zeros(2, 3, 8, 8)).shape == (2, 4)
