"""Which words stand in the corners of the film: patient, study, window and size. Nothing here paints."""

from dataclasses import dataclass

from radassist.domain.radiograph import LookupTable, Radiograph, VoiFunction, Window
from radassist.domain.study import Identity
from radassist.gui.widgets.plain_text import one_line, person_name

RESEARCH_USE_ONLY = "Research use only – not for diagnosis"
_ADULT_YEARS = 2


@dataclass(frozen=True, slots=True)
class CornerTexts:
    """Lines for each corner, from the top down, safe to paint and never empty strings."""

    top_left: tuple[str, ...] = ()
    top_right: tuple[str, ...] = ()
    bottom_left: tuple[str, ...] = ()
    bottom_right: tuple[str, ...] = ()


def corner_texts(
    film: Radiograph, window: Window | LookupTable, zoom: float, scale_words: str = "", reader_words: str = ""
) -> CornerTexts:
    """The words for a film as it is shown.

    Args:
        film: What is shown.
        window: Through what.
        zoom: Screen pixels a film pixel.
        scale_words: What lengths rest on.
        reader_words: What the reader called the film.
    """
    identity = film.identity
    return CornerTexts(
        top_left=_filled(person_name(identity.patient_name), identity.patient_id, _age_and_sex(identity)),
        top_right=_filled(_date(identity.study_date), identity.study_description, _view(identity)),
        bottom_left=_filled(reader_words, *window_lines(window)),
        bottom_right=_filled(scale_words, _zoom(zoom), f"{film.width} × {film.height} pixels"),
    )


def window_lines(window: Window | LookupTable) -> tuple[str, str]:
    """A window in numbers, and its name as the file gives it: not made harmless."""
    if isinstance(window, LookupTable):
        return "Lookup table", window.name
    curve = " sigmoid" if window.function is VoiFunction.SIGMOID else ""
    return f"C {_number(window.center)} · W {_number(window.width)}{curve}", window.name


def _filled(*lines: str) -> tuple[str, ...]:
    return tuple(clean for line in lines if (clean := one_line(line)))


def _age_and_sex(identity: Identity) -> str:
    age = identity.age_years
    if age is None:
        return identity.sex
    words = f"{age:.0f} y" if age >= _ADULT_YEARS else f"{age * 12:.0f} months"
    return " ".join(part for part in (words, identity.sex) if part)


def _date(text: str) -> str:
    """`YYYYMMDD` with dashes; whatever else the file holds as it is."""
    return f"{text[:4]}-{text[4:6]}-{text[6:]}" if len(text) == 8 and text.isdecimal() else text


def _view(identity: Identity) -> str:
    return " ".join(part for part in (identity.body_part, identity.view, identity.laterality) if part)


def _zoom(zoom: float) -> str:
    return f"Zoom {100 * zoom:.0f} %"


def _number(value: float) -> str:
    """Whole from 100 upwards, else three digits: what a hand can set."""
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.3g}"
