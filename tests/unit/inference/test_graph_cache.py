import os
import stat
import time
from importlib import metadata
from pathlib import Path

import numpy as np
import pytest
from helpers.cards import make_card

from radassist import paths
from radassist.inference import graph_cache
from radassist.inference.graph_cache import Graph, graph_file, read_graph, write_graph

GRAPH = Graph(b"<net/>", b"\x00\x01\x02", np.array([0.5, -1.25]))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "kept" / "made-up-0.graph"
    write_graph(GRAPH, file)
    return file


def test_a_graph_comes_back_as_it_was_kept(file: Path) -> None:
    kept = read_graph(file)
    assert kept is not None
    assert (kept.xml, kept.weights) == (GRAPH.xml, GRAPH.weights)
    assert np.array_equal(kept.probe_logits, GRAPH.probe_logits)


def test_only_the_user_may_read_it_and_nothing_else_is_left(file: Path) -> None:
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert list(file.parent.iterdir()) == [file]


@pytest.mark.parametrize("place", [0, 40, -1])
def test_one_changed_byte_is_noticed(file: Path, place: int) -> None:
    data = bytearray(file.read_bytes())
    data[place] ^= 1
    file.write_bytes(data)
    assert read_graph(file) is None


@pytest.mark.parametrize("size", [0, 10, 32, 100])
def test_a_file_that_ends_early_is_noticed(file: Path, size: int) -> None:
    file.write_bytes(file.read_bytes()[:size])
    assert read_graph(file) is None


def test_a_whole_file_of_another_kind_is_no_graph(file: Path) -> None:
    from hashlib import sha256

    file.write_bytes(sha256(b"else").digest() + b"else")
    assert read_graph(file) is None
    assert read_graph(file.with_name("none.graph")) is None


def test_the_name_follows_from_all_that_the_graph_follows_from(monkeypatch: pytest.MonkeyPatch) -> None:
    card = make_card()
    assert graph_file(card) == graph_file(card.model_copy(update={"title": "Another title"}))
    assert graph_file(card).parent == paths.cache_dir()
    others = [
        graph_file(card.model_copy(update=change))
        for change in (
            {"weights_sha256": "1" * 64},
            {"config": {"widths": [4, 9], "size": 32}},
            {"input": card.input.model_copy(update={"mean": (0.4,)})},
            {"blocks": ()},
            {"labels": ("PNEUMONIA", "NORMAL")},
        )
    ]
    monkeypatch.setattr(metadata, "version", lambda _name: "1999.1")
    monkeypatch.setattr(graph_cache, "version", lambda _name: "1999.1")
    others.append(graph_file(card))
    monkeypatch.setattr(graph_cache, "source_digest", lambda _packages: "other code")
    others.append(graph_file(card))
    assert len({graph_file(card), *others}) == len(others)
    monkeypatch.undo()
    assert graph_file(card) not in others


def test_graphs_that_nobody_used_for_months_go_and_used_ones_stay(file: Path) -> None:
    old = time.time() - 90 * 24 * 3600
    unused, used = file.with_name("unused.graph"), file.with_name("used.graph")
    for each in (unused, used):
        write_graph(GRAPH, each)
        os.utime(each, (old, old))
    read_graph(used)
    write_graph(GRAPH, file)
    assert sorted(file.parent.iterdir()) == sorted((file, used))
