"""A new style sheet dresses every widget of a process, also those that hundreds of earlier tests left half gone."""

import subprocess
import sys
from pathlib import Path

_TESTS = Path(__file__).parent / "alone" / "dressed_program.py"


def test_the_program_is_dressed_and_changes_its_colours_in_a_process_of_its_own() -> None:
    words = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(_TESTS)]
    ended = subprocess.run(words, capture_output=True, text=True, check=False, timeout=120)
    assert ended.returncode == 0, ended.stdout + ended.stderr
