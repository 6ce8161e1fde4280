"""What a piece of work costs: wall time, processor time and memory of this process and all it started. Linux only."""

import os
import resource
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
_SECONDS = 0.5


@dataclass(slots=True)
class Usage:
    """Filled in when its context ends.

    Attributes:
        seconds: Wall time.
        cpu_seconds: Processor time of all processes.
        peak_mb: Largest sum of their memory, pages that several share counted once.
    """

    seconds: float = 0.0
    cpu_seconds: float = 0.0
    peak_mb: float = 0.0


@contextmanager
def measured() -> Iterator[Usage]:
    """Measure what happens inside."""
    usage, done = Usage(), threading.Event()
    watch = threading.Thread(target=_watch, args=(usage, done))
    watch.start()
    began, cpu = time.perf_counter(), _cpu_seconds()
    try:
        yield usage
    finally:
        usage.seconds, usage.cpu_seconds = time.perf_counter() - began, _cpu_seconds() - cpu
        done.set()
        watch.join()


def _watch(usage: Usage, done: threading.Event) -> None:
    while True:
        usage.peak_mb = max(usage.peak_mb, sum(_memory_mb(process) for process in (os.getpid(), *_descendants())))
        if done.wait(_SECONDS):
            return


def _cpu_seconds() -> float:
    """Of this process, of the children it has waited for, and of those that live."""
    ended = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in ended) + sum(map(_cpu_of, _descendants()))


def _cpu_of(process: int) -> float:
    with suppress(OSError):
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS
    return 0.0


def _memory_mb(process: int) -> float:
    with suppress(OSError):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    return 0.0


def _descendants() -> list[int]:
    found: list[int] = []
    waiting = [os.getpid()]
    while waiting:
        for file in Path(f"/proc/{waiting.pop()}/task").glob("*/children"):
            with suppress(OSError):
                children = [int(process) for process in file.read_text().split()]
                found += children
                waiting += children
    return found
