"""`radassist explain`: the block maps of one film as files."""

import os
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from radassist.cli.terminal import NOT_FOR_DIAGNOSIS, WrongUsage, check_exist, interruptible, progress_bar, say
from radassist.domain.errors import RefusedImage, StoreError
from radassist.domain.study import FilmSource

if TYPE_CHECKING:
    from radassist.domain.analysis import Analysis, FeatureMap
    from radassist.domain.radiograph import Radiograph

_ALL = "all"


def explain(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A film.")],
    out: Annotated[Path, typer.Option(metavar="DIR", help="Folder to write to; made when missing.")],
    model: Annotated[str | None, typer.Option(help="Model id or folder; the default model when left out.")] = None,
    device: Annotated[str, typer.Option(help="auto, cpu, cuda, cuda:N or mps.")] = "auto",
    block: Annotated[str, typer.Option(metavar="NAME|all", help="Which block's map.")] = _ALL,
) -> None:
    """Write the mean feature map of each block of one film: over the film as PNG, its values as .npy."""
    from radassist.cli.scoring import check_model

    check_exist([file])
    if os.path.isdir(file):  # noqa: PTH112  (Path.is_dir raises where a folder is closed or a name too long)
        raise WrongUsage(f"{file} is a folder; `radassist explain` takes one film.")
    check_model(model)
    film, analysis = _analyse(file, model, device)
    maps = _chosen(analysis.feature_maps, block)
    _make_folder(out)
    _write(film, analysis, maps, out)
    prediction = analysis.prediction
    say(f"{file.name}: {prediction.decision}, p({prediction.positive_label}) = {prediction.positive_probability:.3f}.")
    say(f"{len(maps)} block maps written to {out}. {NOT_FOR_DIAGNOSIS}")


def _analyse(file: Path, model: str | None, device: str) -> "tuple[Radiograph, Analysis]":
    from radassist.wiring import make_services
    from radassist.workflow.analyse import analyse, load

    services = make_services(model, device)
    with closing(services.loader), interruptible() as cancel, progress_bar(quiet=False) as bar:
        task = bar.add_task("Reading the film", total=None)
        film = load(FilmSource(file.resolve()), services, cancel=cancel)
        bar.update(task, description="Scoring the film")
        try:
            return film, analyse(film, services)
        except RefusedImage as error:  # which says why, not which film
            raise RefusedImage(f"{file.name}: {error}", error.code) from error


def _chosen(maps: "Sequence[FeatureMap]", name: str) -> "list[FeatureMap]":
    chosen = [found for found in maps if name in (_ALL, found.block.name)]
    if not chosen:
        known = ", ".join(found.block.name for found in maps)
        raise WrongUsage(f"The model has no block {name!r}; it has: {known}.")
    return chosen


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"The folder {folder} cannot be made: {error.strerror or error}.") from error


def _write(film: "Radiograph", analysis: "Analysis", maps: "Sequence[FeatureMap]", folder: Path) -> None:
    from radassist.domain.analysis import Reduction
    from radassist.explain.feature_maps import display_range, reduce_map
    from radassist.export.block_images import overlay, write_values
    from radassist.export.pictures import write_picture
    from radassist.imaging.rendering import to_grey8

    grey = to_grey8(film)
    write_picture(grey, folder / "film.png")
    for feature_map in maps:
        grid = reduce_map(feature_map, Reduction.MEAN)
        cell_size = analysis.geometry.cell_size(feature_map.block.stride)
        write_picture(overlay(grey, grid, cell_size, display_range(grid)), folder / f"{feature_map.block.name}.png")
        write_values(grid, folder / f"{feature_map.block.name}.npy")
