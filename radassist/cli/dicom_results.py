"""Results of a batch as DICOM objects, one film after the other behind a progress bar."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from radassist.cli.terminal import progress_bar
from radassist.domain.cancellation import CancelToken
from radassist.domain.dicom_results import DicomKind
from radassist.domain.worklist import ItemState, WorklistItem
from radassist.export.files import make_folder
from radassist.workflow.dicom_results import ResultWish, write_results
from radassist.workflow.services import Services


@dataclass(frozen=True, slots=True)
class Written:
    """What became of the films that were scored.

    Attributes:
        films: With all objects that were asked for.
        left_out: No DICOM instances, so nothing can name them.
    """

    films: int
    left_out: int

    def in_words(self, folder: Path) -> str:
        """One sentence."""
        rest = f"; {self.left_out} are no DICOM films and have none" if self.left_out else ""
        return f"DICOM results of {self.films} films written to {folder}{rest}."


def write_dicom_results(
    items: Sequence[WorklistItem],
    services: Services,
    kinds: Collection[DicomKind],
    folder: Path,
    cancel: CancelToken,
    *,
    quiet: bool,
) -> Written:
    """Write the objects of every scored film into `folder`, which is made where it is missing.

    Raises:
        StoreError: If the folder or a file cannot be written.
        UserError: If a film cannot be read again, or changed since it was scored.
        Cancelled: Between two films.
    """
    from radassist.export.dicom.write import DicomFiles

    make_folder(folder)
    wishes = [ResultWish(item, f"{item.number + 1:06d}") for item in items if item.state is ItemState.SCORED]
    films = 0
    with progress_bar(quiet=quiet) as progress:
        task = progress.add_task("Writing DICOM results", total=len(wishes))
        for step in write_results(wishes, kinds, folder, services, DicomFiles(), cancel):
            films += step.written
            progress.update(task, completed=step.done)
    return Written(films, len(wishes) - films)
