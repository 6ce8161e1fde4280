"""Takes the hostile corpus through `radassist batch` and through what stands behind the window, seed by seed.

    python benchmarks/corpus.py [--seeds 0 1 2]

Linux only; needs the corpus' generator beside the repository. Prints, a seed and a way, how many entries end as the
corpus expects, the longest wait for a film, by how much the main process grew, and each entry that ends otherwise.
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path

from films import ROOT

sys.path.append(str(ROOT / "tests"))

from helpers.corpus_runs import CorpusRun, make_home, through_batch, through_window
from helpers.hostile_corpus import HostileFile, make_whole

_LEAST_SHARE = 0.98
_MOST_SECONDS = 10.0
_MOST_BYTES = 50 * 2**20


def main() -> None:
    """Run every seed and print what came of it; exit code 1 where a figure is not held."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, nargs="+", default=[0, 1, 2])
    print("seed  way     entries  as expected  longest wait  growth")
    are_held = [_seed(seed) for seed in parser.parse_args().seeds]
    sys.exit(not all(are_held))


def _seed(seed: int) -> bool:
    with tempfile.TemporaryDirectory() as name:
        folder, home = Path(name) / "corpus", Path(name) / "home"
        os.environ["RADASSIST_HOME"] = str(home)
        make_home(home)
        entries = make_whole(folder, seed)
        runs = {"batch": through_batch(folder, entries, home), "window": through_window(folder, entries)}
        are_held = [_report(seed, way, run, entries) for way, run in runs.items()]
    return all(are_held)


def _report(seed: int, way: str, run: CorpusRun, entries: list[HostileFile]) -> bool:
    differences = run.differences(entries)
    share = 1 - len(differences) / len(entries)
    wait, growth = f"{run.slowest:.2f} s", f"{run.growth / 2**20:.1f} MB"
    print(f"{seed:4}  {way:6}  {len(entries):7}  {share:11.1%}  {wait:>12}  {growth:>7}")
    for entry in differences:
        print(f"      {entry.group}/{entry.source.name}: expected {' or '.join(sorted(entry.expected))}")
    return share >= _LEAST_SHARE and run.slowest < _MOST_SECONDS and run.growth < _MOST_BYTES


if __name__ == "__main__":
    main()
