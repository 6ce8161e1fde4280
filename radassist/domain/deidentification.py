"""De-identified copies of films: what is chosen, and what becomes of each film. Nothing here reads or writes."""

from dataclasses import dataclass
from enum import StrEnum

from radassist.domain.tags import TagList

BURNED_IN_TAG = "(0028,0301)"
PROFILE = (
    "Copies follow the Basic Application Level Confidentiality Profile of DICOM PS3.15 (113100) and state so. They are "
    "made anew: numbers of the picture and its exposure, and words from closed lists, are kept; every other text, "
    "private elements, overlays and file names are not. Identifiers are replaced, the same one always by the same."
)


class BurnedIn(StrEnum):
    """What a file says of writing in its picture."""

    NO = "no"
    YES = "yes"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class DeidentifyOptions:
    """What is kept beside the profile, and what is done with writing in the picture.

    Attributes:
        keeps_age_and_sex: Retain Patient Characteristics (113108): age in years, at most 90, and sex.
        shifts_dates: Retain Longitudinal Temporal Information with Modified Dates (113107): days are moved by as many
            for all films of one patient; else there are none. Times of day are never kept.
        takes_burned_in: Films whose pictures have or may have writing are copied, too: somebody has looked at them.
        with_results: Reports on the copies and a table of their scores are written beside them.
    """

    keeps_age_and_sex: bool = False
    shifts_dates: bool = False
    takes_burned_in: bool = False
    with_results: bool = False


class Outcome(StrEnum):
    """What became of one film."""

    WRITTEN = "written"
    BURNED_IN = "left out: the picture has, or may have, writing in it"
    UNREADABLE = "left out: no film could be read"


@dataclass(frozen=True, slots=True)
class DeidentifyStep:
    """How far it is.

    Attributes:
        outcome: Of the last film; None before the first.
        film_sha256: Of the last one that was written; else empty.
    """

    done: int
    total: int
    outcome: Outcome | None = None
    film_sha256: str = ""


def burned_in(tags: TagList) -> BurnedIn:
    """What `tags` say of writing in the picture; pictures that are no DICOM never say."""
    said = {row.value for row in tags.rows if row.depth == 0 and row.tag == BURNED_IN_TAG}
    return {frozenset({"YES"}): BurnedIn.YES, frozenset({"NO"}): BurnedIn.NO}.get(frozenset(said), BurnedIn.UNKNOWN)
