"""A film as a new DICOM object that names nobody: made of decoded pixels and of what `kept` lets through."""

from collections.abc import Mapping, Sequence

import numpy as np
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian
from pydicom.valuerep import DSfloat

from radassist.domain.deidentification import DeidentifyOptions
from radassist.domain.radiograph import LookupTable, ModalityTransform, Radiograph, Window
from radassist.export.deidentified.kept import NUMBERS, UNPAIRED, kept_numbers, kept_terms
from radassist.export.deidentified.pseudonyms import Pseudonyms

_CR, _SC = "1.2.840.10008.5.1.4.1.1.1", "1.2.840.10008.5.1.4.1.1.7"
_DX = ("1.2.840.10008.5.1.4.1.1.1.1", "1.2.840.10008.5.1.4.1.1.1.1.1")
_METHOD = "PS3.15 Basic Profile; only numbers and listed terms are kept"
_CODES = {
    "113100": "Basic Application Confidentiality Profile",
    "113107": "Retain Longitudinal Temporal Information Modified Dates Option",
    "113108": "Retain Patient Characteristics Option",
}
_OLDEST = 90
"""Ages above are told as this one: they would be rare enough to name somebody."""
_NO_TEXT = (
    "AccessionNumber",
    "Manufacturer",
    "PatientBirthDate",
    "ReferringPhysicianName",
    "StudyID",
    "StudyTime",
)
_P_VALUES_A_GREY = 257
"""Of 65,536 presentation values, of which 256 greys are shown."""


def deidentified_film(
    values: Mapping[str, str], film: Radiograph, options: DeidentifyOptions, pseudonyms: Pseudonyms
) -> Dataset:
    """The copy, ready to be written.

    Args:
        values: Of the elements at the top of the film's header, by tag.
        film: The same film as it was read.
        options: What is kept beside the profile.
        pseudonyms: New identifiers.
    """
    copy = Dataset()
    _add_identity(copy, film, options, pseudonyms)
    _add_statement(copy, options)
    for keyword, words in kept_terms(values).items():
        setattr(copy, keyword, words if len(words) > 1 else words[0])
    kinds = dict(NUMBERS.values())
    for keyword, numbers in kept_numbers(values).items():
        made = [int(each) if kinds[keyword] == "IS" else DSfloat(each, auto_format=True) for each in numbers]
        setattr(copy, keyword, made if len(made) > 1 else made[0])
    copy.SOPClassUID = _kind(values.get("(0008,0016)", ""), copy)
    _add_pixels(copy, film)
    _add_shutter(copy, film)
    _add_modality(copy, film.modality)
    # The class for presentation must have one (PS3.3 C.8.11.3).
    _add_windows(copy, _own_windows(film) or (film.windows if copy.SOPClassUID == _DX[0] else ()))
    _complete(copy)
    return copy


def _kind(asked: str, copy: Dataset) -> str:
    """The film's own class where the copy can be of it, else Secondary Capture."""
    if asked in _DX:
        return asked if {"ImagerPixelSpacing", "PatientOrientation"} <= set(copy.dir()) else _SC
    return asked if asked == _CR else _SC


def _add_identity(copy: Dataset, film: Radiograph, options: DeidentifyOptions, pseudonyms: Pseudonyms) -> None:
    identity, digest = film.identity, film.facts.sha256
    study, series, instance = identity.study_uid, identity.series_uid, identity.instance_uid
    patient = identity.patient_id or study or digest
    copy.StudyInstanceUID = pseudonyms.uid(f"study {study or digest}")
    copy.SeriesInstanceUID = pseudonyms.uid(f"series {series or digest}")
    copy.SOPInstanceUID = pseudonyms.uid(f"instance {instance or digest}")
    copy.PatientID = pseudonyms.patient(patient)
    copy.PatientName = f"{copy.PatientID}^"
    for keyword in _NO_TEXT:
        setattr(copy, keyword, "")
    copy.StudyDate = pseudonyms.moved(identity.study_date, patient) if options.shifts_dates else ""
    copy.PatientSex = identity.sex if options.keeps_age_and_sex else ""
    if options.keeps_age_and_sex and identity.age_years is not None:
        copy.PatientAge = _age(identity.age_years)


