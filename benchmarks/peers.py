"""The usual ways to score a folder of films beside radassist, on the same films, in turns, with the share of the limit.

    python benchmarks/peers.py [--films 100] [--rounds 3] [--dicom uncompressed]

Films are those of `../shared/data/kermany_originals`, else the samples, repeated where they are too few; with `--dicom`
enlarged to 2,500 x 2,048 pixels. Two limits are measured in the same rounds: cores / (least decoding time + least
inference time of one core), and the same with the specified resampling between the two, without which no film can be
scored. Shares are given of wall time, which other programs on the machine spoil, and of processor time, which they
disturb less. Every way runs in a process of its own and is timed after it has loaded. torchxrayvision is run
where it is installed (extra `bench`), with random weights.
"""

import argparse
import itertools
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from films import ROOT, base_films

_BESIDE = {"tutorial": "the tutorial loop", "loader": "DataLoader, 2 workers, batch 32"}
_OURS = {"radassist": "radassist, float32", "radassist-bf16": "radassist, bf16"}


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run of one way cost: films a second, processor milliseconds a film, memory in MB."""

    rate: float
    cpu_ms: float
    peak_mb: float


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--films", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--dicom", metavar="SYNTAX", help="uncompressed, 'JPEG lossless', JPEG-LS, 'JPEG 2000', RLE")
    parser.add_argument("--bf16", action="store_true", help="for processors that compute in it; others emulate it")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        films = _films(Path(folder), options.films, options.dicom)
        ways = [*([] if options.dicom else _peers()), "limit", "limit-input", "radassist"]
        ways += ["limit-bf16", "limit-input-bf16", "radassist-bf16"] if options.bf16 else []
        environment = {**os.environ, "RADASSIST_HOME": str(Path(folder) / "home")}
        for way in ways:  # models are converted and files are in memory before anything counts
            _run(way, films[:4], environment)
        rounds = [{way: _run(way, films, environment) for way in ways} for _ in range(options.rounds)]
    print(f"{len(films)} films, {options.rounds} rounds, {_cores()} cores, load {os.getloadavg()[0]:.1f}")
    _print(rounds)


def _films(folder: Path, count: int, syntax: str | None) -> list[Path]:
    """Files of their own, so that none is known from before."""
    if syntax:
        from large_films import write_films

        base = write_films(folder, syntax, 4)
    else:
        base = [film for film in base_films() if film.suffix in (".jpeg", ".jpg")] or base_films()
    films = []
    for number, film in zip(range(count), itertools.cycle(base), strict=False):
        films.append(folder / f"film{number:05}{film.suffix}")
        films[-1].write_bytes(film.read_bytes())
    return films


def _peers() -> list[str]:
    """They read pictures, not DICOM."""
    return [*_BESIDE, *(["torchxrayvision"] if find_spec("torchxrayvision") else [])]


def _run(way: str, films: Sequence[Path], environment: dict[str, str]) -> Cost:
    command = [sys.executable, str(ROOT / "benchmarks" / "ways.py"), way, *map(str, films)]
    run = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if run.returncode:
        raise SystemExit(f"{way} failed: {run.stderr[-2000:]}")
    count, seconds, cpu, peak_mb = json.loads(run.stdout.splitlines()[-1])
    return Cost(count / seconds, 1000 * cpu / count, peak_mb)


def _print(rounds: Sequence[dict[str, Cost]]) -> None:
    heads = ("films a second", "CPU ms", "MB", "share of limit: wall", "CPU", "with resampling: wall", "CPU")
    widths = (24, 8, 6, 21, 6, 22, 6)
    told = " ".join(f"{head:>{width}}" for head, width in zip(heads, widths, strict=True))
    print(f"{'':40} {told} {'CPU of tutorial':>16}")
    for way in rounds[0]:
        print(_limit_line(way, rounds) if way.startswith("limit") else _line(way, rounds))


def _limit_line(way: str, rounds: Sequence[dict[str, Cost]]) -> str:
    costs = [each[way] for each in rounds]
    return f"{_title(way):40} {_cores() * _median(costs, 'rate'):10.0f} {'':13} {_median(costs, 'cpu_ms'):8.1f}"


def _line(way: str, rounds: Sequence[dict[str, Cost]]) -> str:
    costs = [each[way] for each in rounds]
    rates = [cost.rate for cost in costs]
    told = f"{statistics.median(rates):10.0f} ({min(rates):4.0f} to {max(rates):4.0f})"
    beside = ""
    if "tutorial" in rounds[0]:
        beside = f"1 / {statistics.median(each['tutorial'].cpu_ms / each[way].cpu_ms for each in rounds):.1f}"
    return (
        f"{_title(way):40} {told:>24} {_median(costs, 'cpu_ms'):8.1f} {_median(costs, 'peak_mb'):6.0f}"
        f" {_shares(way, 'limit', rounds)} {_shares(way, 'limit-input', rounds)} {beside:>16}"
    )


def _shares(way: str, limit: str, rounds: Sequence[dict[str, Cost]]) -> str:
    """Of wall time and of processor time."""
    bound = f"{limit}-bf16" if way.endswith("bf16") else limit
    wall = statistics.median(each[way].rate / (_cores() * each[bound].rate) for each in rounds)
    cpu = statistics.median(each[bound].cpu_ms / each[way].cpu_ms for each in rounds)
    return f"{wall:21.0%} {cpu:6.0%}"


def _median(costs: Sequence[Cost], what: str) -> float:
    return statistics.median(getattr(cost, what) for cost in costs)


def _title(way: str) -> str:
    limits = {
        f"limit{resampled}{precision}": f"limit{words}{told}"
        for resampled, words in (("", ""), ("-input", " with resampling"))
        for precision, told in (("", ", float32"), ("-bf16", ", bf16"))
    }
    names = {**_BESIDE, **_OURS, **limits}
    return names.get(way, f"{way}'s way")


def _cores() -> int:
    return len(os.sched_getaffinity(0))


if __name__ == "__main__":
    main()
