"""The corpus through the batch command and through what stands behind the window: what came of each entry.

An outcome is the set of words of the manifest that it fulfils. A film without a score that can be shown is shown with
the sentence that says why: that is a warning and a clear error at once.
"""

import json
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from helpers.hostile_corpus import HostileFile
from helpers.models import save_model
from helpers.processes import resident_bytes

from radassist.app import make_backing
from radassist.domain.cancellation import CancelToken
from radassist.domain.study import FilmSource
from radassist.imaging.discovery import discover
from radassist.workflow.analyse import FilmLoaded, FilmScored, analyse_film
from radassist.workflow.services import Services

OPENS, WARNS, CLEAR_ERROR = "opens", "warns", "clear error"
MODEL = "tiny"
_SAMPLE_SECONDS = 0.05
_NOTHING_FOUND = 1


@dataclass(frozen=True, slots=True)
class CorpusRun:
    """What came of a corpus.

    Attributes:
        outcomes: By place; every file that was found, and entries that were asked about by themselves.
        slowest: Seconds of the longest wait for a film.
        growth: Bytes the program's main process grew by from the first film to the last.
    """

    outcomes: Mapping[Path, frozenset[str]]
    slowest: float
    growth: int

    def differences(self, entries: Iterable[HostileFile]) -> list[HostileFile]:
        """The entries whose outcome is not among those expected."""
        return [entry for entry in entries if not self._of(entry.source.path) & entry.expected]

    def _of(self, place: Path) -> frozenset[str]:
        """Of a folder, or a link to one: what came of the files in it."""
        if place in self.outcomes:
            return self.outcomes[place]
        real = place.resolve() if place.is_dir() else place
        return frozenset().union(*(words for file, words in self.outcomes.items() if real in file.parents))


def make_home(home: Path) -> None:
    """A user's folder with one untrained model, whose guard has rules only: the corpus shows phantoms, no films."""
    save_model(home / "data" / "models" / MODEL)


def by_themselves(folder: Path, entries: Sequence[HostileFile]) -> list[Path]:
    """Files that are passed over where they lie in a folder, the litter of a disc: they have to be named."""
    found = {instance.source.path for instance in discover([folder], CancelToken())}
    places = (entry.source.path for entry in entries)
    return [place for place in places if place not in found and place.is_file() and not place.is_symlink()]


def empty_folders(entries: Iterable[HostileFile]) -> list[Path]:
    """Folders without a file."""
    places = (entry.source.path for entry in entries if entry.source.path.is_dir())
    return [place for place in places if not any(place.iterdir())]


def through_batch(folder: Path, entries: Sequence[HostileFile], home: Path) -> CorpusRun:
    """All of it through `radassist batch`, in a process of its own. Linux only."""
    table, store = home / "rows.json", home / "data" / "results.sqlite"
    words = ["batch", folder, *by_themselves(folder, entries), "--csv", home / "rows.csv", "--json", table, "--quiet"]
    with _started(home, *words) as running:
        samples = _samples(running, store)
        errors = running.stderr.read() if running.stderr else ""
    assert running.returncode == 3, errors
    assert "Traceback" not in errors, errors
    rows = json.loads(table.read_text(encoding="utf-8"))
    assert len({row["path"] for row in rows}) == len(rows)
    outcomes = {Path(row["path"]): _of_row(row) for row in rows}
    outcomes |= {place: _of_nothing(place, home) for place in empty_folders(entries)}
    scoring = [sample for sample in samples if 0 < sample.done < len(rows)]
    sizes = [sample.size for sample in scoring]
    return CorpusRun(outcomes, _longest_wait(scoring), max(sizes) - sizes[0] if sizes else 0)


def through_window(folder: Path, entries: Sequence[HostileFile]) -> CorpusRun:
    """All of it read and scored one by one as the window does for its screen, in this process."""
    backing = make_backing(MODEL, "cpu")
    sources = [each.source for each in discover([folder, *by_themselves(folder, entries)], CancelToken())]
    try:
        backing.load_model()
        first = _of_film(sources[0], backing.screen)
        outcomes, slowest, before = {sources[0].path: first}, 0.0, resident_bytes()
        for source in sources[1:]:
            began = time.monotonic()
            outcomes[source.path] = _of_film(source, backing.screen)
            slowest = max(slowest, time.monotonic() - began)
        # Where nothing is found, the window says "There are no films there.": tests/gui/test_presenter.py.
        empty = [place for place in empty_folders(entries) if not list(discover([place], CancelToken()))]
        outcomes |= {place: frozenset({CLEAR_ERROR}) for place in empty}
        return CorpusRun(outcomes, slowest, resident_bytes() - before)
    finally:
        backing.services.loader.close()
        backing.close()


@dataclass(frozen=True, slots=True)
class _Sample:
    """The batch at one moment: films that have ended, and bytes in memory."""

    seconds: float
    done: int
    size: int


def _started(home: Path, *words: object) -> "subprocess.Popen[str]":
    own = {"RADASSIST_HOME": str(home), "OMP_NUM_THREADS": "1"}
    command = [sys.executable, "-m", "radassist", *map(str, words), "--model", MODEL]
    return subprocess.Popen(command, env=os.environ | own, stderr=subprocess.PIPE, encoding="utf-8")


def _samples(running: "subprocess.Popen[str]", store: Path) -> list[_Sample]:
    samples = []
    while running.poll() is None:
        with suppress(OSError, sqlite3.Error):
            samples.append(_Sample(time.monotonic(), _done(store), resident_bytes(running.pid)))
        time.sleep(_SAMPLE_SECONDS)
    return samples


def _done(store: Path) -> int:
    with closing(sqlite3.connect(f"file:{store}?mode=ro", uri=True)) as connection:
        return int(connection.execute("SELECT count(*) FROM run_film WHERE result IS NOT NULL").fetchone()[0])


def _longest_wait(samples: Sequence[_Sample]) -> float:
    """Seconds between two samples that tell of another number of films."""
    changes = [now.seconds for before, now in pairwise(samples) if now.done != before.done]
    return max((later - earlier for earlier, later in pairwise(changes)), default=0.0)


def _of_row(row: Mapping[str, str]) -> frozenset[str]:
    if row["status"] == "scored":
        return frozenset({WARNS if row["warnings"] else OPENS})
    return _told(row["reason"], is_shown=bool(row["sha256"]))


def _of_film(source: FilmSource, services: Services) -> frozenset[str]:
    *_, last = analyse_film(source, services, with_blocks=True)
    assert not isinstance(last, FilmLoaded)
    if isinstance(last, FilmScored):
        return frozenset({WARNS if last.analysis.notices else OPENS})
    return _told(str(last.problem), is_shown=last.radiograph is not None)


def _told(sentence: str, *, is_shown: bool) -> frozenset[str]:
    assert sentence.endswith("."), sentence
    assert "\n" not in sentence
    return frozenset({WARNS, CLEAR_ERROR} if is_shown else {CLEAR_ERROR})


def _of_nothing(place: Path, home: Path) -> frozenset[str]:
    with _started(home, "batch", place, "--csv", home / "nothing.csv") as running:
        _, errors = running.communicate(timeout=60)
    is_said = running.returncode == _NOTHING_FOUND and errors.startswith("No files were found in")
    assert not (home / "nothing.csv").exists()
    return frozenset({CLEAR_ERROR} if is_said else ())
