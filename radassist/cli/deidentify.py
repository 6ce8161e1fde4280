"""`radassist deidentify`: copies of films that name nobody."""

from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from radassist.cli.terminal import check_exist, interruptible, progress_bar, say
from radassist.domain.deidentification import DeidentifyOptions, DeidentifyStep, Outcome
from radassist.domain.errors import UserError
from radassist.export.files import make_folder

SOME_LEFT_OUT = 3


def deidentify(
    source: Annotated[Path, typer.Argument(metavar="SRC", help="A film, folder, ZIP or DICOMDIR.")],
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where the copies go; made when missing.")],
    keep_age_sex: Annotated[bool, typer.Option("--keep-age-sex", help="Keep age (at most 90) and sex.")] = False,
    shift_dates: Annotated[
        bool, typer.Option("--shift-dates", help="Move a patient's days alike, instead of removing them.")
    ] = False,
    burned_in_checked: Annotated[
        bool,
        typer.Option(
            "--burned-in-checked", help="I looked at the films: copy those that have, or may have, writing, too."
        ),
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress, no summary.")] = False,
) -> None:
    """Copy every film of SRC to DIR without anything that names a patient (DICOM PS3.15, Basic Profile).

    Pictures are not looked at: writing burned into them stays. Films that do not say they have none are left out unless
    --burned-in-checked is given.

    Exit codes: 0 all copied; 1 nothing could be done; 2 wrong usage; 3 some were left out.
    """
    from radassist import wiring
    from radassist.cli.scoring import find_films
    from radassist.workflow.deidentify import deidentify as make_copies

    check_exist([source])
    options = DeidentifyOptions(keep_age_sex, shift_dates, burned_in_checked)
    services = wiring.make_services()
    with closing(services.loader), interruptible() as cancel:
        films = find_films([source], services, cancel, quiet=quiet)
        make_folder(folder)
        steps: list[DeidentifyStep] = []
        with progress_bar(quiet=quiet) as progress:
            task = progress.add_task("Copying", total=len(films))
            for step in make_copies(films, options, services, wiring.make_copy_writer(folder, options), cancel):
                progress.update(task, completed=step.done)
                steps.append(step)
                if step.outcome is Outcome.WRITTEN:
                    wiring.record_film_export("de-identified copy", step.film_sha256, False)
    _finish(Counter(step.outcome for step in steps), folder, quiet=quiet)


def _finish(ended: "Counter[Outcome | None]", folder: Path, *, quiet: bool) -> None:
    left_out = [f"{ended[outcome]} {outcome.value}" for outcome in Outcome if outcome is not Outcome.WRITTEN]
    counted = [words for words in left_out if not words.startswith("0 ")]
    written = ended[Outcome.WRITTEN]
    if not written:
        raise UserError(f"Nothing was copied: {'; '.join(counted) or 'there are no films'}.")
    if not quiet:
        say(f"{'; '.join((f'{written} copied to {folder}', *counted))}.")
    if counted:
        raise typer.Exit(SOME_LEFT_OUT)
