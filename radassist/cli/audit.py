"""`radassist audit`: looks at the record of what was done with films."""

import typer

from radassist import paths
from radassist.cli.terminal import complain, say

BROKEN = 3

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
