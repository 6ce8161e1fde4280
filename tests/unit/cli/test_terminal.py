"""What the commands share."""

import os
import signal
from collections.abc import Iterator

import pytest

from radassist.cli.terminal import WrongUsage, check_exist, complain, interruptible, print_table, progress_bar, say


def test_sentences_go_to_the_output_and_complaints_to_the_error(capsys):
    say("done")
    complain("not done")

    assert capsys.readouterr() == ("done\n", "not done\n")


def test_a_file_name_cannot_steer_the_terminal(capsys):
    say("film\x1b[2J.dcm")

    assert capsys.readouterr().out == "film\\x1b[2J.dcm\n"


@pytest.fixture
def interrupts_are_heard() -> Iterator[None]:
    """As in a terminal: a process started in the background ignores the interrupt key from the first."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interrupts_are_heard")
def test_the_first_interrupt_cancels_and_the_second_ends():
    with interruptible() as cancel:
        signal.raise_signal(signal.SIGINT)
        assert cancel.is_cancelled
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)


def test_a_request_to_end_cancels_like_the_interrupt_key():
    with interruptible() as cancel:
        signal.raise_signal(signal.SIGTERM)
        assert cancel.is_cancelled


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_signals_are_given_back(number):
    before = signal.getsignal(number)

    with interruptible():
        assert signal.getsignal(number) is not before

    assert signal.getsignal(number) is before


def test_a_missing_path_is_named(tmp_path):
    check_exist([tmp_path])

    with pytest.raises(WrongUsage, match=r"There is no file or folder .*missing\.dcm"):
        check_exist([tmp_path, tmp_path / "missing.dcm"])


def test_a_name_too_long_for_the_system_is_a_missing_path(tmp_path):
    with pytest.raises(WrongUsage, match="There is no file or folder"):
        check_exist([tmp_path / ("a" * 300)])


def test_what_may_not_be_looked_at_is_a_missing_path(tmp_path, monkeypatch):
    def refuse(path, **_):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(os, "stat", refuse)
    monkeypatch.setattr(os, "lstat", refuse)

    with pytest.raises(WrongUsage, match="There is no file or folder"):
        check_exist([tmp_path / "closed" / "film.dcm"])


def test_a_link_to_nothing_is_there(tmp_path):
    (tmp_path / "link").symlink_to(tmp_path / "nothing")

    check_exist([tmp_path / "link"])


def test_a_quiet_bar_draws_nothing(capsys):
    with progress_bar(quiet=True) as bar:
        bar.advance(bar.add_task("Working", total=2))

    assert capsys.readouterr() == ("", "")


def test_a_table_shows_texts_as_they_are(capsys):
    print_table(("film", "p"), [("[red]a[/red]\x1b", "0.5")], numbers=("p",))

    assert "[red]a[/red]\\x1b" in capsys.readouterr().out
