"""From the bytes of a DICOM file to a Radiograph: the order of the steps, each of which has its own module.

Errors are sentences without their subject: `formats` puts the film's name before them.
"""

from dataclasses import replace
from typing import Any

from numpy.typing import NDArray

from radassist.domain.errors import UnsupportedImage
from radassist.domain.radiograph import FileFacts, Pixels, Radiograph, Window
from radassist.imaging.codecs import require_supported
from radassist.imaging.colour import is_coloured, luminance
from radassist.imaging.dicom_facts import read_aspect, read_notices, read_spacing
from radassist.imaging.dicom_file import DicomFile, parse
from radassist.imaging.dicom_header import Header
from radassist.imaging.dicom_identity import read_header_identity
from radassist.imaging.dicom_kinds import refuse_other_kinds
from radassist.imaging.dicom_layout import PixelLayout, read_layout
from radassist.imaging.dicom_pixels import read_first_frame
from radassist.imaging.dicom_shutter import apply_shutter
from radassist.imaging.dicom_tables import apply_palette
from radassist.imaging.dicom_values import read_modality, read_padding, read_windows
from radassist.imaging.histogram import Picture
from radassist.imaging.notices import COLOUR, NO_CONTRAST, multiframe, small


def read_dicom(data: bytes, *, default_only: bool = False) -> Radiograph:
    """The film in a DICOM file.

    Args:
        data: The whole file.
        default_only: Leave out all ways to show the film but its default, which is quicker.

    Raises:
        DecodeError: If the file is damaged, cut short or contradicts itself.
        UnsupportedImage: If it holds no film, or one of a kind that is not read.
    """
    file = parse(data)
    refuse_other_kinds(file)
    require_supported(file.syntax)
    layout = read_layout(file.header)
    pixels = _first_frame(file, layout)
    if layout.is_grey:
        film = _grey_film(file.header, layout, pixels, default_only=default_only)
    else:
        film = _colour_film(file.header, layout, pixels)
    return _with_facts(film, file, layout, preamble=data[:128])


def _first_frame(file: DicomFile, layout: PixelLayout) -> NDArray[Any]:
    if file.pixels is None:
        raise UnsupportedImage("holds no picture.")
    return read_first_frame(file.pixels, layout, file.syntax)


def _grey_film(header: Header, layout: PixelLayout, pixels: Pixels, *, default_only: bool) -> Radiograph:
    modality, rescale_notices = read_modality(header, layout)
    shown = apply_shutter(header, pixels, read_padding(header, layout), read_aspect(header, read_spacing(header)))
    picture = Picture(shown.pixels, modality, shown.padding)
    voi = read_windows(header, picture, default_only=default_only)
    return Radiograph(
        pixels=shown.pixels,
        bits_stored=layout.bits_stored,
        windows=voi.windows,
        modality=modality,
        # Both say the same thing: a film that says it twice is still inverted once.
        inverted=layout.photometric == "MONOCHROME1" or header.code("PresentationLUTShape") == "INVERSE",
        padding=shown.padding,
        padding_grey=shown.grey,
        notices=(*shown.notices, *rescale_notices, *voi.notices, *((NO_CONTRAST,) if picture.is_constant else ())),
    )


def _colour_film(header: Header, layout: PixelLayout, pixels: NDArray[Any]) -> Radiograph:
    """Colours as brightness over their whole range: windows are defined for grey pictures only."""
    is_palette = layout.photometric == "PALETTE COLOR"
    rgb = apply_palette(pixels, header) if is_palette else pixels
    bits = 8 if is_palette else layout.bits_stored
    shown = apply_shutter(header, luminance(rgb), None, read_aspect(header, read_spacing(header)))
    return Radiograph(
        pixels=shown.pixels,
        bits_stored=bits,
        windows=(Window(2.0 ** (bits - 1), 2.0**bits, name="Full range"),),
        padding=shown.padding,
        padding_grey=shown.grey,
        notices=(*shown.notices, *((COLOUR,) if is_coloured(rgb, full_scale=2**bits - 1) else ())),
    )


def _with_facts(film: Radiograph, file: DicomFile, layout: PixelLayout, preamble: bytes) -> Radiograph:
    spacing = read_spacing(file.header)
    return replace(
        film,
        spacing=spacing,
        aspect=read_aspect(file.header, spacing),
        identity=read_header_identity(file.header),
        facts=FileFacts(
            format="DICOM",
            transfer_syntax=str(file.syntax),
            photometric=layout.photometric,
            frames=layout.frames,
        ),
        notices=(
            *multiframe(layout.frames),
            *film.notices,
            *small(layout.rows, layout.columns),
            *read_notices(file, preamble, layout.bytes_uncompressed),
        ),
    )
