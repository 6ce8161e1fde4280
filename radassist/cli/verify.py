"""`radassist verify`: the proof that a table says what its films say."""

from collections.abc import Callable, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from radassist.cli.batch import SOME_NOT_SCORED
from radassist.cli.options import PrecisionOption
from radassist.cli.terminal import complain, interruptible, progress_bar, say
from radassist.domain.errors import UserError
from radassist.domain.precision import Precision
from radassist.domain.threshold_rule import BY_CARD, rule_of

if TYPE_CHECKING:
    from radassist.domain.cancellation import CancelToken
    from radassist.export.table_reader import TableRow
    from radassist.workflow.services import Services
    from radassist.workflow.verify import RowCheck


def verify(
    csv: Annotated[Path, typer.Argument(metavar="CSV", help="A table that `radassist batch` or the window wrote.")],
    device: Annotated[str, typer.Option(help="auto, cpu, cuda, cuda:N or mps.")] = "auto",
    precision: PrecisionOption = Precision.FLOAT32,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress, no summary.")] = False,
) -> None:
    """Score every film of a table again, with the models its rows name, and prove the same numbers.

    On the device a row was scored on, every number must be equal; on another, probabilities may be off by 0.0001. Each
    row that is not proved is named, with what has changed.

    Exit codes: 0 all proved; 1 nothing could be done, or it was stopped; 2 wrong usage; 3 some are not proved.
    """
    from radassist import wiring
    from radassist.export.table_reader import read_table

    rows = read_table(csv)
    if not rows:
        raise UserError(f"{csv.name} holds no rows.")
    checks: list[RowCheck] = []
    with interruptible() as cancel:
        for (model, set_by), group in _by_model(rows).items():
            make = partial(wiring.make_services, model or None, device, precision, rule_of(set_by))
            checks += _checked(group, model or None, make, cancel, quiet=quiet)
    for check in sorted((check for check in checks if not check.is_proved), key=lambda check: check.row.line):
        complain(f"Row {check.row.line}, {check.row.source}: {'; '.join(check.differences)}.")
    proved = sum(check.is_proved for check in checks)
    if not quiet:
        say(f"{len(rows)} rows: {proved} proved, {_exact(checks)} of them to the last digit.")
    if proved < len(rows):
        raise typer.Exit(SOME_NOT_SCORED)


def _exact(checks: "Sequence[RowCheck]") -> int:
    return sum(check.is_proved and check.is_exact for check in checks)


def _by_model(rows: "Sequence[TableRow]") -> "dict[tuple[str, str], list[TableRow]]":
    """Rows by their model and by who set its threshold; those without a score name neither and go with the first."""
    first = next(((row.model, row.set_by) for row in rows if row.model), ("", BY_CARD))
    groups: dict[tuple[str, str], list[TableRow]] = {}
    for row in rows:
        groups.setdefault((row.model, row.set_by) if row.model else first, []).append(row)
    return groups


def _checked(
    rows: "Sequence[TableRow]",
    model: str | None,
    make_services: "Callable[[], Services]",
    cancel: "CancelToken",
    *,
    quiet: bool,
) -> "list[RowCheck]":
    from radassist.cli import scoring
    from radassist.workflow.verify import verify_rows

    scoring.check_model(model)
    services = make_services()
    with closing(services.loader), progress_bar(quiet=quiet) as bar:
        task = bar.add_task("Scoring again", total=len(rows))
        checks = []
        for check in verify_rows(rows, scoring.loaded(services, quiet=True), cancel):
            checks.append(check)
            bar.advance(task)
    return checks
