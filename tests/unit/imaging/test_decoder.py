"""One child and its replacements."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from radassist.domain.errors import DecodeError, RefusedImage, UnsupportedImage
from radassist.domain.radiograph import Radiograph
from radassist.domain.study import FilmSource
from radassist.imaging import wire
from radassist.imaging.decoder import Decoder, DecoderOptions
from radassist.imaging.wire import Question, Request

OPTIONS = DecoderOptions(memory_limit=512 * 2**20, seconds=10.0, reader="helpers.misbehaving_reader")


@pytest.fixture
def decoder() -> Iterator[Decoder]:
    yield from _decoder(OPTIONS)


@pytest.fixture
def hasty_decoder() -> Iterator[Decoder]:
    yield from _decoder(DecoderOptions(OPTIONS.memory_limit, 1.5, OPTIONS.reader))


def _decoder(options: DecoderOptions) -> Iterator[Decoder]:
    decoder = Decoder(options)
    yield decoder
    decoder.stop()
    decoder.discard()


def read(decoder: Decoder, name: str) -> Radiograph:
    film = decoder.ask(Request(Question.FILM, FilmSource(Path("/films") / name)))
    assert isinstance(film, Radiograph)
    return film


def child_of(decoder: Decoder) -> int:
    return read(decoder, "chest.dcm").facts.frames


def sentence(decoder: Decoder, name: str) -> str:
    with pytest.raises(DecodeError) as caught:
        read(decoder, name)
    return str(caught.value)


def raising(error: type[Exception]) -> Callable[..., object]:
    def fail(*args: object) -> object:
        raise error

    return fail


def test_the_film_owns_pixels_that_cannot_be_written(decoder: Decoder) -> None:
    pixels = read(decoder, "chest.dcm").pixels
    assert pixels.tolist() == [[6 * row + column for column in range(6)] for row in range(8)]
    assert pixels.flags.c_contiguous
    assert not pixels.flags.writeable


@pytest.mark.parametrize("name", ["aborts.dcm", "exits.dcm"])
def test_a_child_that_dies_is_replaced_and_its_file_fails(decoder: Decoder, name: str) -> None:
    first = child_of(decoder)
    assert sentence(decoder, name) == f"{name} made the decoder stop; the file is damaged or built to do harm."
    assert child_of(decoder) != first


def test_an_answer_that_makes_no_sense_leaves_nothing_unread_for_the_next_file(decoder: Decoder) -> None:
    first = child_of(decoder)
    assert sentence(decoder, "lies.dcm") == "lies.dcm made the decoder stop; the file is damaged or built to do harm."
    assert child_of(decoder) != first


def test_an_answer_there_is_no_memory_for_costs_its_own_file_alone(
    decoder: Decoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = child_of(decoder)
    with monkeypatch.context() as patch:
        patch.setattr(wire, "_empty", raising(MemoryError))
        assert sentence(decoder, "chest.dcm") == "chest.dcm needs more memory than a film may."
    assert child_of(decoder) != first


def test_a_bug_in_taking_an_answer_leaves_nothing_unread_for_the_next_file(
    decoder: Decoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = child_of(decoder)
    with monkeypatch.context() as patch, pytest.raises(ZeroDivisionError):
        patch.setattr(wire, "_fill", raising(ZeroDivisionError))
        read(decoder, "chest.dcm")
    assert child_of(decoder) != first


def test_a_child_that_was_overdue_just_after_its_answer_is_replaced(decoder: Decoder) -> None:
    first = child_of(decoder)
    assert decoder._child
    # Without the kill: the system takes its time with it, and until then the child looks alive.
    decoder._child.is_overdue = True
    assert child_of(decoder) != first


@pytest.mark.parametrize("name", ["sleeps.dcm", "hangs.dcm"])
def test_a_child_that_hangs_is_replaced_and_its_file_fails(hasty_decoder: Decoder, name: str) -> None:
    first = child_of(hasty_decoder)
    began = time.monotonic()
    assert sentence(hasty_decoder, name) == f"{name} took longer than 1.5 seconds to read."
    assert time.monotonic() - began < 5
    assert child_of(hasty_decoder) != first


def test_a_child_that_wants_too_much_memory_is_replaced_and_its_file_fails(decoder: Decoder) -> None:
    first = child_of(decoder)
    assert sentence(decoder, "eats_memory.dcm") == "eats_memory.dcm needs more memory than a film may."
    assert child_of(decoder) != first


def test_a_child_killed_between_two_files_costs_no_file(decoder: Decoder) -> None:
    child = child_of(decoder)
    os.kill(child, signal.SIGKILL)
    os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)
    assert child_of(decoder) != child


def test_the_readers_own_errors_come_back_as_they_were(decoder: Decoder) -> None:
    with pytest.raises(UnsupportedImage, match=r"^video\.avi is a video\.$"):
        read(decoder, "video.avi")
    with pytest.raises(RefusedImage, match=r"^hand\.dcm is a hand\.$") as refused:
        read(decoder, "hand.dcm")
    assert refused.value.code == "NOT_CHEST"


@pytest.mark.parametrize(("name", "error"), [("raises.dcm", "KeyError"), ("recurses.dcm", "RecursionError")])
def test_a_bug_in_the_reader_costs_one_file_and_is_logged_by_its_type_alone(
    decoder: Decoder, caplog: pytest.LogCaptureFixture, name: str, error: str
) -> None:
    child = child_of(decoder)
    assert sentence(decoder, name) == f"{name} could not be read: the file is damaged or of an unknown kind."
    assert [record.getMessage() for record in caplog.records] == [f"The reader raised {error}."]
    assert child_of(decoder) == child


def test_links_and_folders_found_on_the_way_are_not_read(decoder: Decoder, tmp_path: Path) -> None:
    (tmp_path / "chest.dcm").touch()
    (tmp_path / "link.dcm").symlink_to("chest.dcm")
    assert decoder.ask(Request(Question.FILM, FilmSource(tmp_path / "chest.dcm")))
    with pytest.raises(UnsupportedImage, match=r"^link\.dcm is a link, which is not followed"):
        decoder.ask(Request(Question.FILM, FilmSource(tmp_path / "link.dcm")))
    with pytest.raises(DecodeError, match="is a folder that could not be listed"):
        decoder.ask(Request(Question.FILM, FilmSource(tmp_path)))


def test_what_a_codec_prints_does_not_get_between_the_answers(decoder: Decoder) -> None:
    assert read(decoder, "prints.dcm").facts.sha256 == "prints.dcm"
    assert read(decoder, "chest.dcm").facts.sha256 == "chest.dcm"


def test_children_load_neither_torch_nor_qt(decoder: Decoder) -> None:
    modules = sentence(decoder, "modules.dcm").split()
    assert "numpy" in modules
    assert not {"torch", "torchvision", "PySide6", "radassist.app"} & set(modules)


def test_children_see_none_of_the_users_secrets(decoder: Decoder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOSPITAL_PASSWORD", "x")
    assert "HOSPITAL_PASSWORD" not in sentence(decoder, "environment.dcm").split()


def test_names_that_are_not_utf8_and_lines_in_names_reach_the_child(decoder: Decoder) -> None:
    for name in (os.fsdecode(b"latin1_\xe9\xff.dcm"), "new\nline.dcm", "\U0001f9e0\u202e.dcm"):
        assert read(decoder, name).facts.sha256 == name


def test_a_sentence_is_one_line_whatever_the_name_of_the_file(decoder: Decoder) -> None:
    with pytest.raises(DecodeError, match=r"^a b\.dcm made the decoder stop"):
        decoder.ask(Request(Question.FILM, FilmSource(Path("/films/aborts.zip"), "a\nb.dcm\u202e")))


def test_the_current_folder_is_not_searched_for_modules(
    decoder: Decoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit('a module from a CD')")
    monkeypatch.chdir(tmp_path)
    assert read(decoder, "chest.dcm").facts.sha256 == "chest.dcm"


def test_a_decoder_that_cannot_start_says_so() -> None:
    decoder = Decoder(DecoderOptions(OPTIONS.memory_limit, 10.0, "no.such.reader"))
    assert sentence(decoder, "chest.dcm") == "chest.dcm could not be read: the decoder does not start."


def test_ctrl_c_does_not_reach_the_children(decoder: Decoder) -> None:
    child = child_of(decoder)
    os.kill(child, signal.SIGINT)
    assert child_of(decoder) == child


@pytest.mark.parametrize("ending", ["pass", "os.kill(os.getpid(), 9)"])
def test_children_end_with_the_program_even_if_nobody_closes_the_pool(ending: str) -> None:
    script = f"""
        import os
        from pathlib import Path
        from radassist.domain.study import FilmSource
        from radassist.imaging.decoding import DecoderPool

        pool = DecoderPool(1, reader="helpers.misbehaving_reader")
        print(pool.submit(FilmSource(Path("chest.dcm"))).result().facts.frames, flush=True)
        {ending}
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        capture_output=True,
        text=True,
        timeout=20,
    )
    assert done.stderr == ""
    deadline = time.monotonic() + 5
    while _is_running(int(done.stdout)):
        assert time.monotonic() < deadline
        time.sleep(0.01)


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True
