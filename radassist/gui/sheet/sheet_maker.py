"""Gathers what stands on a case sheet from a film, its answer and what was measured on it. Knows no widgets."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from radassist import __version__
from radassist.domain.analysis import Analysis, ModelFacts, Reduction
from radassist.domain.film_scale import FilmScale
from radassist.domain.measurement import Mark
from radassist.domain.model_sheet import SheetTable
from radassist.domain.radiograph import Notice, Radiograph
from radassist.export.block_images import overlay
from radassist.export.case_sheet import CaseSheet, SheetPicture, made_line
from radassist.gui.blocks.block_maps import BlockMaps
from radassist.gui.film.corner_texts import corner_texts
from radassist.gui.findings.findings_text import details, headline, meaning, model_details, numbers
from radassist.gui.measure.mark_words import NAMES, mark_lines
from radassist.gui.widgets.plain_text import one_line
from radassist.imaging.measuring import measure
from radassist.imaging.thumbnail import thumbnail

_MAP_SIDE = 240
_MOST_MARKS = 20
_NOT_A_PLACE = "It shows where the block responded, not where a disease is."


@dataclass(frozen=True, slots=True, eq=False)
class SheetInputs:
    """What the window knows when a sheet is asked for.

    Attributes:
        picture: The film as it is shown, (H, W, 3) uint8, with its marks.
        overlaid: The same with the map over it; None where none lies there.
        overlay_words: What that map is.
        analysis: Where the film was scored.
        problem: Why it was not; empty where it was or is still being scored.
        facts: Of the loaded model.
        marks: What was drawn on the film.
        scale: What lengths rest on.
        is_patient_wanted: Whether the sheet says whose film it is.
        is_key_image: Whether a reader called it one.
    """

    film: Radiograph
    picture: NDArray[np.uint8]
    overlaid: NDArray[np.uint8] | None
    overlay_words: str
    analysis: Analysis | None
    problem: str
    facts: ModelFacts | None
    marks: tuple[Mark, ...]
    scale: FilmScale
    is_patient_wanted: bool = False
    is_key_image: bool = False


def make_sheet(inputs: SheetInputs, when: datetime) -> CaseSheet:
    """The sheet of one film; slow enough for a thread."""
    analysis = inputs.analysis
    tables = (
        *([_patient(inputs.film)] if inputs.is_patient_wanted else []),
        _film(inputs.film, inputs.scale, is_key_image=inputs.is_key_image),
        _measurements(inputs),
        SheetTable("Model", details(analysis, inputs.facts) if analysis else model_details(inputs.facts)),
    )
    return CaseSheet(
        title="Chest film: case sheet",
        made=made_line(f"radassist {__version__}", when),
        film=SheetPicture(inputs.picture, "The film as it was shown"),
        overlay=_overlay(inputs),
        answer=headline(analysis.prediction) if analysis else "No score",
        sentences=_sentences(inputs),
        notices=tuple(notice.sentence for notice in _notices(inputs)),
        maps=block_pictures(inputs.film, analysis) if analysis else (),
        tables=tables,
    )


def block_pictures(film: Radiograph, analysis: Analysis) -> tuple[SheetPicture, ...]:
    """The mean map of every block over a small film in its default window, unturned."""
    grey = thumbnail(film, _MAP_SIDE)
    down, across = grey.shape[0] / film.height, grey.shape[1] / film.width
    maps = BlockMaps(analysis)
    pictures = []
    for name in maps.names:
        reduced = maps.reduced(name, Reduction.MEAN, 0)
        cell = (reduced.cell_size[0] * down, reduced.cell_size[1] * across)
        laid = overlay(grey, reduced.grid, cell, (reduced.low, reduced.high)) if reduced.has_signal else grey
        words = f"{reduced.low:.3g} to {reduced.high:.3g}" if reduced.has_signal else "no signal"
        pictures.append(SheetPicture(laid, f"{name}, mean: {words}"))
    return tuple(pictures)


def _overlay(inputs: SheetInputs) -> SheetPicture | None:
    if inputs.overlaid is None:
        return None
    return SheetPicture(inputs.overlaid, f"{inputs.overlay_words}. {_NOT_A_PLACE}")


def _sentences(inputs: SheetInputs) -> tuple[str, ...]:
    if inputs.analysis is None:
        return (inputs.problem or "The film was not scored when this sheet was made.",)
    prediction = inputs.analysis.prediction
    return meaning(prediction), numbers(prediction)


def _notices(inputs: SheetInputs) -> Sequence[Notice]:
    return inputs.analysis.notices if inputs.analysis else inputs.film.notices


def _patient(film: Radiograph) -> SheetTable:
    identity, texts = film.identity, corner_texts(film, film.windows[0], 1.0)
    rows = (
        ("Patient", ", ".join(texts.top_left)),
        ("Study", ", ".join(texts.top_right)),
        ("Accession", one_line(identity.accession_number)),
        ("Institution", one_line(identity.institution)),
    )
    return SheetTable("Patient and study", tuple(row for row in rows if row[1]))


def _film(film: Radiograph, scale: FilmScale, *, is_key_image: bool) -> SheetTable:
    facts = film.facts
    return SheetTable(
        "Film",
        (
            ("File", f"{facts.format}, {film.width} × {film.height} pixels, {film.bits_stored} bits"),
            ("SHA-256", facts.sha256[:16]),
            ("Lengths", scale.origin),
            *((("Key image", "yes"),) if is_key_image else ()),
        ),
    )


def _measurements(inputs: SheetInputs) -> SheetTable:
    rows = []
    for mark in inputs.marks[:_MOST_MARKS]:
        lines = mark_lines(mark, measure(inputs.film, mark, inputs.scale))
        rows.append((NAMES[mark.kind].capitalize(), "; ".join(lines)))
    if len(inputs.marks) > _MOST_MARKS:
        rows.append(("", f"and {len(inputs.marks) - _MOST_MARKS} more"))
    return SheetTable("Measurements", tuple(rows))
