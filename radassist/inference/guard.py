"""Is this a frontal chest film like those the model learned from? Rules on tags and grey values, before any score."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from radassist.domain.errors import RefusedImage
from radassist.domain.prepared import PreparedFilm
from radassist.domain.radiograph import Notice
from radassist.networks.card import ModelCard

_SMALLEST_SIDE = 64
_LEAST_CONTRAST = 16

# DICOM PS3.3 C.7.3.1.1.1. OT and SC say nothing of how the picture was made: screen grabs and teaching files.
_PROJECTION = frozenset({"CR", "DX", "DR", "RG", "XR"})
_UNTOLD = frozenset({"", "OT", "SC"})
_MODALITY_WORDS = {
    "CT": "a CT image",
    "MR": "an MR image",
    "US": "an ultrasound image",
    "NM": "a nuclear medicine image",
    "PT": "a PET image",
    "MG": "a mammogram",
    "XA": "an angiogram",
    "RF": "a fluoroscopy image",
    "IO": "a dental film",
    "PX": "a dental panorama",
    "BMD": "a bone density image",
    "ES": "an endoscopy image",
    "GM": "a microscopy image",
    "SM": "a microscopy slide",
    "XC": "a photograph",
    "OP": "an eye photograph",
    "OCT": "an optical coherence image",
    "ECG": "an electrocardiogram",
}

# DICOM PS3.16 annex L.
_CHEST = re.compile(r"\b(CHEST|THORAX|LUNGS?|RIBS?|HEART|MEDIASTINUM|WHOLEBODY)\b")
_ELSEWHERE = re.compile(
    r"\b(ABDOMEN|ANKLE|ARM|BLADDER|BRAIN|BREAST|CALCANEUS|COLON|CSPINE|ELBOW|EXTREMITY|EYE|FACE|FEMUR|FINGER|FOOT"
    r"|FOREARM|HAND|HEAD|HIP|HUMERUS|JAW|KIDNEY|KNEE|LEG|LIVER|LSPINE|MANDIBLE|MAXILLA|NECK|NOSE|ORBIT|PANCREAS"
    r"|PATELLA|PELVIS|PROSTATE|SACRUM|SCAPULA|SHOULDER|SINUS|SKULL|SPINE|SPLEEN|STOMACH|TEETH|THIGH|THUMB|TIBIA|TOE"
    r"|TSPINE|UTERUS|WRIST)\b"
)

_FRONTAL = frozenset({"", "PA", "AP", "AP SUPINE", "AP ERECT", "FRONTAL"})
_LATERAL = frozenset({"LL", "RL", "LAT", "LATERAL", "LLAT", "RLAT", "LEFT LATERAL", "RIGHT LATERAL"})


@dataclass(frozen=True, slots=True, eq=False)
class GuardedFilm:
    """What a rule may look at."""

    film: PreparedFilm
    card: ModelCard


Finding = Notice | RefusedImage
Rule = Callable[[GuardedFilm], Finding | None]


def check_film(guarded: GuardedFilm, rules: Sequence[Rule] | None = None) -> tuple[Notice, ...]:
    """What must be said of the film beside its score.

    Args:
        guarded: The film, and the card of the model that is to score it.
        rules: In order; None for `RULES`.

    Raises:
        RefusedImage: By the first rule that allows no score.
    """
    notices = []
    for rule in RULES if rules is None else rules:
        finding = rule(guarded)
        if isinstance(finding, RefusedImage):
            raise finding
        if finding is not None:
            notices.append(finding)
    return tuple(notices)


def modality_is_a_plain_film(guarded: GuardedFilm) -> Finding | None:
    """Refuse what is not a projection radiograph by its modality tag."""
    modality = _plain(guarded.film.identity.modality)
    if modality in _PROJECTION or modality in _UNTOLD:
        return None
    words = _MODALITY_WORDS.get(modality, f"an image of modality {modality}")
    return RefusedImage(f"This is {words}, not a chest X-ray film, so it gets no score.", "WRONG_MODALITY")


def body_part_is_the_chest(guarded: GuardedFilm) -> Finding | None:
    """Refuse what shows another part of the body by its tag."""
    part = _plain(guarded.film.identity.body_part)
    if _CHEST.search(part) or not _ELSEWHERE.search(part):
        return None
    return RefusedImage(f"The file says it shows {part}, not a chest, so it gets no score.", "NOT_CHEST")


def view_is_frontal(guarded: GuardedFilm) -> Finding | None:
    """Warn of views the model never saw; a lateral film is refused where the card says so, the other way is told."""
    view = _plain(guarded.film.identity.view)
    if view in _FRONTAL:
        return _way_is_told(view, guarded.card.views)
    if view not in _LATERAL:
        return Notice("VIEW", f"The view position is {view}; the model learned from frontal films only.")
    if guarded.card.guard.lateral == "refuse":
        return RefusedImage("This is a lateral film; the model reads frontal films only.", "LATERAL")
    return Notice("LATERAL", "This is a lateral film; the model learned from frontal films only.")


def _way_is_told(view: str, known: Sequence[str]) -> Notice | None:
    """A fact where the film is PA and the model learned from AP films, or the other way round."""
    way = view.partition(" ")[0]
    if not known or way not in ("AP", "PA") or way in known:
        return None
    return Notice("PROJECTION", f"The film is {way}; the model learned from {' and '.join(known)} films only.")


def age_is_covered(guarded: GuardedFilm) -> Finding | None:
    """Warn where the patient is younger or older than anyone on the training films; note where no age is told."""
    age, ages = guarded.film.identity.age_years, guarded.card.ages
    if ages is None or (age is not None and ages[0] <= age < ages[1] + 1):
        return None
    known = f"{ages[0]:g} to {ages[1]:g} years"
    if age is None:
        sentence = f"The film does not say how old the person is; the model learned from people of {known} only."
        return Notice("AGE_UNKNOWN", sentence)
    side = "younger" if age < ages[0] else "older"
    return Notice("AGE", f"The patient is {side} than those the model learned from ({known}).")


def film_is_large_enough(guarded: GuardedFilm) -> Finding | None:
    """Refuse thumbnails."""
    height, width = guarded.film.height, guarded.film.width
    if min(height, width) >= _SMALLEST_SIDE:
        return None
    return RefusedImage(f"The film has only {height}x{width} pixels, too few for a score.", "TOO_SMALL")


def film_shows_something(guarded: GuardedFilm) -> Finding | None:
    """Refuse films of almost one grey; a marker in a corner does not count as a picture."""
    if guarded.film.contrast >= _LEAST_CONTRAST:
        return None
    return RefusedImage("The film is almost uniformly grey and shows no chest, so it gets no score.", "BLANK")


RULES: tuple[Rule, ...] = (
    modality_is_a_plain_film,
    body_part_is_the_chest,
    view_is_frontal,
    age_is_covered,
    film_is_large_enough,
    film_shows_something,
)
"""Tags first: they cost nothing and say most."""


def _plain(text: str) -> str:
    """A tag as one short line of capitals, whatever the file holds."""
    return re.sub(r"[^A-Z0-9]+", " ", text.upper()).strip()[:24]
