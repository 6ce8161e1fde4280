import hashlib
from pathlib import Path

import pytest
import torch
from helpers.models import TINY, make_card, make_network, save_model
from safetensors.torch import load_file, save

from radassist.domain.errors import ModelUnavailable
from radassist.networks.card import WEIGHTS_NAME, Storage, read_card, write_card
from radassist.networks.weights import load_network, save_network


def _overwrite(folder: Path, tensors: dict[str, torch.Tensor]) -> None:
    """Other weights, and a card whose checksum vouches for them."""
    data = save(tensors)
    (folder / WEIGHTS_NAME).write_bytes(data)
    card = read_card(folder)
    write_card(card.model_copy(update={"weights_sha256": hashlib.sha256(data).hexdigest()}), folder)


def test_a_loaded_network_answers_as_the_saved_one(tmp_path: Path) -> None:
    card = save_model(tmp_path)
    loaded = load_network(str(tmp_path))
    batch = torch.randn(2, 1, 32, 32)
    assert loaded.card == card
    assert loaded.folder == tmp_path
    assert not loaded.network.training
    assert torch.equal(loaded.network(batch), make_network(card)(batch))


def test_the_card_carries_the_checksum_of_the_file(tmp_path: Path) -> None:
    card = save_model(tmp_path)
    assert card.weights_sha256 == hashlib.sha256((tmp_path / WEIGHTS_NAME).read_bytes()).hexdigest()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["card.json", "weights.safetensors"]


def test_half_precision_halves_the_file_and_loads_as_float32(tmp_path: Path) -> None:
    card = make_card(config={"widths": [32, 64], "size": 32})
    network = make_network(card)
    save_network(card, network, tmp_path / "whole")
    storage = Storage(store="float16", auc_before=1, auc_after=1, largest_change=0, measured_on="nothing")
    save_network(card.model_copy(update={"storage": storage}), network, tmp_path / "half")
    sizes = [(tmp_path / name / WEIGHTS_NAME).stat().st_size for name in ("whole", "half")]
    loaded = load_network(str(tmp_path / "half")).network
    assert sizes[1] < 0.6 * sizes[0]
    assert {p.dtype for p in loaded.parameters()} == {torch.float32}
    batch = torch.randn(2, 1, 32, 32)
    torch.testing.assert_close(loaded(batch), network(batch), rtol=0, atol=1e-2)
    assert not torch.equal(loaded(batch), network(batch))


def test_a_large_layer_takes_a_byte_a_weight_and_loads_as_float32(tmp_path: Path) -> None:
    storage = Storage(store="int8", auc_before=1, auc_after=1, largest_change=0, measured_on="nothing")
    card = make_card("mlp", {"size": 64, "hidden": 300}, storage=storage)
    network = make_network(card)
    save_network(card, network, tmp_path)
    assert (tmp_path / WEIGHTS_NAME).stat().st_size < 1.02 * 64 * 64 * 300
    loaded = load_network(str(tmp_path))
    assert {p.dtype for p in loaded.network.parameters()} == {torch.float32}
    batch = torch.randn(2, 1, 64, 64)
    torch.testing.assert_close(loaded.network(batch), network(batch), rtol=0, atol=1e-2)
    again = save_network(loaded.card, loaded.network, tmp_path / "again")
    assert again.weights_sha256 == loaded.card.weights_sha256


@pytest.mark.parametrize(
    ("name", "tensor", "complaint"),
    [
        ("head.linear.weight", torch.ones(2, 6, dtype=torch.int8), "head.linear.weight holds torch.int8"),
        ("head.linear.weight.scale", torch.ones(2), "head.linear.weight.scale is not part of it"),
    ],
)
def test_whole_numbers_without_their_scale_and_a_scale_without_them_are_refused(
    tmp_path: Path, name: str, tensor: torch.Tensor, complaint: str
) -> None:
    save_model(tmp_path)
    _overwrite(tmp_path, load_file(tmp_path / WEIGHTS_NAME) | {name: tensor})
    with pytest.raises(ModelUnavailable, match=complaint):
        load_network(str(tmp_path))


def test_a_scale_that_is_not_finite_is_refused(tmp_path: Path) -> None:
    save_model(tmp_path)
    steps = {"head.linear.weight": torch.ones(2, 6, dtype=torch.int8)}
    scale = {"head.linear.weight.scale": torch.full((2,), float("inf"))}
    _overwrite(tmp_path, load_file(tmp_path / WEIGHTS_NAME) | steps | scale)
    with pytest.raises(ModelUnavailable, match="values that are not finite"):
        load_network(str(tmp_path))