def told_age(years: float) -> float:
    """In years, as exactly as a copy tells it: whole years, months below 2, and no more than `_OLDEST`."""
    return float(min(int(years), _OLDEST)) if years >= 2 else int(years * 12) / 12


def _age(years: float) -> str:
    return f"{told_age(years):03.0f}Y" if years >= 2 else f"{round(told_age(years) * 12):03d}M"


def _add_statement(copy: Dataset, options: DeidentifyOptions) -> None:
    """What was done, so that nobody need guess it (PS3.15 E.1.1)."""
    chosen = {"113107": options.shifts_dates, "113108": options.keeps_age_and_sex}
    copy.PatientIdentityRemoved = "YES"
    copy.DeidentificationMethod = _METHOD
    copy.DeidentificationMethodCodeSequence = [
        _code(value, meaning) for value, meaning in _CODES.items() if chosen.get(value, True)
    ]
    copy.LongitudinalTemporalInformationModified = "MODIFIED" if options.shifts_dates else "REMOVED"


def _code(value: str, meaning: str, scheme: str = "DCM") -> Dataset:
    code = Dataset()
    code.CodeValue, code.CodingSchemeDesignator, code.CodeMeaning = value, scheme, meaning
    return code


def _add_pixels(copy: Dataset, film: Radiograph) -> None:
    """The decoded picture: nothing that hid in unused bits or in a compressed frame's comments is in it."""
    pixels = film.pixels
    bits, is_signed = 8 * pixels.itemsize, pixels.dtype.kind == "i"
    fits = is_signed or int(pixels.max(initial=0)) < 1 << film.bits_stored
    copy.SamplesPerPixel = 1
    copy.PhotometricInterpretation = "MONOCHROME1" if film.inverted else "MONOCHROME2"
    copy.PresentationLUTShape = "INVERSE" if film.inverted else "IDENTITY"
    copy.Rows, copy.Columns = film.height, film.width
    copy.BitsAllocated, copy.BitsStored = bits, film.bits_stored if fits else bits
    copy.HighBit = copy.BitsStored - 1
    copy.PixelRepresentation = int(is_signed)
    if film.padding is not None:
        kind = "SS" if is_signed else "US"
        copy.add_new(0x00280120, kind, film.padding[0])
        copy.add_new(0x00280121, kind, film.padding[1])
    content = np.ascontiguousarray(pixels, pixels.dtype.newbyteorder("<")).tobytes()
    copy.add_new(0x7FE00010, "OW" if bits > 8 else "OB", content + b"\0" * (len(content) % 2))


def _add_shutter(copy: Dataset, film: Radiograph) -> None:
    """A shutter round what can be seen: what it hides has lost its values, and keeps its grey and its notice."""
    if film.padding is None or not any(notice.code == "SHUTTER" for notice in film.notices):
        return
    low, high = film.padding
    seen = (film.pixels < low) | (film.pixels > high)
    if not seen.any():
        return
    rows, columns = np.flatnonzero(seen.any(axis=1)), np.flatnonzero(seen.any(axis=0))
    copy.ShutterShape = "RECTANGULAR"
    copy.ShutterUpperHorizontalEdge, copy.ShutterLowerHorizontalEdge = int(rows[0]) + 1, int(rows[-1]) + 1
    copy.ShutterLeftVerticalEdge, copy.ShutterRightVerticalEdge = int(columns[0]) + 1, int(columns[-1]) + 1
    copy.ShutterPresentationValue = film.padding_grey * _P_VALUES_A_GREY


def _add_modality(copy: Dataset, modality: ModalityTransform) -> None:
    if modality.table is not None:
        table = _table(modality.table)
        table.ModalityLUTType = "US"
        copy.ModalityLUTSequence = [table]
        return
    copy.RescaleSlope, copy.RescaleIntercept = (
        DSfloat(each, auto_format=True) for each in (modality.slope, modality.intercept)
    )
    copy.RescaleType = "US"


