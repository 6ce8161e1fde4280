"""A map of evidence as it is laid over a film, and what is said of it."""

from radassist.domain.dicom_results import MapOverFilm
from radassist.domain.explanation import SaliencyMap
from radassist.gui.film.overlay import Overlay
from radassist.imaging.rendering import ColorMap, to_rgba

EVIDENCE_COLORS = ColorMap.INFERNO


def evidence_over_film(saliency: SaliencyMap) -> Overlay | None:
    """The positive part of `saliency` over its film, 0 to the strongest; None where nothing speaks for it."""
    if saliency.is_empty:
        return None
    highest = float(saliency.evidence.max())
    words = evidence_words(saliency)
    rgba = to_rgba(saliency.evidence, 0.0, highest, EVIDENCE_COLORS)
    raw = MapOverFilm(saliency.evidence, saliency.cell_size, (0.0, highest), words)
    return Overlay(rgba, saliency.cell_size, words=f"{words}, 0 to {highest:.3g}", raw=raw)


def evidence_words(saliency: SaliencyMap) -> str:
    """Which map this is, or that there is nothing to be seen on it."""
    if saliency.is_empty:
        return f"No positive evidence for {saliency.target} ({_origin(saliency)})."
    return f"{_origin(saliency)}: evidence for {saliency.target}"


def _origin(saliency: SaliencyMap) -> str:
    return f"{saliency.method.words} of {saliency.block.name}" if saliency.block else saliency.method.words
