"""The same network by torch and by OpenVINO: the same answers, and a film's own whatever films it came with."""

from collections.abc import Sequence

import numpy as np
import pytest
import torch
from helpers.models import make_card, make_network
from numpy.typing import NDArray
from torch import nn

from radassist.domain.precision import Precision
from radassist.domain.study import FilmSource
from radassist.imaging.formats import read_radiograph
from radassist.imaging.rendering import to_grey8
from radassist.inference.backends import BackendMaker
from radassist.inference.calibration import calibrated_probabilities
from radassist.inference.openvino_backend import OpenVinoBackend
from radassist.inference.openvino_graph import convert
from radassist.inference.openvino_runtime import compile_graph
from radassist.inference.torch_backend import TorchBackend
from radassist.networks.card import ModelCard
from radassist.networks.catalogue import list_models
from radassist.networks.preprocess import Preprocess
from radassist.networks.weights import load_network
from radassist.paths import samples_dir

CARD = make_card(config={"widths": [8, 16], "size": 64})


@pytest.fixture(scope="module")
def network() -> nn.Module:
    made: nn.Module = make_network(CARD)
    for module in made.modules():
        if isinstance(module, nn.BatchNorm2d):
            nn.init.uniform_(module.running_mean, -0.2, 0.2)
            nn.init.uniform_(module.running_var, 0.5, 1.5)
    return made


@pytest.fixture(scope="module")
def backend(network: nn.Module) -> OpenVinoBackend:
    graph = convert(network, CARD)
    return OpenVinoBackend(compile_graph(graph.xml, graph.weights, Precision.FLOAT32), CARD.block_specs)


def _greys(films: int, side: int = 64) -> NDArray[np.uint8]:
    return np.random.default_rng(4).integers(0, 256, (films, side, side), dtype=np.uint8)


def test_logits_and_maps_are_those_of_the_network_in_float64(network: nn.Module, backend: OpenVinoBackend) -> None:
    greys = _greys(5)
    output = backend.run(greys, CARD.block_specs)
    exact = make_network(CARD).double()
    exact.load_state_dict(network.state_dict())
    with torch.no_grad():
        maps = [(torch.from_numpy(greys)[:, None].double() / 255 - 0.5) / 0.25]
        for block in exact.features:
            maps.append(block(maps[-1]))
        logits = exact.head(maps[-1]).numpy()
    np.testing.assert_allclose(output.logits, logits, atol=1e-5)
    assert output.logits.dtype == np.float64
    for recorded, expected in zip(output.maps, maps[1:], strict=True):
        assert recorded.dtype == np.float32
        assert recorded.flags.c_contiguous
        np.testing.assert_allclose(recorded, expected.numpy(), atol=1e-4)


def test_a_film_gets_the_same_bits_whatever_films_it_came_with_and_wherever_it_stood(backend: OpenVinoBackend) -> None:
    greys = _greys(9)
    together = backend.run(greys, CARD.block_specs)
    backwards = backend.run(greys[::-1], CARD.block_specs)
    for row in range(9):
        alone = backend.run(greys[row : row + 1], CARD.block_specs)
        for other, place in ((together, row), (backwards, 8 - row)):
            assert np.array_equal(alone.logits[0], other.logits[place])
            for own, of_batch in zip(alone.maps, other.maps, strict=True):
                assert np.array_equal(own[0], of_batch[place])


def test_asking_for_maps_does_not_change_the_score(backend: OpenVinoBackend) -> None:
    greys = _greys(3)
    assert np.array_equal(backend.run(greys).logits, backend.run(greys, CARD.block_specs).logits)


def test_answers_stay_as_they_are_when_the_next_films_come(backend: OpenVinoBackend) -> None:
    first = backend.run(_greys(4), CARD.block_specs)
    before = [np.copy(array) for array in (first.logits, *first.maps)]
    backend.run(_greys(8)[4:], CARD.block_specs)
    for now, then in zip((first.logits, *first.maps), before, strict=True):
        assert np.array_equal(now, then)


def test_only_the_blocks_that_were_asked_for_come_and_in_their_order(backend: OpenVinoBackend) -> None:
    assert backend.run(_greys(2)).maps == ()
    assert [found.shape[1] for found in backend.run(_greys(2), CARD.block_specs[::-1]).maps] == [16, 8]


def test_it_is_float32_unless_it_says_otherwise(network: nn.Module, backend: OpenVinoBackend) -> None:
    assert backend.title == "OpenVINO"
    graph = convert(network, CARD)
    narrow = compile_graph(graph.xml, graph.weights, Precision.BFLOAT16)
    rough = OpenVinoBackend(narrow, CARD.block_specs, Precision.BFLOAT16)
    assert rough.title == "OpenVINO bf16"
    assert narrow.get_property("INFERENCE_PRECISION_HINT").get_type_name() == "bf16"
    wide = compile_graph(graph.xml, graph.weights, Precision.FLOAT32)
    assert wide.get_property("INFERENCE_PRECISION_HINT").get_type_name() == "f32"


class _Request:
    """A request of a device that has no memory left, or fails."""

    def __init__(self, reason: str) -> None:
        self._reason = reason

    def set_input_tensor(self, _tensor: object) -> None: ...

    def start_async(self) -> None:
        raise RuntimeError(self._reason)

    def wait(self) -> None: ...


class _Compiled:
    def __init__(self, reason: str) -> None:
        self._reason = reason

    def get_property(self, _name: str) -> int:
        return 2

    def create_infer_request(self) -> _Request:
        return _Request(self._reason)


@pytest.mark.parametrize(("reason", "kind"), [("std::bad_alloc", MemoryError), ("illegal", RuntimeError)])
def test_a_device_without_memory_is_told_from_one_that_fails(reason: str, kind: type[Exception]) -> None:
    with pytest.raises(kind):
        OpenVinoBackend(_Compiled(reason), CARD.block_specs).run(_greys(3))


def _samples(card: ModelCard) -> Sequence[NDArray[np.uint8]]:
    films = sorted(path for path in (samples_dir() / "films").rglob("*") if path.is_file())
    preprocess = Preprocess.from_card(card)
    return [preprocess.squash(to_grey8(read_radiograph(FilmSource(film)))) for film in films]


_SMALL = ("gap_cnn", "simple_cnn3")
_SHIPPED = [
    pytest.param(card, id=card.id, marks=() if card.id in _SMALL else pytest.mark.slow) for card in list_models()
]


@pytest.mark.parametrize("card", _SHIPPED)
def test_each_shipped_model_gives_the_samples_the_probabilities_it_gives_by_torch(card: ModelCard) -> None:
    loaded = load_network(card.id)
    greys = np.stack(_samples(card))
    ours = BackendMaker(loaded.folder, card)("cpu")
    assert ours.title == "OpenVINO"
    torchs = TorchBackend(loaded.network, "cpu", card.input).run(greys, card.block_specs)
    output = ours.run(greys, card.block_specs)
    temperature = card.calibration.temperature
    here, there = (calibrated_probabilities(each.logits, temperature) for each in (output, torchs))
    assert np.abs(here - there).max() < 1e-5  # ten times closer than what is promised
    for block, other in zip(output.maps, torchs.maps, strict=True):
        np.testing.assert_allclose(block, other, atol=1e-3 * np.abs(other).max())
