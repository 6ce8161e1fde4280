"""`radassist explain`: what the network made of films, as files."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from radassist.cli.terminal import (
    NOT_FOR_DIAGNOSIS,
    WrongUsage,
    check_exist,
    complain,
    interruptible,
    progress_bar,
    say,
)
from radassist.domain.cancellation import Cancelled, CancelToken
from radassist.domain.errors import UserError
from radassist.domain.explanation import ChannelRule, SaliencyMethod

if TYPE_CHECKING:
    from radassist.domain.analysis import ModelFacts
    from radassist.domain.study import FilmSource
    from radassist.workflow.explain import Explainer
    from radassist.workflow.explain_films import ExplainEvent, ExplainPlan, FilmExplained, FilmLeftOut
    from radassist.workflow.services import Services

SOME_NOT_EXPLAINED = 3
_ALL = "all"
_VIEWS = ("mean", "max", "l2", "pca")
_KNOWN = (*_VIEWS, *(method.value for method in SaliencyMethod))
_LONGEST_SIDE = 1024


@dataclass(frozen=True, slots=True)
class _Wish:
    """What was asked for, in the words of the command line."""

    methods: list[str]
    blocks: list[str]
    target: str | None
    rank: ChannelRule | None
    trust: bool
    robustness: bool


def explain(  # noqa: PLR0913  (one parameter an option)
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Films, folders, ZIPs or DICOMDIRs.")],
    out: Annotated[Path, typer.Option(metavar="DIR", help="Folder to write to; made when missing.")],
    model: Annotated[str | None, typer.Option(help="Model id or folder; the default model when left out.")] = None,
    device: Annotated[str, typer.Option(help="For the scores: auto, cpu, cuda, cuda:N or mps.")] = "auto",
    methods: Annotated[
        str, typer.Option("--methods", "--method", metavar="NAME,...|all", help=f"Of {', '.join(_KNOWN)}.")
    ] = "mean,grad-cam",
    blocks: Annotated[
        str, typer.Option("--blocks", "--block", metavar="NAME,...|all", help="Blocks the maps are made from.")
    ] = _ALL,
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

    wish = _Wish(check_methods(methods), _split(blocks), target, rank, trust, robustness)
    check_exist(paths)
    check_model(model)
    writer = _Writer(out, _LONGEST_SIDE if not full_size else None, quiet=quiet)
    with interruptible() as cancel:
        left_out = _explain_all(paths, wish, writer, cancel, model=model, device=device)
    if left_out:
        raise typer.Exit(SOME_NOT_EXPLAINED)


def _explain_all(
    paths: Sequence[Path], wish: _Wish, writer: "_Writer", cancel: CancelToken, *, model: str | None, device: str
) -> int:
    """Explain and write every film; how many could not be."""
    from radassist import wiring

    services = wiring.make_services(model, device)
    with closing(services.loader):
        sources, is_single = _sources(paths, services, cancel, writer)
        return _explain_found(sources, services, wish, writer, cancel, model=model, is_single=is_single)


def check_methods(text: str) -> list[str]:
    """The names of methods in `text`, which commas part, in their usual order; all of them for `all`.

    Raises:
        WrongUsage: If there is no such method.
    """
    words = _split(text)
    for word in words:
        if word not in (*_KNOWN, _ALL):
            raise WrongUsage(f"There is no method {word!r}; there are: {', '.join(_KNOWN)}.")
    return list(_KNOWN) if _ALL in words else [word for word in _KNOWN if word in words]


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
    wish = _Wish(methods, [_ALL], None, None, trust=False, robustness=False)
    writer = _Writer(out, _LONGEST_SIDE, quiet=quiet)
    return _explain_found(sources, services, wish, writer, cancel, model=model, is_single=False)


def _explain_found(  # noqa: PLR0913
    sources: "Sequence[FilmSource]",
    services: "Services",
    wish: _Wish,
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
    plan = _plan(wish, predictor.facts, explainer)
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


def _plan(wish: _Wish, facts: "ModelFacts", explainer: "Explainer") -> "ExplainPlan":
    """The wish in the model's words.

    Raises:
        WrongUsage: If the model has no such block, label or method.
    """
    from radassist.workflow.explain_films import BlockView, ExplainPlan

    target = wish.target or facts.labels[1]
    if target not in facts.labels:
        raise WrongUsage(f"The model has no label {target!r}; it has: {', '.join(facts.labels)}.")
    methods = _possible_methods(wish, explainer)
    views = tuple(BlockView(word) for word in wish.methods if word in _VIEWS)
    blocks = _chosen_blocks(wish.blocks, facts, explainer)
    return ExplainPlan(target, blocks, views, methods, wish.rank, wish.trust, wish.robustness)


def _possible_methods(wish: _Wish, explainer: "Explainer") -> tuple[SaliencyMethod, ...]:
    """The saliency maps that were asked for; of all, those that can be made.

    Raises:
        WrongUsage: If one cannot be made with this model.
        ModelUnavailable: If one cannot be made since there is no torch.
    """
    from radassist.inference.device import require_torch

    named = [SaliencyMethod(word) for word in wish.methods if word not in _VIEWS]
    if all(method is SaliencyMethod.OCCLUSION for method in named):  # the one that any model can be asked for
        return tuple(named)
    methods = tuple(method for method in named if method in explainer.methods)
    if len(methods) < len(named) and len(wish.methods) < len(_KNOWN):
        missing = next(method for method in named if method not in methods)
        require_torch("Saliency maps")
        known = ", ".join([*_VIEWS, *explainer.methods])
        raise WrongUsage(f"{missing.words} cannot be made with this model; there are: {known}.")
    return methods


def _chosen_blocks(words: Sequence[str], facts: "ModelFacts", explainer: "Explainer") -> tuple[str, ...]:
    published = [block.name for block in facts.blocks]
    if _ALL in words:
        return tuple(published)
    known = published if set(words) <= set(published) else [block.name for block in explainer.blocks]
    for word in words:
        if word not in known:
            raise WrongUsage(f"The model has no block {word!r}; it has: {', '.join(known)}.")
    return tuple(name for name in known if name in words)


def _split(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]
