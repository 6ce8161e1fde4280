"""Hundreds of damaged, lying and odd files through the pool: each ends as a film or a sentence, in time, in memory."""

import time
from collections.abc import Iterable
from concurrent.futures import Future
from pathlib import Path

import pytest
from helpers.hostile_corpus import HostileFile, make_all, make_groups, make_odd_names_and_special_files
from helpers.processes import resident_bytes

from radassist.domain.cancellation import CancelToken
from radassist.domain.errors import UserError
from radassist.domain.radiograph import Radiograph
from radassist.imaging.decoding import DEFAULT_SECONDS, DecoderPool
from radassist.imaging.discovery import discover

pytestmark = pytest.mark.shared

MAX_GROWTH = 50 * 2**20
# Whether a sound film shows a frontal chest is not the reader's question.
NOT_FOR_THE_READER = "b_notchest"


def outcome(future: "Future[Radiograph]") -> str:
    try:
        film = future.result(timeout=4 * DEFAULT_SECONDS)
    except UserError as error:
        assert str(error).endswith("."), str(error)
        assert "\n" not in str(error)
        return "clear error"
    return "warns" if film.notices else "opens"


def surprises(files: Iterable[HostileFile], pool: DecoderPool) -> list[str]:
    """Reads one file after the other; one line for each with another outcome than a good program may have."""
    lines = []
    for file in files:
        began = time.monotonic()
        got = outcome(pool.submit(file.source))
        assert time.monotonic() - began < DEFAULT_SECONDS + 1, file.source.name
        if got not in (file.expected | {"opens"} if file.group == NOT_FOR_THE_READER else file.expected):
            lines.append(f"{file.source.name}: {got}, not {'|'.join(sorted(file.expected))}")
    return lines


def test_tags_structures_and_strings_end_in_a_film_or_a_sentence_in_time(tmp_path: Path) -> None:
    files = make_groups(tmp_path, ["valid", "notchest", "tags", "struct", "strings", "fuzz"])
    with DecoderPool(1) as pool:
        lines = surprises(files, pool)
    assert len(lines) <= 0.02 * len(files), "\n".join(lines)


@pytest.mark.slow
def test_the_whole_corpus_ends_in_films_or_sentences_and_leaves_no_memory_behind(tmp_path: Path) -> None:
    files = make_all(tmp_path)
    with DecoderPool(1) as pool:
        pool.submit(files[0].source).result()
        before = resident_bytes()
        lines = surprises(files, pool)
        growth = resident_bytes() - before
    assert len(lines) <= 0.02 * len(files), "\n".join(lines)
    assert growth < MAX_GROWTH


def test_links_pipes_and_odd_names_each_become_one_row(tmp_path: Path) -> None:
    folder = make_odd_names_and_special_files(tmp_path)
    found = [instance.source for instance in discover([folder], CancelToken())]
    assert len(set(found)) == len(found)
    with DecoderPool() as pool:
        answers = [(source.name, pool.submit(source)) for source in found]
        outcomes = {name: outcome(future) for name, future in answers if not name.startswith("f0")}
    refused = {"dangling.dcm", "dev_zero.dcm", "loop", "pipe.dcm", "selfloop.dcm", "sock.dcm", "to_etc.dcm"}
    assert {name for name, got in outcomes.items() if got == "clear error"} - {"unreadable.dcm", "closed"} == refused
    assert (
        outcomes["in.dcm"] == outcomes["=1+1.dcm"] == outcomes[".hidden.dcm"] == outcomes["deep.dcm"] != "clear error"
    )
