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


def test_no_command_pays_for_what_another_one_needs():
    code = "import sys; from radassist.cli import main; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.split()

    assert not {"numpy", "pydantic", "rich", "radassist.cli.training", "radassist.cli.batch"} & set(loaded)


@pytest.mark.parametrize("command", program._COMMANDS)
def test_every_command_has_its_help(run, command):
    result = run(command, "--help")

    assert result.exit_code == 0
    assert f" {command} [OPTIONS]" in result.output


def test_no_command_offers_to_change_the_shell(run):
    for command in program._COMMANDS:
        assert "--install-completion" not in run(command, "--help").output


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