def test_one_changed_byte_is_noticed(tmp_path: Path) -> None:
    save_model(tmp_path)
    data = bytearray((tmp_path / WEIGHTS_NAME).read_bytes())
    data[-1] ^= 1
    (tmp_path / WEIGHTS_NAME).write_bytes(data)
    with pytest.raises(ModelUnavailable, match="model tiny is not the one its card describes"):
        load_network(str(tmp_path))


def test_missing_weights_are_named(tmp_path: Path) -> None:
    save_model(tmp_path)
    (tmp_path / WEIGHTS_NAME).unlink()
    with pytest.raises(ModelUnavailable, match="weights of model tiny cannot be read"):
        load_network(str(tmp_path))


def test_a_file_that_is_not_safetensors_is_refused_even_with_the_right_checksum(tmp_path: Path) -> None:
    save_model(tmp_path)
    (tmp_path / WEIGHTS_NAME).write_bytes(b"\x80\x04pickle")
    digest = hashlib.sha256(b"\x80\x04pickle").hexdigest()
    write_card(read_card(tmp_path).model_copy(update={"weights_sha256": digest}), tmp_path)
    with pytest.raises(ModelUnavailable, match="not a safetensors file"):
        load_network(str(tmp_path))


@pytest.mark.parametrize(
    ("spoil", "complaint"),
    [
        (lambda tensors: tensors.pop("head.linear.bias"), "head.linear.bias is missing"),
        (lambda tensors: tensors.update(extra=torch.zeros(1)), "extra is not part of it"),
        (
            lambda tensors: tensors.update({"head.linear.bias": torch.zeros(3)}),
            r"head.linear.bias has shape \(3,\), not \(2,\)",
        ),
        (
            lambda tensors: tensors.update({"head.linear.bias": torch.zeros(2, dtype=torch.int64)}),
            "head.linear.bias holds torch.int64",
        ),
        (
            lambda tensors: tensors.update({"features.block1.norm.running_var": torch.full((4,), float("nan"))}),
            "running_var holds values that are not finite",
        ),
    ],
)
def test_weights_that_do_not_fit_are_refused_with_the_tensor(tmp_path: Path, spoil, complaint: str) -> None:  # type: ignore[no-untyped-def]
    save_model(tmp_path)
    tensors = load_file(tmp_path / WEIGHTS_NAME)
    spoil(tensors)
    _overwrite(tmp_path, tensors)
    with pytest.raises(ModelUnavailable, match=f"do not fit its architecture: .*{complaint}"):
        load_network(str(tmp_path))


def test_a_card_of_another_architecture_does_not_load_these_weights(tmp_path: Path) -> None:
    card = save_model(tmp_path)
    write_card(card.model_copy(update={"config": TINY | {"widths": [4, 8]}}), tmp_path)
    with pytest.raises(ModelUnavailable, match="do not fit its architecture"):
        load_network(str(tmp_path))


def test_a_card_with_a_wrong_stride_does_not_load(tmp_path: Path) -> None:
    card = save_model(tmp_path)
    wrong = card.blocks[0].model_copy(update={"stride": 4})
    write_card(card.model_copy(update={"blocks": (wrong, *card.blocks[1:])}), tmp_path)
    with pytest.raises(ModelUnavailable, match="block block1 its network does not have"):
        load_network(str(tmp_path))


def test_weights_that_are_not_finite_are_not_even_saved(tmp_path: Path) -> None:
    card = make_card()
    network = make_network(card)
    network.head.linear.weight.data[0, 0] = float("inf")
    with pytest.raises(ModelUnavailable, match=r"head\.linear\.weight holds values that are not finite"):
        save_network(card, network, tmp_path / "model")
    assert not (tmp_path / "model").exists()


def test_a_network_that_is_not_the_cards_is_not_saved(tmp_path: Path) -> None:
    other = make_network(make_card(config={"widths": [4, 8], "size": 32}))
    with pytest.raises(ModelUnavailable, match="do not fit its architecture"):
        save_network(make_card(), other, tmp_path)


def test_loading_never_fetches_imagenet_weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from radassist.networks import efficientnet_lite

    card = make_card("efficientnet_lite0", {"size": 32})
    network = make_network(card)
    saved = save_network(card.model_copy(update={"config": {"size": 32, "pretrained": True}}), network, tmp_path)
    assert saved.config == {"size": 32}
    write_card(saved.model_copy(update={"config": {"size": 32, "pretrained": True}}), tmp_path)

    def fail(name: str) -> None:
        raise AssertionError(name)

    monkeypatch.setattr(efficientnet_lite, "import_module", fail)
    load_network(str(tmp_path))
