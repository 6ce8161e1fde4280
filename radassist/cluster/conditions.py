"""What must be alike on all machines of a cluster so that a film gets the same numbers on each of them."""

import hashlib
import json
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version

from radassist.domain.analysis import ModelFacts
from radassist.domain.errors import UserError
from radassist.domain.precision import Precision
from radassist.inference.source_digest import scoring_code

_PACKAGES = ("imagecodecs", "numpy", "openvino", "pillow", "pydicom", "pylibjpeg-openjpeg", "torch")
"""Those between a file's bytes and its score."""


class OtherConditions(UserError):
    """A machine of the cluster would give other numbers than the rest."""


@dataclass(frozen=True, slots=True)
class Conditions:
    """Under which films are scored.

    Attributes:
        software: Of this program and the packages it computes with, in words.
        model: Its id; then the SHA-256 of its weights and of its card.
        preprocessing: As in `ModelFacts`.
        threshold: Of the decision, in [0, 1].
    """

    software: str
    model: str
    model_sha256: str
    card_sha256: str
    preprocessing: str
    threshold: float

    @property
    def key(self) -> str:
        """16 hex digits that are others where anything is."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()[:16]


def software_here(precision: Precision) -> str:
    """The program and the packages it computes with, as installed on this machine."""
    return "; ".join((scoring_code(precision), *(f"{name} {_version(name)}" for name in _PACKAGES)))


def conditions_of(facts: ModelFacts, precision: Precision) -> Conditions:
    """The conditions on this machine, where the model of these facts is loaded."""
    return Conditions(
        software=software_here(precision),
        model=facts.model,
        model_sha256=facts.sha256,
        card_sha256=facts.card_sha256,
        preprocessing=facts.preprocessing,
        threshold=facts.threshold,
    )


def check_software(wanted: Conditions, precision: Precision) -> None:
    """Make sure that this machine reads films as the one does that asked for them.

    Raises:
        OtherConditions: If it does not.
    """
    if software_here(precision) != wanted.software:
        raise OtherConditions(
            "A machine of the cluster has another version of radassist or of its packages; install the same on all."
        )


def check_conditions(wanted: Conditions, facts: ModelFacts, precision: Precision) -> None:
    """Make sure that this machine, having loaded the model of these facts, scores films as was asked for.

    Raises:
        OtherConditions: If it does not.
    """
    check_software(wanted, precision)
    if conditions_of(facts, precision) != wanted:
        raise OtherConditions(f"A machine of the cluster has another model {wanted.model}; install the same on all.")


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "absent"
