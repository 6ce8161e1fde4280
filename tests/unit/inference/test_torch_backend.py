import re

import numpy as np
import pytest
import torch
from torch import nn

from radassist.domain.analysis import BlockSpec
from radassist.domain.errors import UserError
from radassist.inference.torch_backend import TorchBackend
from radassist.networks.card import InputSpec
from radassist.networks.registry import create_network

SPEC = InputSpec(channels=1, height=64, width=64, mean=(0.45,), std=(0.22,))


@pytest.fixture(scope="module")
def network() -> nn.Module:
    torch.manual_seed(5)
    made: nn.Module = create_network("gap_cnn", widths=(8, 16, 32), size=64)
    for module in made.modules():
        if isinstance(module, nn.BatchNorm2d):
            nn.init.uniform_(module.running_mean, -0.2, 0.2)
            nn.init.uniform_(module.running_var, 0.5, 1.5)
    return made


def _batch(films: int, seed: int = 2) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 256, (films, 64, 64), dtype=np.uint8)


def test_logits_and_maps_are_those_of_a_plain_forward_pass_in_float64(network: nn.Module) -> None:
    batch = _batch(3)
    output = TorchBackend(network, "cpu", SPEC).run(batch, network.blocks)
    exact = create_network("gap_cnn", widths=(8, 16, 32), size=64).double().eval()
    exact.load_state_dict(network.state_dict())
    with torch.no_grad():
        maps = [(torch.from_numpy(batch)[:, None].double() / 255 - 0.45) / 0.22]
        for block in exact.features:
            maps.append(block(maps[-1]))
        logits = exact.head(maps[-1]).numpy()
    np.testing.assert_allclose(output.logits, logits, atol=1e-5)
    assert output.logits.dtype == np.float64
    for recorded, expected in zip(output.maps, maps[1:], strict=True):
        assert recorded.dtype == np.float32
        assert recorded.flags.c_contiguous
        np.testing.assert_allclose(recorded, expected.numpy(), atol=1e-4)


def test_a_batch_gives_what_its_films_give_alone(network: nn.Module) -> None:
    backend, batch = TorchBackend(network, "cpu", SPEC), _batch(5)
    together = backend.run(batch, network.blocks)
    for row in range(5):
        alone = backend.run(batch[row : row + 1], network.blocks)
        np.testing.assert_allclose(together.logits[row], alone.logits[0], atol=1e-6)
        for block_maps, own_maps in zip(together.maps, alone.maps, strict=True):
            np.testing.assert_allclose(block_maps[row], own_maps[0], atol=1e-5)


def test_a_network_left_in_training_mode_is_run_in_eval_mode(network: nn.Module) -> None:
    first = TorchBackend(network, "cpu", SPEC).run(_batch(2)).logits
    second = TorchBackend(network.train(), "cpu", SPEC).run(_batch(2)).logits
    assert np.array_equal(first, second)


def test_only_the_blocks_that_were_asked_for_are_recorded(network: nn.Module) -> None:
    blocks: tuple[BlockSpec, ...] = network.blocks
    backend = TorchBackend(network, "cpu", SPEC)
    assert backend.run(_batch(2)).maps == ()
    assert [found.shape for found in backend.run(_batch(2), blocks[2:]).maps] == [(2, 32, 8, 8)]


def test_there_is_one_forward_pass_for_scores_and_maps(network: nn.Module) -> None:
    passes: list[int] = []
    handle = network.register_forward_hook(lambda *_: passes.append(1))
    try:
        TorchBackend(network, "cpu", SPEC).run(_batch(1), network.blocks)
    finally:
        handle.remove()
    assert passes == [1]


def test_the_exact_arithmetic_asked_for_does_not_outlive_the_run(network: nn.Module) -> None:
    before = torch.backends.cudnn.allow_tf32
    seen: list[bool] = []
    handle = network.register_forward_hook(lambda *_: seen.append(torch.backends.cudnn.allow_tf32))
    try:
        TorchBackend(network, "cpu", SPEC).run(_batch(1))
    finally:
        handle.remove()
    assert seen == [False]
    assert torch.backends.cudnn.allow_tf32 == before


def test_a_film_of_another_size_is_told_what_is_wanted() -> None:
    backend = TorchBackend(create_network("simple_cnn"), "cpu", SPEC)
    with pytest.raises(UserError, match="32x32"):
        backend.run(np.zeros((1, 40, 40), np.uint8))


@pytest.mark.gpu
def test_a_card_agrees_with_the_cpu(network: nn.Module) -> None:
    batch = _batch(4)
    on_card = TorchBackend(network, "cuda", SPEC).run(batch, network.blocks)
    on_cpu = TorchBackend(network, "cpu", SPEC).run(batch, network.blocks)
    np.testing.assert_allclose(on_card.logits, on_cpu.logits, atol=1e-5)


def test_a_film_gets_the_same_bits_whatever_films_it_came_with(network: nn.Module) -> None:
    backend, batch = TorchBackend(network, "cpu", SPEC), _batch(8)
    together = backend.run(batch, network.blocks)
    for row in range(8):
        alone = backend.run(batch[row : row + 1], network.blocks)
        assert np.array_equal(alone.logits[0], together.logits[row])
        assert np.array_equal(alone.maps[0][0], together.maps[0][row])


class _Failing(nn.Module):
    def __init__(self, error: Exception) -> None:
        super().__init__()
        self._error = error

    def forward(self, batch: torch.Tensor) -> torch.Tensor:
        raise self._error


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (torch.OutOfMemoryError("CUDA out of memory"), MemoryError),
        (RuntimeError("[enforce fail] DefaultCPUAllocator: can't allocate memory"), MemoryError),
        (RuntimeError("shapes cannot be multiplied"), RuntimeError),
        (torch.AcceleratorError("illegal access"), RuntimeError),
    ],
)
def test_want_of_memory_is_told_from_other_failures(error: Exception, kind: type[Exception]) -> None:
    with pytest.raises(kind, match=re.escape(str(error))):
        TorchBackend(_Failing(error), "cpu", SPEC).run(_batch(1))