def _own_windows(film: Radiograph) -> Sequence[Window | LookupTable]:
    """Those of the file: the last one of a grey film is the automatic one, which every reader makes for itself."""
    return film.windows[:-1] if film.facts.photometric.startswith("MONOCHROME") else film.windows


def _add_windows(copy: Dataset, windows: Sequence[Window | LookupTable]) -> None:
    tables = [_table(each) for each in windows if isinstance(each, LookupTable)]
    plain = [each for each in windows if isinstance(each, Window)]
    if tables:
        copy.VOILUTSequence = tables
    if plain:
        copy.WindowCenter = [DSfloat(each.center, auto_format=True) for each in plain]
        copy.WindowWidth = [DSfloat(each.width, auto_format=True) for each in plain]
        copy.VOILUTFunction = plain[0].function.value


def _table(table: LookupTable) -> Dataset:
    """Without its explanation, which is a text."""
    item = Dataset()
    item.add_new(0x00283002, "US", [len(table.entries) % (1 << 16), table.first % (1 << 16), table.bits])
    item.add_new(0x00283006, "OW", np.ascontiguousarray(table.entries, "<u2").tobytes())
    return item


def _complete(copy: Dataset) -> None:
    """What the object's kind must have, empty where nothing is known (PS3.3 A.2, A.26, A.8)."""
    copy.Modality = copy.get("Modality") or "OT"
    copy.SeriesNumber, copy.InstanceNumber = copy.get("SeriesNumber"), copy.get("InstanceNumber") or 1
    copy.ImageType = ["DERIVED", "PRIMARY"]
    if copy.SOPClassUID not in _DX:
        copy.PatientOrientation = copy.get("PatientOrientation") or ""
        _complete_side(copy)
    if copy.SOPClassUID == _SC:
        copy.ConversionType = "WSD"
    if copy.SOPClassUID == _CR:
        copy.BodyPartExamined, copy.ViewPosition = copy.get("BodyPartExamined", ""), copy.get("ViewPosition", "")
    if copy.SOPClassUID in _DX:
        _complete_dx(copy)
    copy.file_meta = FileMetaDataset()
    copy.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    copy.file_meta.MediaStorageSOPClassUID = copy.SOPClassUID
    copy.file_meta.MediaStorageSOPInstanceUID = copy.SOPInstanceUID


def _complete_side(copy: Dataset) -> None:
    """The side of a series is told of paired parts, and asked for where nobody knows the part (PS3.3 C.7.3.1)."""
    if copy.get("BodyPartExamined") in UNPAIRED:
        copy.pop("Laterality", None)
    else:
        copy.Laterality = copy.get("Laterality") or ""


def _complete_dx(copy: Dataset) -> None:
    copy.pop("Laterality", None)  # here it is told of the image
    if copy.get("BodyPartExamined") != "CHEST" and "BodyPartExamined" in copy:
        del copy.BodyPartExamined
    copy.AnatomicRegionSequence = [_code("51185008", "Chest", "SCT")] if "BodyPartExamined" in copy else []
    copy.ImageType = ["DERIVED", "PRIMARY", ""]
    for_processing = copy.SOPClassUID == _DX[1]
    copy.PresentationIntentType = "FOR PROCESSING" if for_processing else "FOR PRESENTATION"
    copy.ImageLaterality = copy.get("ImageLaterality") or "U"
    copy.PixelIntensityRelationship = copy.get("PixelIntensityRelationship") or "LOG"
    copy.add_new(0x00281041, "SS", -1 if copy.PhotometricInterpretation == "MONOCHROME1" else 1)
    copy.LossyImageCompression = copy.get("LossyImageCompression") or "00"
    copy.DetectorType = copy.PositionerType = ""
    copy.AcquisitionContextSequence = []
