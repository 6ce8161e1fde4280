import pytest
import torch
from torchvision import models

from radassist.domain.errors import ModelUnavailable, UserError
from radassist.networks.backbones import create_backbone
from radassist.networks.registry import create_network

NAMES = ("vgg11", "resnet18", "resnet50", "densenet121", "efficientnet_b0")


def _parameters(network: torch.nn.Module) -> int:
    return sum(p.numel() for p in network.parameters())


@pytest.mark.parametrize("name", NAMES)
def test_with_three_channels_and_a_thousand_classes_it_is_torchvisions_own(name: str) -> None:
    with torch.device("meta"):
        ours, theirs = create_backbone(name, in_channels=3, classes=1000), models.get_model(name, weights=None)
    assert _parameters(ours) == _parameters(theirs)
    assert list(ours.net.state_dict()) == list(theirs.state_dict())


@pytest.mark.parametrize("name", NAMES)
def test_its_blocks_have_the_stride_they_publish(name: str) -> None:
    with torch.device("meta"):
        network = create_backbone(name).eval()
    from radassist.networks.activations import record_activations

    with record_activations(network, network.blocks) as activations:
        assert network(torch.zeros(1, 1, 224, 224, device="meta")).shape == (1, 2)
    for block, output in zip(network.blocks, activations.all(), strict=True):
        assert output.shape[2:] == (224 // block.stride, 224 // block.stride)
        assert f"{output.shape[1]} channels" in block.title


def test_a_grey_stem_gives_the_answer_of_three_equal_channels() -> None:
    torch.manual_seed(3)
    colour = create_backbone("resnet18", in_channels=3).eval()
    grey = create_backbone("resnet18").eval()
    state = colour.state_dict()
    state["net.conv1.weight"] = state["net.conv1.weight"].sum(1, keepdim=True)
    grey.load_state_dict(state)
    film = torch.rand(1, 1, 64, 64)
    with torch.inference_mode():
        torch.testing.assert_close(grey(film), colour(film.expand(-1, 3, -1, -1)), rtol=1e-4, atol=1e-5)


def test_two_channels_and_films_too_small_are_refused_in_words() -> None:
    with pytest.raises(ModelUnavailable, match="in_channels is 1 or 3"):
        create_network("resnet18", in_channels=2)
    with torch.device("meta"):
        network = create_backbone("resnet18")
    with pytest.raises(UserError, match="at least 32x32"):
        network(torch.zeros(1, 1, 16, 16, device="meta"))


def test_weights_that_cannot_be_had_are_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def unreachable(*_args: object, **_options: object) -> None:
        raise OSError("no route to host")

    monkeypatch.setattr(models, "get_model", unreachable)
    with pytest.raises(ModelUnavailable, match="weights of resnet18 cannot be had"):
        create_network("resnet18", pretrained=True)
