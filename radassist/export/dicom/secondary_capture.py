"""A picture of the film with what was laid over it, as a Secondary Capture; the research-use line is burned in."""

import numpy as np
from highdicom.sc import SCImage
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont
from pydicom.dataset import Dataset

from radassist.export.dicom.maker import MANUFACTURER, MODEL_NAME, RESEARCH, finish, place, software_version

_SERIES = 9902
_LARGEST_SIDE = 2048


def secondary_capture(header: Dataset, picture: NDArray[np.uint8]) -> Dataset:
    """The object, ready to be written.

    Args:
        header: Of the film, as `film_header.read_film_header` gives it.
        picture: (H, W, 3) RGB; larger ones are shrunk to 2,048 pixels a side.
    """
    where = place(_SERIES)
    image: Dataset = SCImage.from_ref_dataset(
        ref_dataset=header,
        pixel_array=with_line(picture, RESEARCH),
        photometric_interpretation="RGB",
        bits_allocated=8,
        coordinate_system="PATIENT",
        series_instance_uid=where.series_uid,
        series_number=where.series_number,
        sop_instance_uid=where.instance_uid,
        instance_number=1,
        manufacturer=MANUFACTURER,
        patient_orientation=_orientation(header),
    )
    image.ManufacturerModelName = MODEL_NAME
    image.SoftwareVersions = software_version()
    image.BurnedInAnnotation = "YES"
    image.DerivationDescription = "The film with a map of a network's block over it."
    image.ReferencedImageSequence = [_reference(header)]
    return finish(image, header)


def with_line(picture: NDArray[np.uint8], line: str) -> NDArray[np.uint8]:
    """`picture`, (H, W, 3), with `line` in a band of its own below it, so that it covers nothing of the film."""
    shown = Image.fromarray(picture)
    shown.thumbnail((_LARGEST_SIDE, _LARGEST_SIDE))
    size = max(10, shown.width // 45)
    sheet = Image.new("RGB", (shown.width, shown.height + 2 * size))
    sheet.paste(shown)
    place_of_text = (shown.width // 2, shown.height + size)
    ImageDraw.Draw(sheet).text(place_of_text, line, "white", ImageFont.load_default(size), anchor="mm")
    return np.asarray(sheet)


def _orientation(header: Dataset) -> tuple[str, str]:
    """The film's own; where it names none, the usual one of a frontal film: rows to the left, columns to the feet."""
    found = header.get("PatientOrientation")
    return (found[0], found[1]) if found and len(found) == 2 and all(found) else ("L", "F")


def _reference(header: Dataset) -> Dataset:
    reference = Dataset()
    reference.ReferencedSOPClassUID = header.SOPClassUID
    reference.ReferencedSOPInstanceUID = header.SOPInstanceUID
    return reference
