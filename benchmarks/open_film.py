"""From a file of 2,500 x 2,048 pixels and 12 bits to its picture, and to its prediction with all block maps.

    python benchmarks/open_film.py [--repeats 7]

The way of the window: a decoder child reads, the default window is laid over it, the model of the CPU scores. Model and
decoders stand ready, and every film is one the program has not seen. Wall times come with the processor time of all
processes: on a machine with other work only the latter says something.
"""

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from large_films import SYNTAXES, write_films
from usage import measured

from radassist.domain.study import FilmSource
from radassist.imaging.rendering import to_grey8
from radassist.wiring import make_services
from radassist.workflow.analyse import analyse, load
from radassist.workflow.services import Services


def main() -> None:
    """Print medians and spread for each transfer syntax."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeats", type=int, default=7)
    repeats = parser.parse_args().repeats
    services = make_services(None, "cpu")
    with closing(services.loader), tempfile.TemporaryDirectory() as folder:
        predictor = services.make_predictor()
        ready = replace(services, make_predictor=lambda: predictor)
        print(f"{len(os.sched_getaffinity(0))} cores, load {os.getloadavg()[0]:.1f}; {predictor.facts.device}")
        print(f"{'':16} {'to pixels, ms':>24} {'to the prediction, ms':>26} {'CPU ms in all':>14}")
        for name in SYNTAXES:
            _print(name, [_opened(film, ready) for film in write_films(Path(folder), name, repeats + 1)][1:])


def _opened(film: Path, services: Services) -> tuple[float, float, float]:
    """Milliseconds to pixels, to the prediction, and of processor time."""
    with measured() as usage:
        began = time.perf_counter()
        radiograph = load(FilmSource(film), services)
        to_grey8(radiograph)
        pixels = time.perf_counter() - began
        analyse(radiograph, services, with_blocks=True)
        scored = time.perf_counter() - began
    film.unlink()
    return 1000 * pixels, 1000 * scored, 1000 * usage.cpu_seconds


def _print(name: str, times: Sequence[tuple[float, float, float]]) -> None:
    pixels, scored, cpu = zip(*times, strict=True)
    print(f"{name:16} {_told(pixels):>24} {_told(scored):>26} {statistics.median(cpu):14.0f}")


def _told(values: Sequence[float]) -> str:
    return f"{statistics.median(values):.0f} ({min(values):.0f} to {max(values):.0f})"


if __name__ == "__main__":
    main()
