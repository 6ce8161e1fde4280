"""`radassist fetch`: what the archive named in the window's preferences has, and its films."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from radassist.cli.terminal import interruptible, progress_bar, say
from radassist.domain.archive import MOST_STUDIES, ArchiveProblem, FoundStudy, QueryTexts, make_query
from radassist.domain.errors import UserError

if TYPE_CHECKING:
    from radassist.domain.archive import Archive
    from radassist.domain.cancellation import CancelToken

PASSWORD = "RADASSIST_ARCHIVE_PASSWORD"
"""The environment's word for the archive's password, which is kept nowhere."""


def fetch(  # noqa: PLR0913  (one parameter an option)
    patient_name: Annotated[str, typer.Option(help="Its beginning, or with * and ?.")] = "",
    patient_id: Annotated[str, typer.Option(help="Or with * and ?.")] = "",
    since: Annotated[str, typer.Option(metavar="DAY", help="First day of the study, like 2024-01-31.")] = "",
    until: Annotated[str, typer.Option(metavar="DAY", help="Last day of the study.")] = "",
    modality: Annotated[str, typer.Option(help="For instance DX.")] = "",
    description: Annotated[str, typer.Option(help="A part of the study's description.")] = "",
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Bring the films here; without it, only list.")
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress, no list.")] = False,
) -> None:
    """List the studies of the archive that match, and with --out bring their films.

    The archive is chosen in the window (File, Choose an archive); a password is taken from RADASSIST_ARCHIVE_PASSWORD.
    """
    from radassist import wiring

    query = make_query(QueryTexts(patient_name, patient_id, since, until, modality, description))
    archive = wiring.open_archive(out, os.environ.get(PASSWORD, ""))
    with interruptible() as cancel:
        studies = archive.find(query, cancel)
        if not studies:
            raise UserError("Nothing in the archive matches.")
        if not quiet:
            for study in studies:
                say(_line(study))
        if len(studies) >= MOST_STUDIES:
            raise ArchiveProblem(f"More than {MOST_STUDIES - 1} studies match: ask for something narrower.")
        if out is not None:
            films = _bring(archive, studies, cancel, quiet=quiet)
            if not quiet:
                say(f"{films} films of {len(studies)} studies are in {out}.")


def _bring(archive: "Archive", studies: tuple[FoundStudy, ...], cancel: "CancelToken", *, quiet: bool) -> int:
    films = 0
    with progress_bar(quiet=quiet) as progress:
        task = progress.add_task("Retrieving", total=len(studies))
        for study in studies:
            films += sum(step.path is not None for step in archive.fetch(study, cancel))
            progress.advance(task)
    return films


def _line(study: FoundStudy) -> str:
    facts = (study.study_date, study.patient_name, study.patient_id, study.modalities, study.description)
    return "  ".join(fact or "-" for fact in facts)
