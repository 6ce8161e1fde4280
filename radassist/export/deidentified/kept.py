"""What of a header may stand in a copy: numbers, and words from closed lists. No text is ever copied as it is.

A list of what is kept, and not of what is removed as in PS3.15 table E.1-1: an element nobody thought of, or a text
where a code should be, then cannot get through.
"""

import math
from collections.abc import Mapping
from types import MappingProxyType

from radassist.domain.tags import TagList

NUMBERS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "(0018,0060)": ("KVP", "DS"),
        "(0018,1110)": ("DistanceSourceToDetector", "DS"),
        "(0018,1111)": ("DistanceSourceToPatient", "DS"),
        "(0018,1114)": ("EstimatedRadiographicMagnificationFactor", "DS"),
        "(0018,1150)": ("ExposureTime", "IS"),
        "(0018,1151)": ("XRayTubeCurrent", "IS"),
        "(0018,1152)": ("Exposure", "IS"),
        "(0018,1164)": ("ImagerPixelSpacing", "DS"),
        "(0020,0011)": ("SeriesNumber", "IS"),
        "(0020,0013)": ("InstanceNumber", "IS"),
        "(0028,0030)": ("PixelSpacing", "DS"),
        "(0028,0034)": ("PixelAspectRatio", "IS"),
    }
)
UNPAIRED = frozenset(
    {
        "CHEST",
        "THORAX",
        "ABDOMEN",
        "SKULL",
        "HEAD",
        "NECK",
        "SPINE",
        "CSPINE",
        "TSPINE",
        "LSPINE",
        "PELVIS",
        "STERNUM",
        "HEART",
        "WHOLEBODY",
    }
)
_PAIRED = frozenset(
    {
        "LUNG",
        "RIB",
        "RIBS",
        "SHOULDER",
        "CLAVICLE",
        "ARM",
        "ELBOW",
        "WRIST",
        "HAND",
        "HIP",
        "LEG",
        "KNEE",
        "ANKLE",
        "FOOT",
        "FINGER",
        "EXTREMITY",
        "BREAST",
    }
)
_MODALITIES = frozenset({"CR", "DX", "RG", "RF", "OT", "XC", "CT", "MR", "US", "MG", "PX", "IO", "XA"})
_VIEWS = frozenset({"AP", "PA", "LL", "RL", "RLD", "LLD", "RLO", "LLO", "LAT"})
_DIRECTIONS = frozenset(
    {"A", "P", "L", "R", "H", "F", "AL", "AR", "PL", "PR", "AH", "AF", "PH", "PF", "LH", "LF", "RH", "RF"}
)
TERMS: Mapping[str, tuple[str, frozenset[str]]] = MappingProxyType(
    {
        "(0008,0060)": ("Modality", _MODALITIES),
        "(0008,0068)": ("PresentationIntentType", frozenset({"FOR PRESENTATION", "FOR PROCESSING"})),
        "(0018,0015)": ("BodyPartExamined", UNPAIRED | _PAIRED),
        "(0018,5101)": ("ViewPosition", _VIEWS),
        "(0020,0020)": ("PatientOrientation", _DIRECTIONS),
        "(0020,0060)": ("Laterality", frozenset({"L", "R"})),
        "(0020,0062)": ("ImageLaterality", frozenset({"L", "R", "U", "B"})),
        "(0028,0301)": ("BurnedInAnnotation", frozenset({"YES", "NO"})),
        "(0028,0302)": ("RecognizableVisualFeatures", frozenset({"YES", "NO"})),
        "(0028,0A02)": ("PixelSpacingCalibrationType", frozenset({"GEOMETRY", "FIDUCIAL"})),
        "(0028,1040)": ("PixelIntensityRelationship", frozenset({"LIN", "LOG", "DISP"})),
        "(0028,2110)": ("LossyImageCompression", frozenset({"00", "01"})),
    }
)
_PAIRS = frozenset({"ImagerPixelSpacing", "PixelSpacing", "PixelAspectRatio"})
_MOST_VALUES = 8
_LARGEST = 1e9


def top_values(tags: TagList) -> dict[str, str]:
    """Values of the elements at the top of a header, by tag."""
    return {row.tag: row.value for row in tags.rows if row.depth == 0}


def kept_numbers(values: Mapping[str, str]) -> dict[str, list[float]]:
    """By keyword, those that are nothing but numbers."""
    kept = {keyword: _numbers(values.get(tag, ""), kind) for tag, (keyword, kind) in NUMBERS.items()}
    return {keyword: numbers for keyword, numbers in kept.items() if numbers and _is_sound(keyword, numbers)}


def kept_terms(values: Mapping[str, str]) -> dict[str, list[str]]:
    """By keyword, those whose every value is on its list."""
    kept: dict[str, list[str]] = {}
    for tag, (keyword, known) in TERMS.items():
        words = values.get(tag, "").split("\\")
        if len(words) <= _MOST_VALUES and known.issuperset(words):
            kept[keyword] = words
    return kept


def _is_sound(keyword: str, numbers: list[float]) -> bool:
    """Sizes and shapes of pixels are two numbers above 0; all else is one."""
    if keyword in _PAIRS:
        return len(numbers) == 2 and min(numbers) > 0
    return len(numbers) == 1


def _numbers(text: str, kind: str) -> list[float]:
    words = text.split("\\")
    try:
        numbers = [float(word) for word in words[: _MOST_VALUES + 1]]
    except ValueError:
        return []
    is_plain = len(words) <= _MOST_VALUES and all(math.isfinite(each) and abs(each) <= _LARGEST for each in numbers)
    if not is_plain or (kind == "IS" and any(each != int(each) for each in numbers)):
        return []
    return numbers
