"""How the film was looked at, as a Greyscale Softcopy Presentation State: window, outlines and a reader's marks."""

from collections.abc import Sequence

import numpy as np
from highdicom import VOILUT, PresentationLUTTransformation
from highdicom.pr import (
    GraphicAnnotation,
    GraphicLayer,
    GrayscaleSoftcopyPresentationState,
    SoftcopyVOILUTTransformation,
    TextObject,
)
from numpy.typing import NDArray
from pydicom.dataset import Dataset

from radassist.domain.dicom_results import ReaderView
from radassist.domain.radiograph import LookupTable, Radiograph, Window
from radassist.export.dicom.graphics import graphics, polyline, texts
from radassist.export.dicom.maker import RESEARCH, finish, maker, place

_SERIES = 9903
_LAYER = "RADASSIST"
_UTF8 = "ISO_IR 192"


def presentation_state(
    header: Dataset, film: Radiograph, view: ReaderView, outlines: Sequence[NDArray[np.floating]] = ()
) -> Dataset:
    """The object, ready to be written.

    Args:
        header: Of the film, as `film_header.read_film_header` gives it, with `Rows` and `Columns`.
        film: The same film as it was read.
        view: Window, inversion and marks; without a window the film's own default is named.
        outlines: Each (N, 2) of (row, column) in film pixels, the film's corner at (0, 0), at least two points.
    """
    layer = GraphicLayer(_LAYER, order=1, description="Made by radassist")
    words = " ".join(word for marked in view.marks for word in marked.words)
    state: Dataset = GrayscaleSoftcopyPresentationState(
        referenced_images=[header],
        **maker(place(_SERIES)),
        content_label=_LAYER,
        content_description=RESEARCH,
        graphic_annotations=[_annotation(header, layer, view, outlines)],
        graphic_layers=[layer],
        voi_lut_transformations=_windows(view.window or film.windows[0]),
        presentation_lut_transformation=_shape(is_inverse=film.inverted is not view.is_inverted),
        specific_character_set=header.get("SpecificCharacterSet") if words.isascii() else _UTF8,
    )
    return finish(state, header)


def _shape(*, is_inverse: bool) -> PresentationLUTTransformation:
    """A state's shape holds whatever the film's photometric interpretation is, so MONOCHROME1 is inverted here."""
    return PresentationLUTTransformation(presentation_lut_shape="INVERSE" if is_inverse else "IDENTITY")


def _windows(window: Window | LookupTable) -> list[SoftcopyVOILUTTransformation] | None:
    if isinstance(window, Window):
        return [SoftcopyVOILUTTransformation(window.center, window.width, voi_lut_function=window.function.value)]
    if window.first < 0:
        return None  # such a table needs signed words, which cannot be told apart here: the film's own holds
    table = VOILUT(window.first, np.ascontiguousarray(window.entries, np.uint16))
    table.LUTDescriptor = [len(window.entries) % (1 << 16), window.first, window.bits]
    return [SoftcopyVOILUTTransformation(voi_luts=[table])]


def _annotation(
    header: Dataset, layer: GraphicLayer, view: ReaderView, outlines: Sequence[NDArray[np.floating]]
) -> GraphicAnnotation:

    size = (float(header.Rows), float(header.Columns))
    lines = [polyline(outline, size) for outline in outlines if len(outline) > 1]
    drawn = [graphic for marked in view.marks for graphic in graphics(marked.mark, size)]
    note = TextObject(text_value=RESEARCH, units="DISPLAY", bounding_box=(0.02, 0.02, 0.6, 0.06))
    return GraphicAnnotation(
        referenced_images=[header],
        graphic_layer=layer,
        graphic_objects=[*lines, *drawn] or None,
        text_objects=[note, *(text for marked in view.marks for text in texts(marked, size))],
    )
