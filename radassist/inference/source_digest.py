"""A digest of the program's own code: what was made by other code is made again."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from radassist import __version__
from radassist.domain.precision import Precision

_SCORING_PACKAGES = ("domain", "imaging", "networks", "inference")


def source_digest(packages: Sequence[str]) -> str:
    """Version of the program and digest of the modules of `packages`, names of folders within it."""
    digest = hashlib.sha256()
    program = Path(__file__).parents[1]
    for package in packages:
        for module in sorted((program / package).glob("*.py")):
            digest.update(module.read_bytes())
    return f"{__version__} {digest.hexdigest()[:16]}"


def scoring_code(precision: Precision = Precision.FLOAT32) -> str:
    """Version of the program and digest of the code between a file's bytes and its score.

    Results are used again only by the very code that made them.
    """
    code = source_digest(_SCORING_PACKAGES)
    return code if precision is Precision.FLOAT32 else f"{code} {precision}"
