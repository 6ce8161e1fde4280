"""The limits a child sets for itself, seen in real processes."""

import subprocess
import sys
import textwrap

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits")


_BETWEEN = "import subprocess, sys; sys.exit(subprocess.run(sys.argv[1:]).returncode)"
"""A small process in between: on Linux a process inherits the memory mark of its starter, and a test run's is high."""


def run(script: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-c", _BETWEEN, sys.executable, "-c", textwrap.dedent(script)]
    return subprocess.run(command, capture_output=True, text=True, timeout=30)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux refuses memory beyond a limit")
def test_memory_beyond_the_limit_is_refused() -> None:
    done = run("""
        from radassist.imaging.decoder_child import limit_process
        limit_process(2**29)
        kept = bytearray(2**27)
        try:
            bytearray(2**29)
        except MemoryError:
            print("refused")
    """)
    assert done.stdout.split() == ["refused"]


def test_a_child_leaves_no_core_dump() -> None:
    done = run("""
        import resource
        from radassist.imaging.decoder_child import limit_process
        limit_process(2**30)
        print(*resource.getrlimit(resource.RLIMIT_CORE))
    """)
    assert done.stdout.split() == ["0", "0"]


def test_where_memory_is_not_refused_a_watch_ends_the_child() -> None:
    done = run("""
        import threading, time
        from radassist.imaging.decoder_child import end_beyond
        threading.Thread(target=end_beyond, args=(2**30,), daemon=True).start()
        print("small", flush=True)
        time.sleep(0.2)
        print("still there", flush=True)
        kept = b"x" * 2**30
        time.sleep(20)
        print("never", flush=True)
    """)
    assert done.returncode == 1
    assert done.stdout.splitlines() == ["small", "still there"]


def test_a_child_gives_way_to_the_window_that_started_it() -> None:
    done = run("""
        import os
        from radassist.imaging.decoder_child import give_way
        before = os.nice(0)
        give_way()
        print(os.nice(0) - before)
    """)
    assert done.stdout.split() == ["5"]


@pytest.mark.parametrize("film", ["sleeps.dcm", "hangs.dcm"])
def test_an_orphan_ends_itself_even_in_the_middle_of_a_file(film: str) -> None:
    done = run(f"""
        import subprocess, sys, time
        from pathlib import Path
        from radassist.domain.study import FilmSource
        from radassist.imaging import wire
        sys.path[:0] = {sys.path!r}
        arguments = ["radassist.imaging.decoder_child", "helpers.misbehaving_reader", "999999999", "0.1"]
        child = subprocess.Popen(
            [sys.executable, "-m", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={{"PYTHONPATH": ":".join(sys.path)}},
        )
        assert wire.read(child.stdout) == wire.Ready()
        wire.write(child.stdin, wire.pack(wire.Request(wire.Question.FILM, FilmSource(Path({film!r})))))
        child.stdin.close()
        began = time.monotonic()
        child.wait()
        print(time.monotonic() - began < 5)
    """)
    assert done.stderr == ""
    assert done.stdout.split() == ["True"]
