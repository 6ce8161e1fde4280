"""Converts a model for OpenVINO, once, in a process of its own: torch stays out of the program that scores films."""

import os
import subprocess
import sys
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from radassist import paths
from radassist.domain.errors import UserError
from radassist.inference.graph_cache import Graph, read_graph, write_graph
from radassist.networks.card import ModelCard, read_card

if TYPE_CHECKING:
    from torch import nn

_SECONDS = 300.0
_LONGEST = 300
_REFUSALS = (
    UserError, RuntimeError, TypeError, ValueError, LookupError, AttributeError, AssertionError, ImportError, OSError
)  # fmt: skip
"""What two libraries, one reading the other's inner forms, raise where they cannot; the first is the network's own."""

_CONVERTING = Lock()
"""Two exports in one process collide: torch keeps what it traces for the whole process, not for the thread."""


class GraphNotMade(Exception):
    """There is no graph; the text says why, for the log."""


def make_graph_anew(folder: Path, card: ModelCard, file: Path, network: "nn.Module | None" = None) -> Graph:
    """Convert the model in `folder` and keep the graph in `file`.

    Args:
        folder: With card and weights.
        card: Of the model.
        file: Replaced if it exists.
        network: The model's, where it is loaded already.

    Raises:
        GraphNotMade: If that cannot be.
    """
    try:
        paths.make_private(file.parent)
    except OSError as error:
        raise GraphNotMade(f"it cannot be kept: {error.strerror}") from error
    # Where torch is loaded already, a process of its own would save nothing.
    if network is None and "torch" not in sys.modules:
        return _made_by_child(folder, file)
    return _made_here(folder, card, file, network)


def main(arguments: list[str]) -> None:
    """Convert the model in a folder into a file; what hinders it is the last line on stderr."""
    folder, file = map(Path, arguments)
    try:
        _made_here(folder, read_card(folder), file)
    except GraphNotMade as error:
        sys.exit(str(error))


def _made_here(folder: Path, card: ModelCard, file: Path, network: "nn.Module | None" = None) -> Graph:
    try:
        from radassist.inference.openvino_graph import convert
        from radassist.networks.weights import load_network_from

        with _CONVERTING:
            graph = convert(network or load_network_from(folder, card).network, card)
        write_graph(graph, file)
    except _REFUSALS as error:
        raise GraphNotMade(_in_words(error)) from error
    return graph


def _made_by_child(folder: Path, file: Path) -> Graph:
    # As decoder children are started: `-P` keeps the current folder, which may be a stranger's, out of the search.
    command = [sys.executable, "-P", "-m", __spec__.name, str(folder.resolve()), str(file)]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(entry for entry in sys.path if entry)}
    try:
        run = subprocess.run(
            command,
            env=environment,
            capture_output=True,
            text=True,
            timeout=_SECONDS,
            check=False,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise GraphNotMade(f"the converter did not end: {type(error).__name__}") from error
    graph = read_graph(file)
    if run.returncode or graph is None:
        raise GraphNotMade(run.stderr.strip().rpartition("\n")[2][:_LONGEST] or "the converter died")
    return graph


def _in_words(error: Exception) -> str:
    """For the log, which holds no paths."""
    name = type(error).__name__
    return name if isinstance(error, OSError | UserError) else f"{name}: {error}"[:_LONGEST].replace("\n", " ")


if __name__ == "__main__":
    main(sys.argv[1:])
