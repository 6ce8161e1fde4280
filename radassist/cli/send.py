"""`radassist send`: DICOM objects, such as results, to the archive named in the window's preferences."""

import os
from pathlib import Path
from typing import Annotated

import typer

from radassist.cli.fetch import PASSWORD
from radassist.cli.terminal import check_exist, interruptible, progress_bar, say
from radassist.domain.errors import UserError

SOME_REFUSED = 3


def send(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="DICOM files, or folders of them.")],
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress, no summary.")] = False,
) -> None:
    """Send DICOM files to the archive, by C-STORE or STOW-RS.

    The archive is chosen in the window (File, Choose an archive); a password is taken from RADASSIST_ARCHIVE_PASSWORD.

    Exit codes: 0 it has them all; 1 nothing could be done; 2 wrong usage; 3 some were refused.
    """
    from radassist import wiring

    check_exist(paths)
    files = [file for path in paths for file in (sorted(path.rglob("*.dcm")) if path.is_dir() else [path])]
    if not files:
        raise UserError("There are no DICOM files (*.dcm) there.")
    archive = wiring.open_archive(None, os.environ.get(PASSWORD, ""))
    taken = 0
    with interruptible() as cancel, progress_bar(quiet=quiet) as progress:
        task = progress.add_task("Sending", total=len(files))
        for is_taken in archive.store(files, cancel):
            taken += is_taken
            progress.advance(task)
    if not quiet:
        say(f"{taken} of {len(files)} objects were accepted by the archive.")
    if taken < len(files):
        raise typer.Exit(SOME_REFUSED)
