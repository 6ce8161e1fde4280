"""Converted networks, kept so that the next start needs no torch. A file that is damaged or out of date is not used."""

import hashlib
import logging
import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from tempfile import NamedTemporaryFile

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load as parse_arrays
from safetensors.numpy import save as pack_arrays

from radassist import paths
from radassist.inference.source_digest import source_digest
from radassist.networks.card import ModelCard

_SUFFIX = ".graph"
_DIGEST_BYTES = 32
_KEPT_SECONDS = 60 * 24 * 3600
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, eq=False)
class Graph:
    """A network in OpenVINO's own format, which holds no code.

    Attributes:
        xml: Its layers.
        weights: Its constants.
        probe_logits: (labels,) float64; torch's answer to the probe picture.
    """

    xml: bytes
    weights: bytes
    probe_logits: NDArray[np.float64]


def graph_file(card: ModelCard) -> Path:
    """Where the graph of a model is kept.

    The name changes with everything that the graph follows from: weights, the card's network, input and blocks, the
    version of OpenVINO, and the code that makes networks and graphs of them.
    """
    facts = card.model_dump_json(include={"architecture", "config", "input", "blocks", "labels", "weights_sha256"})
    key = "\n".join((facts, version("openvino"), source_digest(("networks", "inference"))))
    return paths.cache_dir() / f"{card.id}-{hashlib.sha256(key.encode()).hexdigest()[:32]}{_SUFFIX}"


def read_graph(file: Path) -> Graph | None:
    """The graph kept in `file`, None where there is none that is whole."""
    try:
        data = file.read_bytes()
        os.utime(file)  # it is in use
    except OSError:
        return None
    digest, packed = data[:_DIGEST_BYTES], data[_DIGEST_BYTES:]
    if hashlib.sha256(packed).digest() != digest:
        _LOG.warning("The kept graph %s is damaged and is made again.", file.name)
        return None
    try:
        arrays = parse_arrays(packed)
        return Graph(arrays["xml"].tobytes(), arrays["weights"].tobytes(), arrays["probe_logits"])
    except (SafetensorError, KeyError):
        return None


def write_graph(graph: Graph, file: Path) -> None:
    """Keep `graph` in `file`, for the user's eyes only; whoever reads at the same time sees the old file or the new.

    Raises:
        OSError: If it cannot be written.
    """
    folder = paths.make_private(file.parent)
    arrays: dict[str, NDArray[np.generic]] = {
        "xml": np.frombuffer(graph.xml, np.uint8),
        "weights": np.frombuffer(graph.weights, np.uint8),
        "probe_logits": graph.probe_logits,
    }
    packed = pack_arrays(arrays)
    with NamedTemporaryFile(dir=folder, prefix=".", suffix=".part", delete=False) as part:  # made with mode 0600
        part.write(hashlib.sha256(packed).digest() + packed)
    Path(part.name).replace(file)
    _drop_unused([*folder.glob(f"*{_SUFFIX}"), *folder.glob(".*.part")])


def _drop_unused(files: Sequence[Path]) -> None:
    """Each version of the program leaves a graph of every model behind."""
    for file in files:
        try:
            if time.time() - file.stat().st_mtime > _KEPT_SECONDS:
                file.unlink()
        except OSError:  # another process was faster, or still reads it
            continue
