"""A digest of the program's own code: what was made by other code is made again."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from radassist import __version__


def source_digest(packages: Sequence[str]) -> str:
    """Version of the program and digest of the modules of `packages`, names of folders within it."""
    digest = hashlib.sha256()
    program = Path(__file__).parents[1]
    for package in packages:
        for module in sorted((program / package).glob("*.py")):
            digest.update(module.read_bytes())
    return f"{__version__} {digest.hexdigest()[:16]}"
