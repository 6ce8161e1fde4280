"""Results of a batch as DICOM objects, one film after the other behind a progress bar."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from radassist.cli.terminal import progress_bar
from radassist.domain.analysis import Analysis, Reduction
from radassist.domain.cancellation import CancelToken
from radassist.domain.errors import StoreError, UserError
from radassist.domain.worklist import ItemState, WorklistItem
from radassist.explain.contours import contour_lines
from radassist.explain.feature_maps import display_range, has_signal, reduce_map
from radassist.workflow.analyse import analyse, load
from radassist.workflow.services import Services

if TYPE_CHECKING:
    from radassist.export.dicom.write import DicomKind, MapOverFilm, ScoredFilm

_OUTLINE = 0.7
"""Of the way from the lowest to the highest value: where a map is outlined."""


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
    kinds: Collection["DicomKind"],
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
    from radassist.export.dicom.film_header import NoDicomFilm
    from radassist.export.dicom.write import write_objects

    _make_folder(folder)
    scored = [item for item in items if item.state is ItemState.SCORED and item.analysis]
    films = left_out = 0
    with progress_bar(quiet=quiet) as progress:
        task = progress.add_task("Writing DICOM results", total=len(scored))
        for item in scored:
            cancel.raise_if_cancelled()
            try:
                write_objects(_prepared(item, services, kinds, cancel), kinds, folder, f"{item.number + 1:06d}")
                films += 1
            except NoDicomFilm:
                left_out += 1
            progress.advance(task)
    return Written(films, left_out)


def _prepared(
    item: WorklistItem, services: Services, kinds: Collection["DicomKind"], cancel: CancelToken
) -> "ScoredFilm":
    from radassist.export.dicom.film_header import read_film_header
    from radassist.export.dicom.write import ScoredFilm

    read_film_header(item.source)  # before the pixels are read for nothing
    if item.analysis is None:
        raise UserError(f"{item.source.name} has no score.")
    if not any(kind.needs_pixels for kind in kinds):
        return ScoredFilm(item.source, item.analysis)
    film = load(item.source, services, cancel=cancel)
    if film.facts.sha256 != item.film_sha256:
        raise UserError(f"{item.source.name} has changed since it was scored: score it again.")
    shown = _deepest_map(analyse(film, services, with_blocks=True, cancel=cancel))
    return ScoredFilm(item.source, item.analysis, film, shown)


def _deepest_map(analysis: Analysis) -> "MapOverFilm | None":
    """The deepest block, its channels averaged; None where the network publishes none."""
    from radassist.export.dicom.write import MapOverFilm

    if not analysis.feature_maps:
        return None
    deepest = analysis.feature_maps[-1]
    grid, cell_size = reduce_map(deepest, Reduction.MEAN), analysis.geometry.cell_size(deepest.block.stride)
    low, high = display_range(grid)
    outlines = contour_lines(grid, low + _OUTLINE * (high - low), cell_size) if has_signal(grid) else ()
    return MapOverFilm(grid, cell_size, (low, high), f"{deepest.block.name} mean", outlines)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"The folder {folder} cannot be made: {error.strerror or error}.") from error
