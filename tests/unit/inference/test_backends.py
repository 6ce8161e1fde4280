"""Which library runs a model, and that a wrong or missing graph costs time and never a number."""

import logging
import sys
from pathlib import Path

import numpy as np
import pytest
import torch
from helpers.models import make_card, make_network, save_model

from radassist.domain.errors import ModelUnavailable
from radassist.domain.precision import Precision
from radassist.inference import backends
from radassist.inference.backends import BackendMaker
from radassist.inference.graph_cache import Graph, graph_file, read_graph, write_graph
from radassist.inference.graph_maker import GraphNotMade
from radassist.inference.torch_backend import TorchBackend
from radassist.networks.card import WEIGHTS_NAME, ModelCard

GREYS = np.random.default_rng(1).integers(0, 256, (2, 32, 32), dtype=np.uint8)


@pytest.fixture
def model(tmp_path: Path) -> tuple[Path, ModelCard]:
    return tmp_path, save_model(tmp_path)


def _expected(card: ModelCard) -> np.ndarray:
    return TorchBackend(make_network(card), "cpu", card.input).run(GREYS).logits


def test_the_cpu_is_openvinos_and_the_graph_is_kept(model: tuple[Path, ModelCard]) -> None:
    folder, card = model
    backend = BackendMaker(folder, card)("cpu")
    assert backend.title == "OpenVINO"
    np.testing.assert_allclose(backend.run(GREYS).logits, _expected(card), atol=1e-5)
    assert read_graph(graph_file(card)) is not None


def test_the_kept_graph_is_used_and_no_other_is_made(
    model: tuple[Path, ModelCard], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, card = model
    BackendMaker(folder, card)("cpu")
    monkeypatch.setattr(backends, "make_graph_anew", lambda *_: pytest.fail("made again"))
    assert BackendMaker(folder, card)("cpu").title == "OpenVINO"


def _damaged(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-3] + b"xyz")


def _another_networks(file: Path) -> None:
    """Whole, of the right shape, and wrong."""
    kept = read_graph(file)
    assert kept is not None
    write_graph(Graph(kept.xml, kept.weights, kept.probe_logits + np.array([1.0, -1.0])), file)


def _not_a_graph(file: Path) -> None:
    write_graph(Graph(b"<net", b"", np.zeros(2)), file)


@pytest.mark.parametrize("spoil", [_damaged, _another_networks, _not_a_graph, Path.unlink])
def test_a_kept_graph_that_is_not_right_is_made_again(model: tuple[Path, ModelCard], spoil) -> None:
    folder, card = model
    BackendMaker(folder, card)("cpu")
    spoil(graph_file(card))
    backend = BackendMaker(folder, card)("cpu")
    assert backend.title == "OpenVINO"
    np.testing.assert_allclose(backend.run(GREYS).logits, _expected(card), atol=1e-5)
    kept = read_graph(graph_file(card))
    assert kept is not None
    assert len(kept.xml) > 1000


def _not_made(*_: object) -> Graph:
    raise GraphNotMade("no such operation")


def _wrong(_folder: Path, card: ModelCard, file: Path, _network: object) -> Graph:
    kept = read_graph(file)
    assert kept is not None
    return Graph(kept.xml, kept.weights, np.array([np.nan, 0.0]))


