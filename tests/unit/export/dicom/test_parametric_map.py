"""A map's raw values as a Parametric Map."""

import numpy as np
import pytest
from helpers.dicom_results import scored_film

from radassist.export.dicom.film_header import read_film_header
from radassist.export.dicom.parametric_map import parametric_map


def test_the_values_are_the_raw_ones(tmp_path):
    scored = scored_film(tmp_path)
    made = parametric_map(read_film_header(scored.source), scored.shown.values, scored.shown.cell_size, "block2 mean")
    stored = np.frombuffer(made.FloatPixelData, np.float32).reshape(made.Rows, made.Columns)
    assert np.array_equal(stored, scored.shown.values)


def test_cells_lie_in_the_plane_of_the_film(tmp_path):
    scored = scored_film(tmp_path, PixelSpacing=[0.2, 0.1], ImagerPixelSpacing=[0.2, 0.1])
    made = parametric_map(read_film_header(scored.source), scored.shown.values, (32.0, 20.0), "block2 mean")
    shared, frame = made.SharedFunctionalGroupsSequence[0], made.PerFrameFunctionalGroupsSequence[0]
    assert [float(side) for side in shared.PixelMeasuresSequence[0].PixelSpacing] == pytest.approx([6.4, 2.0])
    groups = frame if "PlanePositionSequence" in frame else shared
    place = [float(value) for value in groups.PlanePositionSequence[0].ImagePositionPatient]
    assert place == pytest.approx([(10 - 0.5) * 0.1, (16 - 0.5) * 0.2, 0.0])


def test_a_map_of_one_value_can_be_written(tmp_path):
    scored = scored_film(tmp_path)
    made = parametric_map(read_film_header(scored.source), np.zeros((2, 2), np.float32), (48.0, 40.0), "flat")
    assert made.Rows == 2
