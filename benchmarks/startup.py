"""Seconds from process start to the painted window, beside a window that imports torch first; and of two commands.

    python benchmarks/startup.py [--runs 7]

Both start the same window; the runs take turns, so a slow moment of the machine meets both. Python's compiled modules
are there, as after an installation.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time

_CHILD = """
import sys, time
{first}
from PySide6.QtWidgets import QApplication
from radassist.app import run_window
def painted():
    print(time.time() - {began}, 'torch' in sys.modules, flush=True)
    QApplication.instance().closeAllWindows()
run_window(on_painted=painted)
"""


def main() -> None:
    """Print medians, spread and the ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=7)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as home:
        environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ, "RADASSIST_HOME": home}
        environment |= {"PYTHONPYCACHEPREFIX": f"{home}/compiled", "PYTHONDONTWRITEBYTECODE": ""}
        _start("", environment)  # warms the file cache; not counted
        _start("import torch", environment)
        pairs = [(_start("", environment), _start("import torch", environment)) for _ in range(runs)]
        commands = {words: _commands(words, runs, environment) for words in (("--version",), ("models", "list"))}
    ours, torch_first = ([run[side] for run in pairs] for side in (0, 1))
    _print("radassist", ours)
    _print("the same with torch imported first", torch_first)
    ratios = [slow / fast for fast, slow in pairs]
    print(f"ratio, pair by pair: median {statistics.median(ratios):.1f} ({min(ratios):.1f} to {max(ratios):.1f})")
    for words, took in commands.items():
        _print(f"radassist {' '.join(words)}", [wall for wall, _ in took])
        _print("  processor time of it", [cpu for _, cpu in took])


def _commands(words: tuple[str, ...], runs: int, environment: dict[str, str]) -> list[tuple[float, float]]:
    return [_command(words, environment) for _ in range(runs + 1)][1:]  # the first compiles


def _command(words: tuple[str, ...], environment: dict[str, str]) -> tuple[float, float]:
    """Wall and processor seconds of a command."""
    began, before = time.perf_counter(), os.times()
    command = [sys.executable, "-m", "radassist", *words]
    subprocess.run(command, env=environment, capture_output=True, check=True, timeout=60)
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return time.perf_counter() - began, cpu


def _start(first: str, environment: dict[str, str]) -> float:
    code = _CHILD.format(first=first, began=time.time())
    run = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True, timeout=60
    )
    seconds, torch_loaded = run.stdout.split()
    if not first and torch_loaded != "False":
        raise SystemExit("torch was imported before the window was painted")
    return float(seconds)


def _print(name: str, seconds: list[float]) -> None:
    median = statistics.median(seconds)
    print(f"{name}: median {median:.2f} s ({min(seconds):.2f} to {max(seconds):.2f}), {len(seconds)} runs")


if __name__ == "__main__":
    main()
