"""`radassist audit`: looks at the record of what was done with films."""

from typing import Annotated

import typer

from radassist import paths
from radassist.cli.terminal import complain, print_table, say

BROKEN = 3
_MOST_SHOWN = 1_000_000

app = typer.Typer(add_completion=False, no_args_is_help=True, rich_markup_mode=None)


@app.callback()
def audit() -> None:
    """The record of what was opened, scored and exported."""


@app.command("verify")
def verify() -> None:
    """Follow the record's chain from the first line to the last.

    Exit codes: 0 it is whole; 1 there is none; 3 lines were changed, removed, put in or cut short.
    """
    from radassist.export.audit import check_audit

    report = check_audit(paths.audit_file())
    for problem in report.problems:
        complain(problem)
    if report.problems:
        raise typer.Exit(BROKEN)
    say(f"{report.lines} lines, and the chain is whole: {paths.audit_file()}")


@app.command("show")
def show(
    last: Annotated[int, typer.Option(metavar="N", min=1, max=_MOST_SHOWN, help="How many lines.")] = 20,
) -> None:
    """Print the last lines of the record: when, under which account, what, on which film, by which model."""
    from radassist.export.audit import last_lines

    heads = ("time", "account", "act", "film", "model", "threshold", "more")
    rows = (
        (line.time.replace("T", " "), line.account, line.act, line.film, line.model, line.threshold, line.more)
        for line in last_lines(paths.audit_file(), last)
    )
    print_table(heads, rows)
