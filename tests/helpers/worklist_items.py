"""Worklist items in every state, for tests of the list; numbers are given, files are named after them."""

from dataclasses import replace
from pathlib import Path

from helpers.fakes import make_analysis, make_film

from radassist.domain.radiograph import Notice
from radassist.domain.study import FilmSource, Identity
from radassist.domain.worklist import WorklistItem


def waiting(number: int, name: str = "", **identity: object) -> WorklistItem:
    """A film that waits; keyword arguments fill its header, without any it has none."""
    source = FilmSource(Path("films") / (name or f"film{number:04d}.dcm"))
    return WorklistItem(number, source, Identity(**identity) if identity else None)


def scored(
    number: int,
    probability: float,
    decision: str = "",
    *,
    notices: tuple[Notice, ...] = (),
    name: str = "",
    **identity: object,
) -> WorklistItem:
    """A film with its answer; without `decision` that of the threshold 0.5."""
    item = waiting(number, name, **identity)
    analysis = make_analysis(make_film(item.source.name, notices=notices), probability=probability)
    if decision:
        analysis = replace(analysis, prediction=replace(analysis.prediction, decision=decision))
    return item.started().scored(analysis)


def running(number: int) -> WorklistItem:
    """A film that is being scored."""
    return waiting(number).started()


def refused(number: int, reason: str = "This film is a lateral view.") -> WorklistItem:
    """A film that gets no score."""
    return running(number).refused(reason)


def failed(number: int, reason: str = "The file is cut short.") -> WorklistItem:
    """A film that could not be read."""
    return running(number).failed(reason)
