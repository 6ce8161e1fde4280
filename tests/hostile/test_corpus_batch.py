"""Every entry of the corpus ends as it should, in the batch command and in the window: nothing crashes, hangs or grows.

Wherever the outcome is another than the corpus expects, `docs/decisions.md` names the file and says why.
"""

import hashlib
from pathlib import Path

import pytest
from helpers.corpus_runs import CorpusRun, make_home, through_batch, through_window
from helpers.hostile_corpus import HostileFile, make_groups, make_whole
from helpers.models import make_card

from radassist.domain.errors import ModelUnavailable
from radassist.networks.card import WEIGHTS_NAME, write_card
from radassist.networks.weights import load_network

pytestmark = pytest.mark.shared

SEED = 0
"""`benchmarks/corpus.py` goes through others."""
MAX_SECONDS = 10.0
MAX_GROWTH = 50 * 2**20
DECISIONS = Path(__file__).resolve().parents[2] / "docs" / "decisions.md"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("RADASSIST_HOME", str(tmp_path / "home"))
    make_home(tmp_path / "home")
    return tmp_path / "home"


def check(run: CorpusRun, entries: list[HostileFile]) -> None:
    differences = [entry.source.name for entry in run.differences(entries)]
    decisions = DECISIONS.read_text(encoding="utf-8")
    assert [name for name in differences if f"`{name}`" not in decisions] == []
    assert len(differences) <= 0.02 * len(entries)
    assert run.slowest < MAX_SECONDS
    assert run.growth < MAX_GROWTH


def test_a_part_of_the_corpus_ends_as_it_should_in_batch_and_window(home: Path, tmp_path: Path) -> None:
    entries = make_groups(tmp_path / "corpus", ["notchest", "strings"])

    check(through_batch(tmp_path / "corpus", entries, home), entries)
    check(through_window(tmp_path / "corpus", entries), entries)


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_the_whole_corpus_ends_as_it_should_in_batch_and_window(home: Path, tmp_path: Path) -> None:
    entries = make_whole(tmp_path / "corpus", SEED)

    batch = through_batch(tmp_path / "corpus", entries, home)
    window = through_window(tmp_path / "corpus", entries)

    check(batch, entries)
    check(window, entries)
    assert batch.outcomes.keys() == window.outcomes.keys()
    assert {place for place in batch.outcomes if batch.outcomes[place] != window.outcomes[place]} == set()


def test_hostile_weights_are_refused_even_where_a_card_vouches_for_them(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)  # where the code in one of them would leave its mark
    weights = [entry.source.path for entry in make_groups(tmp_path / "corpus", ["weights"])]

    for path in weights:
        data = path.read_bytes()
        folder = tmp_path / "models" / path.name
        folder.mkdir(parents=True)
        (folder / WEIGHTS_NAME).write_bytes(data)
        write_card(make_card(weights_sha256=hashlib.sha256(data).hexdigest()), folder)
        with pytest.raises(ModelUnavailable, match=r"\.$"):
            load_network(str(folder))

    assert len(weights) == 9
    assert not list(tmp_path.rglob("MARKER_EXECUTED"))
