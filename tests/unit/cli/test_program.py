"""The commands put together."""

import subprocess
import sys

import pytest

from radassist import __version__
from radassist.cli import program
from radassist.cli.terminal import WrongUsage
from radassist.domain.cancellation import Cancelled
from radassist.domain.errors import ModelUnavailable


def test_the_version_is_printed(run):
    assert run("--version").output.startswith(f"radassist {__version__}\n")


def test_help_names_every_command(run):
    words = run("--help").output

    for command in ("window", "demo", "batch", "models", "explain", "train", "evaluate"):
        assert f"\n  {command} " in words


@pytest.mark.parametrize("command", ["train", "evaluate"])
def test_the_commands_of_training_have_their_help(run, command):
    result = run(command, "--help")

    assert result.exit_code == 0
    assert f" {command} [OPTIONS]" in result.output
    assert "--data" in result.output


def test_no_other_command_pays_for_those_of_training():
    code = "import sys; from radassist.cli import main; sys.exit(any('training' in name for name in sys.modules))"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    ("error", "code", "sentence"),
    [
        (ModelUnavailable("There is no model 'x'."), 1, "There is no model 'x'.\n"),
        (WrongUsage("There is no file x."), 2, "There is no file x.\n"),
        (Cancelled(), 1, "Stopped.\n"),
    ],
)
def test_errors_are_one_sentence_and_an_exit_code(monkeypatch, capsys, error, code, sentence):
    def fail():
        raise error

    monkeypatch.setattr(program.typer.main, "get_command", lambda app: fail)
    monkeypatch.setattr(program, "_prepare_process", lambda: None)

    with pytest.raises(SystemExit) as left:
        program.main()

    assert left.value.code == code
    assert capsys.readouterr() == ("", sentence)


def test_a_bug_is_one_sentence_and_its_details_are_logged(capsys, caplog):
    program._report_bug(KeyError, KeyError("DOE^JOHN"), None)

    assert "Something went wrong inside the program (KeyError)" in capsys.readouterr().err
    assert caplog.records[0].levelname == "CRITICAL"
