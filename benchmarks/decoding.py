"""What reading films in child processes costs and gains, beside reading the same films in this process.

    python benchmarks/decoding.py [--films 60] [--repeats 3] [--folder FOLDER]

Films are those of `../shared/data/kermany_originals`, else the samples. Times are medians over the repeats; a ratio
above 1 says that the pool is slower than this process.
"""

import argparse
import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from radassist.domain.cancellation import CancelToken
from radassist.domain.study import FilmSource
from radassist.imaging.decoding import DecoderPool
from radassist.imaging.discovery import discover
from radassist.imaging.formats import read_radiograph
from radassist.paths import samples_dir

_SHARED = Path(__file__).resolve().parents[2] / "shared" / "data" / "kermany_originals"


def main() -> None:
    """Print milliseconds a film, and ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--films", type=int, default=60)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--folder", type=Path, default=_SHARED if _SHARED.is_dir() else samples_dir())
    options = parser.parse_args()
    sources = [instance.source for instance in discover([options.folder], CancelToken())][: options.films]
    here = _median(options.repeats, lambda: _read_here(sources)) / len(sources)
    print(f"{len(sources)} films of {options.folder.name}, {os.cpu_count()} cores")
    print(f"this process          {1000 * here:7.1f} ms a film")
    for workers in sorted({1, os.cpu_count() or 1}):
        with DecoderPool(workers) as pool:
            _read_by(pool, sources)
            one = _median(options.repeats, lambda pool=pool: _read_by(pool, sources)) / len(sources)
        print(f"pool, {workers} at a time     {1000 * one:7.1f} ms a film   {one / here:5.2f} times this process")
    start = _median(options.repeats, lambda: _start(sources[0]))
    print(f"first film of a pool  {1000 * start:7.1f} ms          {start / here:5.2f} times a film here")


def _median(repeats: int, action: Callable[[], None]) -> float:
    """Seconds `action` takes."""
    seconds = []
    for _ in range(repeats):
        began = time.perf_counter()
        action()
        seconds.append(time.perf_counter() - began)
    return statistics.median(seconds)


def _read_here(sources: list[FilmSource]) -> None:
    for source in sources:
        read_radiograph(source)


def _read_by(pool: DecoderPool, sources: list[FilmSource]) -> None:
    for future in [pool.submit(source) for source in sources]:
        future.result()


def _start(source: FilmSource) -> None:
    with DecoderPool(1) as pool:
        pool.submit(source).result()


if __name__ == "__main__":
    main()
