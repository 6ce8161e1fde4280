"""Evidence over the film: its own range, and nothing where nothing speaks for the label."""

import numpy as np

from radassist.domain.analysis import BlockSpec
from radassist.domain.explanation import SaliencyMap, SaliencyMethod, Subject
from radassist.gui.explain.saliency_drawing import EVIDENCE_COLORS, evidence_over_film, evidence_words
from radassist.imaging.rendering import color_table


def _map(values: list[list[float]], block: bool = True) -> SaliencyMap:
    spec = BlockSpec("block2", "m", 8) if block else None
    grid = np.array(values, np.float32)
    return SaliencyMap(Subject("ab", "m", "cd"), SaliencyMethod.GRAD_CAM, "PNEUMONIA", spec, grid, (4.0, 2.0))


def test_colours_run_from_nothing_to_the_strongest_evidence() -> None:
    overlay = evidence_over_film(_map([[-3.0, 0.0], [1.0, 2.0]]))
    table = color_table(EVIDENCE_COLORS)
    assert overlay.cell_size == (4.0, 2.0)
    assert overlay.rgba[0, 0, :3].tolist() == overlay.rgba[0, 1, :3].tolist() == table[0].tolist()
    assert overlay.rgba[1, 1, :3].tolist() == table[255].tolist()
    assert overlay.words == "Grad-CAM of block2: evidence for PNEUMONIA, 0 to 2"


def test_without_evidence_nothing_is_coloured_and_that_is_said() -> None:
    empty = _map([[-1.0, 0.0]], block=False)
    assert evidence_over_film(empty) is None
    assert evidence_words(empty) == "No positive evidence for PNEUMONIA (Grad-CAM)."
