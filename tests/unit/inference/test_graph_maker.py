import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
import torch
from helpers.models import make_network, save_model

from radassist.inference import graph_maker
from radassist.inference.graph_cache import read_graph
from radassist.inference.graph_maker import GraphNotMade, make_graph_anew
from radassist.inference.probe import probe_grey
from radassist.inference.torch_backend import TorchBackend
from radassist.networks.card import ModelCard


@pytest.fixture
def model(tmp_path: Path) -> tuple[Path, ModelCard]:
    folder = tmp_path / "tiny"
    return folder, save_model(folder)


def test_the_graph_is_kept_with_torchs_own_answer_to_the_probe(model: tuple[Path, ModelCard], tmp_path: Path) -> None:
    folder, card = model
    graph = make_graph_anew(folder, card, tmp_path / "cache" / "a.graph")
    kept = read_graph(tmp_path / "cache" / "a.graph")
    assert kept is not None
    assert (kept.xml, kept.weights) == (graph.xml, graph.weights)
    answer = TorchBackend(make_network(card), "cpu", card.input).run(probe_grey(card.input)[None]).logits[0]
    assert np.array_equal(kept.probe_logits, answer)


def test_where_torch_is_not_loaded_another_process_loads_it(
    model: tuple[Path, ModelCard], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, card = model
    file = tmp_path / "cache" / "a.graph"
    asked: list[list[str]] = []

    def run(command: list[str], **_: object) -> "subprocess.CompletedProcess[str]":
        asked.append(command)
        monkeypatch.setitem(sys.modules, "torch", torch)  # as in a process of its own
        graph_maker.main(command[-2:])
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.delitem(sys.modules, "torch")
    make_graph_anew(folder, card, file)
    assert asked == [[sys.executable, "-P", "-m", "radassist.inference.graph_maker", str(folder), str(file)]]


def test_why_there_is_no_graph_is_told_without_a_path(
    model: tuple[Path, ModelCard], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, card = model
    (folder / "weights.safetensors").unlink()
    with pytest.raises(GraphNotMade, match=r"^ModelUnavailable$"):
        make_graph_anew(folder, card, tmp_path / "a.graph")
    with pytest.raises(SystemExit, match=r"^ModelUnavailable$"):
        graph_maker.main([str(folder), str(tmp_path / "a.graph")])


@pytest.mark.parametrize(
    ("ending", "told"),
    [
        (subprocess.CompletedProcess([], 1, "", "Traceback\nValueError: no\n"), "ValueError: no"),
        (subprocess.CompletedProcess([], -9, "", ""), "the converter died"),
        (subprocess.TimeoutExpired([], 1), "did not end: TimeoutExpired"),
        (PermissionError(), "did not end: PermissionError"),
    ],
)
def test_a_converter_that_fails_is_no_graph(
    model: tuple[Path, ModelCard], tmp_path: Path, ending: object, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(*_: object, **__: object) -> object:
        if isinstance(ending, Exception):
            raise ending
        return ending

    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.delitem(sys.modules, "torch")
    with pytest.raises(GraphNotMade, match=told):
        make_graph_anew(*model, tmp_path / "a.graph")


def test_a_folder_that_cannot_be_made_is_no_graph(model: tuple[Path, ModelCard], tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(GraphNotMade, match="it cannot be kept"):
        make_graph_anew(*model, tmp_path / "file" / "a.graph")


def test_two_models_are_converted_one_after_the_other(model: tuple[Path, ModelCard], tmp_path: Path) -> None:
    with ThreadPoolExecutor(3) as pool:
        making = [pool.submit(make_graph_anew, *model, tmp_path / f"{number}.graph") for number in range(3)]
        graphs = [graph.result(120) for graph in making]
    alone = make_graph_anew(*model, tmp_path / "alone.graph")
    assert {graph.weights for graph in graphs} == {alone.weights}
