"""The commands put together, and what a person sees when one of them cannot do its work."""

import logging
import sys
import warnings
from importlib import import_module
from types import TracebackType
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from radassist import paths
from radassist.cli.terminal import WrongUsage, complain
from radassist.cli.version import version_lines
from radassist.domain.cancellation import Cancelled
from radassist.domain.errors import UserError
from radassist.logs import start_logging

_LOG = logging.getLogger(__name__)


_TRAINING = ("train", "evaluate")
_GROUPS = ("models", "audit")
_COMMANDS = (
    "window",
    "demo",
    "batch",
    *_GROUPS,
    "verify",
    "watch",
    "node",
    "explain",
    "deidentify",
    "fetch",
    "send",
    *_TRAINING,
)


class _Commands(TyperGroup):
    """`radassist film.dcm` opens the window: what begins with no command is taken for arguments of `window`.

    Commands are imported when they are asked for: none needs to wait for what another one needs.
    """

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put `window` before arguments that name no command."""
        if not args or args[0] not in (*_COMMANDS, "--help", "--version"):
            args = ["window", *args]
        return super().parse_args(ctx, args)

    def list_commands(self, ctx: Any) -> list[str]:
        """Names of all commands, in the order of the help."""
        return list(_COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of that name, None where there is none."""
        return _command(cmd_name) if cmd_name in _COMMANDS else None


def _command(name: str) -> Any:
    module = import_module(f"radassist.cli.{'training' if name in _TRAINING else name}")
    if name in _GROUPS:
        return typer.main.get_command(module.app)
    alone = typer.Typer(add_completion=False, rich_markup_mode=None)
    alone.command(name)(getattr(module, name))
    return typer.main.get_command(alone)


app = typer.Typer(
    cls=_Commands,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    no_args_is_help=False,
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo("\n".join(version_lines()))
        raise typer.Exit


@app.callback()
def radassist(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print version, commit, default model and device."
        ),
    ] = False,
) -> None:
    """Desktop chest X-ray assistant. Research use only, not for diagnosis.

    `radassist [PATH]...` opens the window with these films; a file called as a command is opened by `./NAME`.
    """


def main() -> None:
    """Run the command line and leave with its exit code."""
    _prepare_process()
    try:
        # Not `app()`: Typer's own call would put its hook for uncaught errors in the place of `_report_bug`.
        typer.main.get_command(app)()
    except UserError as error:
        complain(str(error))
        sys.exit(2 if isinstance(error, WrongUsage) else 1)
    except Cancelled:
        complain("Stopped.")
        sys.exit(1)


def _prepare_process() -> None:
    start_logging(paths.log_dir())
    sys.excepthook = _report_bug
    if not sys.warnoptions:
        warnings.simplefilter("ignore")  # they are for programmers, and may quote a header's text
    for stream in (sys.stdout, sys.stderr):
        # A name that the terminal's encoding does not know must not end a batch.
        getattr(stream, "reconfigure", lambda **_: None)(errors="backslashreplace")


def _report_bug(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        complain("Stopped.")
        return
    _LOG.critical("the command ended by an internal error", exc_info=(kind, error, trace))
    complain(
        f"Something went wrong inside the program ({kind.__name__}); the details are in the log: {paths.log_dir()}."
    )
