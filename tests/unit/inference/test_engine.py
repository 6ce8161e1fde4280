from collections.abc import Callable, Sequence

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from torch import nn

from radassist.domain.analysis import BlockSpec
from radassist.domain.errors import UserError
from radassist.inference.backend import BatchOutput
from radassist.inference.device import DeviceChoice
from radassist.inference.engine import FilmScore, InferenceEngine
from radassist.inference.torch_backend import TorchBackend
from radassist.networks.card import InputSpec
from radassist.networks.registry import create_network

CARD = DeviceChoice("cuda:0", "Test card (CUDA)", "Asked for.")
CPU = DeviceChoice("cpu", "CPU (2 cores)", "Asked for.")
SPEC = InputSpec(channels=1, height=16, width=16, mean=(0.5,), std=(0.3,))
Trouble = Callable[[str, NDArray[np.uint8]], None]


class TroubledBackend:
    """The real backend on the CPU, after `trouble` had its chance to raise; remembers what it was asked."""

    title = "troubled"

    def __init__(self, network: nn.Module, device: str, trouble: Trouble, asked: list[tuple[str, int]]) -> None:
        self._backend = TorchBackend(network, "cpu", SPEC)
        self._device, self._trouble, self._asked = device, trouble, asked

    def run(self, batch: NDArray[np.uint8], blocks: Sequence[BlockSpec] = ()) -> BatchOutput:
        self._asked.append((self._device, len(batch)))
        self._trouble(self._device, batch)
        return self._backend.run(batch, blocks)


@pytest.fixture(scope="module")
def network() -> nn.Module:
    torch.manual_seed(1)
    made: nn.Module = create_network("gap_cnn", widths=(4, 6), size=16)
    return made


@pytest.fixture
def asked() -> list[tuple[str, int]]:
    return []


def _engine(
    network: nn.Module, device: DeviceChoice, trouble: Trouble, asked: list[tuple[str, int]]
) -> InferenceEngine:
    return InferenceEngine(device, lambda name: TroubledBackend(network, name, trouble, asked))


def _batch(films: int) -> NDArray[np.uint8]:
    return np.random.default_rng(3).integers(0, 256, (films, 16, 16), dtype=np.uint8)


def _expected(network: nn.Module, batch: NDArray[np.uint8]) -> NDArray[np.float64]:
    return TorchBackend(network, "cpu", SPEC).run(batch).logits


def _logits(answers: Sequence[FilmScore | UserError]) -> NDArray[np.float64]:
    assert all(isinstance(answer, FilmScore) for answer in answers)
    return np.stack([answer.logits for answer in answers if isinstance(answer, FilmScore)])


def no_trouble(_device: str, _batch: NDArray[np.uint8]) -> None:
    """Nothing goes wrong."""


def memory_for(films: int, device: str = "cuda:0") -> Trouble:
    def trouble(running_on: str, batch: NDArray[np.uint8]) -> None:
        if running_on == device and len(batch) > films:
            raise MemoryError("out of memory")

    return trouble


def test_every_film_gets_its_score_and_maps_in_order(network: nn.Module, asked: list[tuple[str, int]]) -> None:
    batch = _batch(3)
    result = _engine(network, CPU, no_trouble, asked).predict(batch, network.blocks)
    np.testing.assert_array_equal(_logits(result.answers), _expected(network, batch))
    assert result.notices == ()
    assert result.seconds > 0
    first = result.answers[0]
    assert isinstance(first, FilmScore)
    assert [found.shape for found in first.maps] == [(4, 8, 8), (6, 4, 4)]


@pytest.mark.parametrize("device", [CARD, CPU])
def test_a_batch_too_big_for_the_memory_is_halved_until_it_fits(
    network: nn.Module, asked: list[tuple[str, int]], device: DeviceChoice
) -> None:
    batch = _batch(11)
    engine = _engine(network, device, memory_for(3, device.name), asked)
    result = engine.predict(batch)
    assert [films for _, films in asked] == [11, 5, 2, 2, 2, 2, 2, 1]
    np.testing.assert_allclose(_logits(result.answers), _expected(network, batch), atol=1e-6)
    assert result.notices == ()
    assert engine.device is device


