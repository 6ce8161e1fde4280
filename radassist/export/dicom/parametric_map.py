"""A map's raw values as a Parametric Map of 32-bit floats, cell by cell as the network made them.

A radiograph has no place in space. The object therefore has a frame of reference of its own: the plane of the film,
with the middle of the film's first pixel as origin, rows along x, columns along y, in millimetres where the film has a
pixel spacing and in pixels where it has none.
"""

import numpy as np
from highdicom import PixelMeasuresSequence, PlaneOrientationSequence, PlanePositionSequence, VOILUTTransformation
from highdicom.pm import ParametricMap, RealWorldValueMapping
from numpy.typing import NDArray
from pydicom.dataset import Dataset
from pydicom.sr.codedict import codes
from pydicom.sr.coding import Code
from pydicom.uid import generate_uid

from radassist.export.dicom.maker import finish, maker, place
from radassist.export.dicom.structured_report import OWN_SCHEME

_SERIES = 9904
_VALUE = Code("MAPVALUE", OWN_SCHEME, "Value of a network's map")
_TEXT = 64
"""Longest text of a value representation LO."""
_IN_PLANE = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0)


def parametric_map(header: Dataset, values: NDArray[np.float32], cell_size: tuple[float, float], label: str) -> Dataset:
    """The object, ready to be written.

    Args:
        header: Of the film, as `film_header.read_film_header` gives it.
        values: (h, w), finite, raw.
        cell_size: Height and width of a cell in film pixels; the map's corner is the film's corner.
        label: What the map is, for instance `block3 mean`.
    """
    spacing = _spacing(header)
    low, high = float(values.min()), float(values.max())
    first_cell = [(cell / 2 - 0.5) * pixel for cell, pixel in zip(cell_size, spacing, strict=True)]
    made: Dataset = ParametricMap(
        source_images=[_in_a_plane(header, spacing)],
        pixel_array=values.astype(np.float32),
        **maker(place(_SERIES)),
        contains_recognizable_visual_features=False,
        real_world_value_mappings=[_mapping(low, high, label)],
        voi_lut_transformations=[_window(low, high)],
        content_label="MAP",
        content_description=_plain(label),
        pixel_measures=PixelMeasuresSequence((spacing[0] * cell_size[0], spacing[1] * cell_size[1]), 1.0),
        plane_orientation=PlaneOrientationSequence("PATIENT", _IN_PLANE),
        plane_positions=[PlanePositionSequence("PATIENT", (first_cell[1], first_cell[0], 0.0))],
    )
    return finish(made, header)


def _plain(label: str) -> str:
    """Letters that every character set a film may name can hold."""
    return label.replace("\N{MINUS SIGN}", "-").encode("ascii", "replace").decode()[:_TEXT]


def _window(low: float, high: float) -> VOILUTTransformation:

    return VOILUTTransformation((low + high) / 2, max(high - low, 1e-6), voi_lut_function="LINEAR_EXACT")


def _mapping(low: float, high: float, label: str) -> RealWorldValueMapping:

    return RealWorldValueMapping(
        lut_label="RAW",
        lut_explanation=_plain(label),
        unit=codes.UCUM.NoUnits,
        value_range=(low, max(high, float(np.nextafter(low, np.inf)))),
        slope=1.0,
        intercept=0.0,
        quantity_definition=_VALUE,
    )


def _spacing(header: Dataset) -> tuple[float, float]:
    """Height and width of a pixel in mm; 1 where the film does not say."""
    for keyword in ("PixelSpacing", "ImagerPixelSpacing"):
        found = header.get(keyword)
        if found and len(found) == 2 and min(found) > 0:
            return float(found[0]), float(found[1])
    return 1.0, 1.0


def _in_a_plane(header: Dataset, spacing: tuple[float, float]) -> Dataset:
    """The film's header, as the object's maker wants it, with the plane it does not name itself."""
    placed = Dataset()
    placed.update(header)
    placed.FrameOfReferenceUID = generate_uid(prefix=None)
    placed.PositionReferenceIndicator = ""
    placed.ImagePositionPatient = [0.0, 0.0, 0.0]
    placed.ImageOrientationPatient = list(_IN_PLANE)
    placed.PixelSpacing = list(spacing)
    placed.SliceThickness = 1.0
    return placed
