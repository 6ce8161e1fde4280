"""Results of scored films as DICOM objects, film after film: the loop that the window and the commands share."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from radassist.domain.analysis import Analysis, Reduction
from radassist.domain.cancellation import CancelToken
from radassist.domain.dicom_results import DicomKind, MapOverFilm, NoDicomFilm, ReaderView, ScoredFilm
from radassist.domain.errors import UserError
from radassist.domain.radiograph import Radiograph
from radassist.domain.worklist import WorklistItem
from radassist.explain.contours import contour_lines
from radassist.explain.feature_maps import display_range, has_signal, reduce_map
from radassist.workflow.analyse import analyse, load
from radassist.workflow.services import Services

OUTLINE = 0.7
"""Of the way from the lowest to the highest value: where a map is outlined."""


class DicomResultWriter(Protocol):
    """Writes the objects of one film."""

    def check(self, item: WorklistItem) -> None:
        """Raises `NoDicomFilm` if the film is no DICOM instance that a result could name."""
        ...

    def write(self, scored: ScoredFilm, kinds: Collection[DicomKind], folder: Path, stem: str) -> object:
        """Write `stem-KIND.dcm` for each of `kinds`; raises `NoDicomFilm`, and `StoreError` if that cannot be done."""
        ...


class ViewOf(Protocol):
    """How a reader looked at a film that was read for its results."""

    def __call__(self, film: Radiograph) -> ReaderView:
        """Window and marks; called in the worker."""
        ...


def own_view(film: Radiograph) -> ReaderView:
    """Nobody looked at the film."""
    return ReaderView()


@dataclass(frozen=True, slots=True, eq=False)
class ResultWish:
    """One film whose results are wanted.

    Attributes:
        item: Scored.
        stem: What its files are named after.
        view: How it was looked at.
        shown: The map to show; None for the deepest block's, its channels averaged.
    """

    item: WorklistItem
    stem: str
    view: ViewOf = own_view
    shown: MapOverFilm | None = None


@dataclass(frozen=True, slots=True)
class ResultStep:
    """How far it is.

    Attributes:
        done, total: Films.
        written: Whether the last one has its objects; it has none if it is no DICOM film.
        film_sha256: Of the last one; empty before the first.
    """

    done: int
    total: int
    written: bool = False
    film_sha256: str = ""


def write_results(
    wishes: Sequence[ResultWish],
    kinds: Collection[DicomKind],
    folder: Path,
    services: Services,
    writer: DicomResultWriter,
    cancel: CancelToken,
) -> Iterator[ResultStep]:
    """Write the objects of every film; a step before the first and after each.

    Raises:
        StoreError: If a file cannot be written.
        UserError: If a film cannot be read again, or changed since it was scored, or another model answers now.
        Cancelled: Between two films.
    """
    yield ResultStep(0, len(wishes))
    for done, wish in enumerate(wishes, start=1):
        cancel.raise_if_cancelled()
        try:
            writer.check(wish.item)  # before the pixels are read for nothing
            writer.write(_prepared(wish, services, kinds, cancel), kinds, folder, wish.stem)
        except NoDicomFilm:
            yield ResultStep(done, len(wishes))
        else:
            yield ResultStep(done, len(wishes), written=True, film_sha256=wish.item.film_sha256)


def _prepared(wish: ResultWish, services: Services, kinds: Collection[DicomKind], cancel: CancelToken) -> ScoredFilm:
    item = wish.item
    if item.analysis is None:
        raise UserError(f"{item.source.name} has no score.")
    if not any(kind.needs_pixels for kind in kinds):
        return ScoredFilm(item.source, item.analysis)
    film = load(item.source, services, cancel=cancel)
    if film.facts.sha256 != item.film_sha256:
        raise UserError(f"{item.source.name} has changed since it was scored: score it again.")
    shown = outlined(wish.shown) if wish.shown else deepest_map(_seen_again(film, item, services, cancel))
    return ScoredFilm(item.source, item.analysis, film, shown, wish.view(film))


def _seen_again(film: Radiograph, item: WorklistItem, services: Services, cancel: CancelToken) -> Analysis:
    """With maps, by the very model of the item's score: one model's map beside another's answer would be a lie."""
    again = analyse(film, services, with_blocks=True, cancel=cancel)
    if item.analysis is None or again.provenance.model_sha256 != item.analysis.provenance.model_sha256:
        raise UserError(f"{item.source.name} was scored by another model than the one in use: score it again.")
    return again


def deepest_map(analysis: Analysis) -> MapOverFilm | None:
    """The deepest block, its channels averaged; None where the network publishes none."""
    if not analysis.feature_maps:
        return None
    deepest = analysis.feature_maps[-1]
    grid, cell_size = reduce_map(deepest, Reduction.MEAN), analysis.geometry.cell_size(deepest.block.stride)
    return outlined(MapOverFilm(grid, cell_size, display_range(grid), f"{deepest.block.name} mean"))


def outlined(shown: MapOverFilm) -> MapOverFilm:
    """`shown` with a line round where it is strongest, unless it has lines or all its cells are alike."""
    low, high = shown.value_range
    if shown.outlines or not has_signal(shown.values):
        return shown
    return replace(shown, outlines=contour_lines(shown.values, low + OUTLINE * (high - low), shown.cell_size))
