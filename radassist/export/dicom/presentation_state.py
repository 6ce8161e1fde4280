"""How the film was looked at, as a Greyscale Softcopy Presentation State: window and outlines over the film."""

from collections.abc import Sequence

import numpy as np
from highdicom.pr import (
    GraphicAnnotation,
    GraphicLayer,
    GraphicObject,
    GrayscaleSoftcopyPresentationState,
    SoftcopyVOILUTTransformation,
    TextObject,
)
from numpy.typing import NDArray
from pydicom.dataset import Dataset

from radassist.domain.radiograph import Window
from radassist.export.dicom.maker import MANUFACTURER, MODEL_NAME, RESEARCH, SERIAL, finish, place, software_version

_SERIES = 9903
_LAYER = "RADASSIST"


def presentation_state(
    header: Dataset, window: Window | None, outlines: Sequence[NDArray[np.floating]] = (), words: str = RESEARCH
) -> Dataset:
    """The object, ready to be written.

    Args:
        header: Of the film, as `film_header.read_film_header` gives it, with `Rows` and `Columns`.
        window: In modality values; None leaves the film's own.
        outlines: Each (N, 2) of (row, column) in film pixels, the film's corner at (0, 0), at least two points.
        words: Shown in a corner of the film.
    """
    where, layer = place(_SERIES), GraphicLayer(_LAYER, order=1, description="Made by radassist")
    state: Dataset = GrayscaleSoftcopyPresentationState(
        referenced_images=[header],
        series_instance_uid=where.series_uid,
        series_number=where.series_number,
        sop_instance_uid=where.instance_uid,
        instance_number=1,
        manufacturer=MANUFACTURER,
        manufacturer_model_name=MODEL_NAME,
        software_versions=software_version(),
        device_serial_number=SERIAL,
        content_label=_LAYER,
        content_description=RESEARCH,
        graphic_annotations=[_annotation(header, layer, outlines, words)],
        graphic_layers=[layer],
        voi_lut_transformations=_windows(window),
    )
    return finish(state, header)


def _windows(window: Window | None) -> list[SoftcopyVOILUTTransformation] | None:
    if window is None:
        return None
    return [SoftcopyVOILUTTransformation(window.center, window.width, voi_lut_function=window.function.value)]


def _annotation(
    header: Dataset, layer: GraphicLayer, outlines: Sequence[NDArray[np.floating]], words: str
) -> GraphicAnnotation:

    lines = [
        GraphicObject(graphic_type="POLYLINE", graphic_data=_points(header, outline), units="PIXEL")
        for outline in outlines
        if len(outline) > 1
    ]
    note = TextObject(text_value=words, units="DISPLAY", bounding_box=(0.02, 0.02, 0.6, 0.06))
    return GraphicAnnotation(
        referenced_images=[header], graphic_layer=layer, graphic_objects=lines or None, text_objects=[note]
    )


def _points(header: Dataset, outline: NDArray[np.floating]) -> NDArray[np.float64]:
    """(N, 2) of (column, row), inside the film; DICOM, too, has the film's corner at (0, 0) (PS3.3 C.10.5.1.2)."""
    points = np.asarray(outline, np.float64)[:, ::-1]
    return np.clip(points, 0.0, (float(header.Columns), float(header.Rows)))