@pytest.mark.parametrize("made", [_not_made, _wrong])
def test_without_a_right_graph_torch_does_it_and_the_log_says_so(
    model: tuple[Path, ModelCard], made, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    folder, card = model
    BackendMaker(folder, card)("cpu")
    monkeypatch.setattr(backends, "make_graph_anew", made)
    _another_networks(graph_file(card))
    try:
        with caplog.at_level(logging.WARNING, "radassist"):
            backend = BackendMaker(folder, card)("cpu")
    finally:
        graph_file(card).unlink()
    assert backend.title == "torch"
    assert np.array_equal(backend.run(GREYS).logits, _expected(card))
    assert "Model tiny is run by torch, which takes longer." in caplog.messages


def test_without_openvino_torch_does_it(model: tuple[Path, ModelCard], monkeypatch: pytest.MonkeyPatch) -> None:
    folder, card = model
    BackendMaker(folder, card)("cpu")
    monkeypatch.setitem(sys.modules, "openvino", None)
    assert BackendMaker(folder, card)("cpu").title == "torch"


def test_without_torch_a_model_that_was_never_converted_says_what_it_needs(
    model: tuple[Path, ModelCard], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, card = model
    monkeypatch.setattr(backends, "make_graph_anew", _not_made)
    monkeypatch.setattr(backends, "read_graph", lambda _file: None)
    monkeypatch.setattr(backends, "import_torch", lambda: None)
    with pytest.raises(ModelUnavailable, match="needs torch, which cannot be loaded on this machine"):
        BackendMaker(folder, card)("cpu")


def test_a_graph_does_not_outlive_the_weights_it_was_made_of(model: tuple[Path, ModelCard]) -> None:
    folder, card = model
    BackendMaker(folder, card)("cpu")
    (folder / WEIGHTS_NAME).write_bytes(b"others")
    with pytest.raises(ModelUnavailable, match="checksums differ"):
        BackendMaker(folder, card)("cpu")


def test_when_a_card_fails_the_model_is_still_there_though_its_files_are_gone(
    model: tuple[Path, ModelCard], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, card = model
    maker = BackendMaker(folder, card)
    assert maker("meta").title == "torch"  # stands for a graphics card: torch alone runs on it
    (folder / WEIGHTS_NAME).unlink()
    np.testing.assert_allclose(maker("cpu").run(GREYS).logits, _expected(card), atol=1e-5)


def test_bf16_is_openvinos_on_the_cpu_alone(model: tuple[Path, ModelCard], monkeypatch: pytest.MonkeyPatch) -> None:
    folder, card = model
    maker = BackendMaker(folder, card, Precision.BFLOAT16)
    assert maker("cpu").title == "OpenVINO bf16"
    with pytest.raises(ModelUnavailable, match="Only OpenVINO on the CPU computes in bf16"):
        maker("cuda:0")
    monkeypatch.setitem(sys.modules, "openvino", None)
    with pytest.raises(ModelUnavailable, match="Only OpenVINO on the CPU computes in bf16"):
        maker("cpu")


@pytest.mark.parametrize(
    ("architecture", "config"),
    [
        ("lenet", {}),
        ("mlp", {"size": 32, "hidden": 5}),
        ("simple_cnn", {}),
        ("simple_cnn3", {}),
        ("gap_cnn", {"widths": [4, 6], "size": 32}),
    ],
)
def test_the_small_architectures_can_be_converted(tmp_path: Path, architecture: str, config: dict[str, object]) -> None:
    _check_converts(tmp_path, architecture, config)


LARGE = (
    "densenet121",
    "efficientnet_b0",
    "pneumonia_cnn",
    "resnet18",
    "vgg11",
)
"""One of each family: the others of a family are made of the same layers."""


@pytest.mark.slow
@pytest.mark.parametrize("architecture", LARGE)
def test_the_large_architectures_can_be_converted(tmp_path: Path, architecture: str) -> None:
    _check_converts(tmp_path, architecture, {})


def _check_converts(folder: Path, architecture: str, config: dict[str, object]) -> None:
    card = save_model(folder, make_card(architecture, config))
    backend = BackendMaker(folder, card)("cpu")
    assert backend.title == "OpenVINO"
    greys = np.random.default_rng(1).integers(0, 256, (2, card.input.height, card.input.width), dtype=np.uint8)
    theirs = TorchBackend(make_network(card), "cpu", card.input).run(greys, card.block_specs)
    ours = backend.run(greys, card.block_specs)
    np.testing.assert_allclose(ours.logits, theirs.logits, atol=1e-4 * max(1.0, np.abs(theirs.logits).max()))
    assert [found.shape for found in ours.maps] == [found.shape for found in theirs.maps]


def test_torch_is_given_no_more_threads_than_help(
    model: tuple[Path, ModelCard], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, card = model
    limited: list[bool] = []
    monkeypatch.setattr(backends, "limit_threads", lambda cores: limited.append(cores is None))
    BackendMaker(folder, card)("meta")
    assert limited == [True]
    assert torch.get_num_threads() >= 1
