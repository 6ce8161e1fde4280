import subprocess
import sys

import pytest
import torch

from radassist.domain.errors import ModelUnavailable
from radassist.networks import registry
from radassist.networks.registry import create_network, list_architectures, register_architecture


def test_every_named_architecture_can_be_built_and_publishes_blocks_and_input() -> None:
    for name in list_architectures():
        with torch.device("meta"):
            network = create_network(name)
        channels, height, width = network.input_shape
        assert network(torch.zeros(1, channels, height, width, device="meta")).shape[0] == 1
        assert len({block.name for block in network.blocks}) == len(network.blocks)


def test_the_table_of_families_is_what_the_families_register() -> None:
    for name in list_architectures():
        with torch.device("meta"):
            create_network(name)
    assert set(registry._ARCHITECTURES) == set(registry._FAMILIES)


def test_naming_the_architectures_imports_no_torch() -> None:
    code = (
        "import sys; from radassist.networks.registry import list_architectures; list_architectures();"
        "from radassist.networks import catalogue, preprocess, card; sys.exit('torch' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_building_our_own_networks_imports_no_torchvision() -> None:
    code = (
        "import sys; from radassist.networks.registry import create_network; create_network('efficientnet_lite0');"
        "sys.exit('torchvision' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_an_unknown_architecture_is_answered_with_the_known_ones() -> None:
    with pytest.raises(ModelUnavailable, match=r"no architecture 'gapcnn'.*gap_cnn"):
        create_network("gapcnn")


@pytest.mark.parametrize("config", [{"depth": 3}, {"pool": "mean"}, {"widths": [-4]}, {"widths": []}, {"widths": "a"}])
def test_a_configuration_an_architecture_does_not_take_is_one_sentence(config: dict[str, object]) -> None:
    with pytest.raises(ModelUnavailable, match="cannot be built with this configuration"):
        create_network("gap_cnn", **config)


def test_a_name_is_registered_once() -> None:
    create_network("gap_cnn")
    with pytest.raises(ValueError, match="registered twice"):
        register_architecture("gap_cnn")(dict)
