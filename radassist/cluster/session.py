"""Joining a Ray cluster, or starting one on this machine, and leaving it."""

import logging
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from radassist.domain.errors import UserError

AUTO = "auto"
"""The cluster this machine belongs to, or a new one of this machine alone."""

_SETTINGS = {
    "RAY_USAGE_STATS_ENABLED": "0",  # Ray reports its use to its makers over the network unless told not to
    "RAY_BACKEND_LOG_LEVEL": "fatal",
}


class ClusterUnavailable(UserError):
    """There is no cluster to work on."""


@dataclass(frozen=True, slots=True)
class Resources:
    """What a cluster has.

    Attributes:
        cores: CPUs of all its machines.
        cards: Graphics cards of all its machines.
        machines: How many there are.
    """

    cores: int
    cards: int
    machines: int


@contextmanager
def joined(address: str) -> Iterator[Resources]:
    """Be a member of the cluster at `address` for the block.

    Args:
        address: `HOST:PORT` of a cluster whose node this machine is, or `AUTO`.

    Raises:
        ClusterUnavailable: If Ray is not installed, or there is no such cluster.
    """
    ray = _import_ray()
    with _own_signals():
        _join(ray, address)
    try:
        found = ray.cluster_resources()
        machines = sum(node["Alive"] for node in ray.nodes())
        yield Resources(max(1, int(found.get("CPU", 1))), int(found.get("GPU", 0)), machines)
    finally:
        ray.shutdown()


def _import_ray() -> Any:
    for name, value in _SETTINGS.items():
        os.environ.setdefault(name, value)
    try:
        import ray
        import ray._private.worker
        import ray.data
    except ImportError as error:
        raise ClusterUnavailable("--ray needs Ray: install it with pip install 'radassist[cluster]'.") from error
    for name in ("ray", "ray.data"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    # It prints what befalls its machines on the standard output, among our answers, and has no switch for it.
    ray._private.worker.print_to_stdstream = lambda *_, **__: None
    return ray


def _join(ray: Any, address: str) -> None:
    wanted = None if address == AUTO else address
    try:
        ray.init(address=wanted, include_dashboard=False, log_to_driver=False, logging_level=logging.CRITICAL)
    except ConnectionError as error:
        raise ClusterUnavailable(
            f"There is no cluster at {address}; give HOST:PORT of one that this machine is a node of, or auto."
        ) from error
    except Exception as error:  # Ray raises bare ones where a process of it does not come up
        raise ClusterUnavailable(
            f"Ray does not come up ({type(error).__name__}); its logs in /tmp/ray/session_latest say why."
        ) from error


@contextmanager
def _own_signals() -> Iterator[None]:
    """Ray sets handlers of its own while it starts; those that were there come back."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
