import pytest
import torch

from radassist.domain.errors import UserError
from radassist.networks.simple_cnn import simple_cnn, simple_cnn3


def test_they_have_268650_and_1147466_parameters() -> None:
    assert sum(p.numel() for p in simple_cnn().parameters()) == 268_650
    assert sum(p.numel() for p in simple_cnn3().parameters()) == 1_147_466


@pytest.mark.parametrize("build", [simple_cnn, simple_cnn3])
def test_channels_classes_and_size_are_configuration(build) -> None:  # type: ignore[no-untyped-def]
    network = build(in_channels=1, classes=2, size=64).eval()
    assert network(torch.zeros(2, 1, 64, 64)).shape == (2, 2)
    with pytest.raises(UserError, match="64x64"):
        network(torch.zeros(2, 1, 32, 32))
