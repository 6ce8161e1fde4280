"""`radassist explain`: what the network made of films, as files."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from radassist.cli.explain_wish import ALL, KNOWN, ExplainWish, check_methods, plan_of, split_words
from radassist.cli.terminal import (
    NOT_FOR_DIAGNOSIS,
    check_exist,
    complain,
    interruptible,
    progress_bar,
    say,
)
from radassist.domain.cancellation import Cancelled, CancelToken
from radassist.domain.errors import UserError
from radassist.domain.explanation import ChannelRule

if TYPE_CHECKING:
    from radassist.domain.study import FilmSource
    from radassist.workflow.explain_films import ExplainEvent, FilmExplained, FilmLeftOut
    from radassist.workflow.services import Services

SOME_NOT_EXPLAINED = 3
_LONGEST_SIDE = 1024


def explain(  # noqa: PLR0913  (one parameter an option)
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Films, folders, ZIPs or DICOMDIRs.")],
    out: Annotated[Path, typer.Option(metavar="DIR", help="Folder to write to; made when missing.")],
    model: Annotated[str | None, typer.Option(help="Model id or folder; the default model when left out.")] = None,
    device: Annotated[str, typer.Option(help="For the scores: auto, cpu, cuda, cuda:N or mps.")] = "auto",
    methods: Annotated[
        str, typer.Option("--methods", "--method", metavar="NAME,...|all", help=f"Of {', '.join(KNOWN)}.")
    ] = "mean,grad-cam",
    blocks: Annotated[
        str, typer.Option("--blocks", "--block", metavar="NAME,...|all", help="Blocks the maps are made from.")
    ] = ALL,
    target: Annotated[
        str | None, typer.Option(metavar="LABEL", help="The label to explain; the positive one when left out.")
    ] = None,
    rank: Annotated[ChannelRule | None, typer.Option(help="Rank the channels of the blocks by this.")] = None,
    trust: Annotated[
        bool, typer.Option("--trust", help="Test whether each map can be believed; seconds a map.")
    ] = False,
    robustness: Annotated[
        bool, typer.Option("--robustness", help="Score each film under changes that should not matter.")
    ] = False,
    full_size: Annotated[
        bool, typer.Option("--full-size", help=f"Pictures as large as the film, not of {_LONGEST_SIDE} pixels at most.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress, no summary.")] = False,
) -> None:
    """Write where the network looked: maps over the film as PNG, their values as .npy, one JSON a film.

    A single film is written into DIR itself, each of several into a folder of its own in it.

    Exit codes: 0 all explained; 1 nothing could be done, or it was stopped; 2 wrong usage; 3 some films were refused or
    failed (their JSON says why).
    """
    from radassist.cli.scoring import check_model

    wish = ExplainWish(check_methods(methods), split_words(blocks), target, rank, trust, robustness)
    check_exist(paths)
    check_model(model)
    writer = _Writer(out, _LONGEST_SIDE if not full_size else None, quiet=quiet)
    with interruptible() as cancel:
        left_out = _explain_all(paths, wish, writer, cancel, model=model, device=device)
    if left_out:
        raise typer.Exit(SOME_NOT_EXPLAINED)


def _explain_all(
    paths: Sequence[Path], wish: ExplainWish, writer: "_Writer", cancel: CancelToken, *, model: str | None, device: str
) -> int:
    """Explain and write every film; how many could not be."""
    from radassist import wiring

    services = wiring.make_services(model, device)
    with closing(services.loader):
        sources, is_single = _sources(paths, services, cancel, writer)
        return _explain_found(sources, services, wish, writer, cancel, model=model, is_single=is_single)


def explain_scored(  # noqa: PLR0913
    sources: "Sequence[FilmSource]",
    services: "Services",
    methods: list[str],
    out: Path,
    cancel: CancelToken,
    *,
    model: str | None,
    quiet: bool,
) -> int:
    """Explain films that a batch has scored, each into a folder of its own in `out`; how many could not be.

    Raises:
        WrongUsage: If the model cannot be asked by one of `methods`.
        UserError: If files cannot be written, or the work was stopped.
    """
    wish = ExplainWish(methods, [ALL], None, None, trust=False, robustness=False)
    writer = _Writer(out, _LONGEST_SIDE, quiet=quiet)
    return _explain_found(sources, services, wish, writer, cancel, model=model, is_single=False)


def _explain_found(  # noqa: PLR0913
    sources: "Sequence[FilmSource]",
    services: "Services",
    wish: ExplainWish,
    writer: "_Writer",
    cancel: CancelToken,
    *,
    model: str | None,
    is_single: bool,
) -> int:
    from radassist import wiring
    from radassist.cli.scoring import loaded
    from radassist.workflow.explain_films import explain_films

    ready = loaded(services, quiet=writer.quiet)
    predictor = ready.make_predictor()
    explainer = wiring.make_explainer(model, predictor)
    plan = plan_of(wish, predictor.facts, explainer)
    events = explain_films(sources, ready, explainer, plan, cancel)
    return writer.write_all(events, sources, is_single=is_single)


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes films as they are explained.

    Attributes:
        out: The folder.
        longest_side: Of the pictures, None for the film's own.
    """

    out: Path
    longest_side: int | None
    quiet: bool

    def write_all(self, events: "Iterator[ExplainEvent]", sources: "Sequence[FilmSource]", *, is_single: bool) -> int:
        """Follow `events` to their end behind a progress bar; how many films were left out.

        Raises:
            UserError: If the single film is left out, or the work was stopped.
        """
        from radassist.export.explanation_files import film_folder
        from radassist.workflow.explain_films import FilmLeftOut, MapMade

        left_out = done = 0
        with progress_bar(quiet=self.quiet) as bar:
            task = bar.add_task("Explaining the film" if is_single else "Explaining films", total=None)
            try:
                for event in events:
                    if isinstance(event, MapMade):
                        films = 1 if is_single else len(sources)
                        bar.update(task, total=films * event.total, completed=event.number * event.total + event.done)
                        continue
                    folder = self.out if is_single else self.out / film_folder(event.number, event.source.name)
                    self._write(event, folder, is_single=is_single)
                    left_out += isinstance(event, FilmLeftOut)
                    done += 1
            except Cancelled as stop:
                raise UserError(f"Stopped: {done} of {len(sources)} films are in {self.out}.") from stop
        if not self.quiet:
            self._sum_up(len(sources), left_out)
        return left_out

    def _write(self, event: "FilmExplained | FilmLeftOut", folder: Path, *, is_single: bool) -> None:
        from radassist.export.explanation_files import write_explanation, write_left_out
        from radassist.wiring import record_film_export
        from radassist.workflow.explain_films import FilmExplained

        if isinstance(event, FilmExplained):
            write_explanation(event.files, folder, longest_side=self.longest_side)
            record_film_export("explanation", event.files.analysis.film_sha256, identified=False)
            if not self.quiet:
                say(_in_words(event))
            return
        if is_single:
            raise event.problem
        complain(str(event.problem))
        write_left_out(event.source.name, "refused" if event.is_refusal else "failed", str(event.problem), folder)

    def _sum_up(self, found: int, left_out: int) -> None:
        counted = "1 film" if found == 1 else f"{found} films"
        missing = f", {left_out} of them refused or failed" if left_out else ""
        say(f"{counted} written to {self.out}{missing}. {NOT_FOR_DIAGNOSIS}")


def _in_words(event: "FilmExplained") -> str:
    prediction, maps = event.files.analysis.prediction, event.files.maps
    empty = sum(one.colours is None for one in maps)
    nothing = f", {empty} without positive evidence or differences" if empty else ""
    score = f"p({prediction.positive_label}) = {prediction.positive_probability:.3f}"
    counted = "1 map" if len(maps) == 1 else f"{len(maps)} maps"
    return f"{event.source.name}: {prediction.decision}, {score}; {counted}{nothing}."


def _sources(
    paths: Sequence[Path], services: "Services", cancel: CancelToken, writer: _Writer
) -> "tuple[list[FilmSource], bool]":
    """The films, and whether there is one that was named itself; pictures of an earlier run are no films.

    Raises:
        UserError: If there are none.
    """
    from radassist.cli.scoring import find_films

    out = writer.out.resolve()
    films = (item.source for item in find_films(paths, services, cancel, quiet=writer.quiet))
    found = [source for source in films if out not in source.path.resolve().parents]
    if not found:
        raise UserError(f"No films were found but those in {writer.out} itself.")
    return found, len(found) == 1 and not found[0].member and len(paths) == 1 and found[0].path.name == paths[0].name