def test_the_size_that_fitted_is_remembered(network: nn.Module, asked: list[tuple[str, int]]) -> None:
    engine = _engine(network, CARD, memory_for(2), asked)
    engine.predict(_batch(4))
    asked.clear()
    engine.predict(_batch(4))
    assert [films for _, films in asked] == [2, 2]


def test_a_card_without_memory_for_one_film_hands_over_to_the_cpu(
    network: nn.Module, asked: list[tuple[str, int]]
) -> None:
    batch = _batch(4)
    engine = _engine(network, CARD, memory_for(0), asked)
    result = engine.predict(batch)
    assert asked == [("cuda:0", 4), ("cuda:0", 2), ("cuda:0", 1), ("cpu", 4)]
    np.testing.assert_allclose(_logits(result.answers), _expected(network, batch), atol=1e-6)
    assert [notice.code for notice in result.notices] == ["DEVICE"]
    assert "Test card (CUDA) ran out of memory" in result.notices[0].sentence
    assert engine.device.is_cpu
    assert engine.predict(batch).notices == ()


def test_a_card_that_fails_halfway_loses_no_film(network: nn.Module, asked: list[tuple[str, int]]) -> None:
    calls = iter([MemoryError("out of memory"), None, torch.AcceleratorError("illegal access")])

    def trouble(device: str, _batch: NDArray[np.uint8]) -> None:
        error = next(calls, None) if device == "cuda:0" else None
        if error is not None:
            raise error

    batch = _batch(6)
    engine = _engine(network, CARD, trouble, asked)
    result = engine.predict(batch)
    assert asked == [("cuda:0", 6), ("cuda:0", 3), ("cuda:0", 3), ("cpu", 3)]
    np.testing.assert_allclose(_logits(result.answers), _expected(network, batch), atol=1e-6)
    assert "failed" in result.notices[0].sentence
    assert engine.device.is_cpu


def test_a_cpu_without_memory_for_one_film_fails_that_film_with_a_sentence(
    network: nn.Module, asked: list[tuple[str, int]]
) -> None:
    result = _engine(network, CPU, memory_for(0, "cpu"), asked).predict(_batch(2))
    assert [str(answer) for answer in result.answers] == [
        "This film could not be scored: this machine has too little memory for it."
    ] * 2


def test_an_error_on_the_cpu_is_a_bug_and_is_not_hidden(network: nn.Module, asked: list[tuple[str, int]]) -> None:
    def trouble(_device: str, _batch: NDArray[np.uint8]) -> None:
        raise RuntimeError("shapes cannot be multiplied")

    with pytest.raises(RuntimeError, match="cannot be multiplied"):
        _engine(network, CARD, trouble, asked).predict(_batch(1))
    assert [device for device, _ in asked] == ["cuda:0", "cpu"]


def test_it_tells_device_and_backend_before_and_after_a_fall(network: nn.Module, asked: list[tuple[str, int]]) -> None:
    engine = _engine(network, CARD, memory_for(0), asked)
    assert engine.words == "Test card (CUDA), troubled"
    engine.predict(_batch(1))
    assert engine.words.startswith("CPU (")
    assert engine.words.endswith(", troubled")


def test_a_score_that_is_not_finite_is_never_given(asked: list[tuple[str, int]]) -> None:
    broken = create_network("gap_cnn", widths=(4,), size=16)
    broken.head.linear.bias.data[1] = float("nan")
    answers = _engine(broken, CPU, no_trouble, asked).predict(_batch(2)).answers
    assert [str(answer) for answer in answers] == [
        "This film could not be scored: the model's answer was not a finite number."
    ] * 2


def test_an_empty_batch_asks_nothing(network: nn.Module, asked: list[tuple[str, int]]) -> None:
    assert _engine(network, CPU, no_trouble, asked).predict(_batch(0)).answers == ()
    assert asked == []
