"""Two programs are never in one folder."""

import subprocess
import sys
from pathlib import Path

import pytest

from radassist.dicomnet.folder_lock import FolderTaken, alone_in
from radassist.domain.errors import StoreError

_HOLD = """
import sys
from pathlib import Path
from radassist.dicomnet.folder_lock import alone_in
with alone_in(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_folder_is_of_one_at_a_time_and_free_afterwards(tmp_path: Path) -> None:
    folder = tmp_path / "made" / "here"
    with alone_in(folder):
        with pytest.raises(FolderTaken, match=f"receives films in {folder}: end that one first"), alone_in(folder):
            pass
        with pytest.raises(FolderTaken), alone_in(folder):
            pass
    with alone_in(folder):
        pass


def test_another_process_holds_it_until_it_is_killed(tmp_path: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", _HOLD, tmp_path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        assert holder.stdout is not None and holder.stdout.readline() == "held\n"
        with pytest.raises(FolderTaken), alone_in(tmp_path):
            pass
    finally:
        holder.kill()
        holder.communicate()
    with alone_in(tmp_path):
        pass


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    with pytest.raises(StoreError, match="cannot be kept"), alone_in(tmp_path / "taken"):
        pass
