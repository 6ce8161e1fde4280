"""What the commands share: sentences, progress bars, the interrupt key."""

import os
import signal
import sys
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import typer

from radassist.domain.cancellation import CancelToken
from radassist.domain.errors import UserError
from radassist.export.safe_text import spelled_out

if TYPE_CHECKING:
    from rich.progress import Progress

NOT_FOR_DIAGNOSIS = "Research use only, not for diagnosis."


class WrongUsage(UserError):
    """The command was asked for something it does not take; exit code 2."""


def say(sentence: str) -> None:
    """One line on the standard output; control characters of file names are spelled out."""
    typer.echo(spelled_out(sentence))


def complain(sentence: str) -> None:
    """One line on the standard error."""
    typer.echo(spelled_out(sentence), err=True)


def progress_bar(*, quiet: bool) -> "Progress":
    """A bar with count and time left on the standard error; silent when `quiet` or where nobody watches."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(compact=True),
        console=console,
        disable=quiet or not console.is_terminal,
        transient=True,
    )


@contextmanager
def interruptible() -> Iterator[CancelToken]:
    """A token that the first Ctrl+C cancels, so that what is done can be kept; the second ends the program at once.

    A request to end (SIGTERM), as a service or a machine that is shut down gets it, does the same.
    """
    token = CancelToken()

    def on_interrupt(number: int, frame: FrameType | None) -> None:
        token.cancel()
        signal.signal(number, before[number])

    before = {int(each): signal.signal(each, on_interrupt) for each in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield token
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def check_exist(paths: list[Path]) -> None:
    """Make sure that there is something at each of `paths`.

    Raises:
        WrongUsage: Naming the first where there is not.
    """
    for path in paths:
        if not os.path.lexists(path):  # Path.exists raises where a folder is closed or a name too long
            raise WrongUsage(f"There is no file or folder {path}.")


_FILE_WIDTH = 160
"""Columns of a table that goes into a file or another program, which have no width of their own."""


def print_table(heads: Sequence[str], rows: Iterable[Sequence[str]], *, numbers: Collection[str] = ()) -> None:
    """A table on the standard output; the columns headed by `numbers` are set to the right and never broken."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_header=any(heads))
    for head in heads:
        is_number = head in numbers
        table.add_column(Text(head), justify="right" if is_number else "left", overflow="fold", no_wrap=is_number)
    for row in rows:
        table.add_row(*(Text(spelled_out(cell)) for cell in row))
    Console(width=None if sys.stdout.isatty() else _FILE_WIDTH).print(table)
