"""What `radassist --version` says: program, commit, default model and device, without loading any of them."""

import json
from pathlib import Path

from radassist import __version__, paths
from radassist.domain.errors import ModelUnavailable

_UNKNOWN = "unknown"
_DIGITS = 12


def version_lines() -> tuple[str, ...]:
    """One fact a line, the version first."""
    from radassist.inference.device import likely_device

    return (
        f"radassist {__version__}",
        f"commit    {commit(Path(__file__).parents[1])}",
        f"model     {default_model()}",
        f"device    {likely_device()}",
    )


def commit(package: Path) -> str:
    """The commit `package` was built from, or that is checked out where it lies; `unknown` where none is told.

    A commit of changed files ends in `-dirty`.
    """
    kept = package / "_data" / "COMMIT"
    if kept.is_file():
        return kept.read_text(encoding="ascii").strip()
    if not (package.parent / ".git").exists():
        return _UNKNOWN
    import subprocess

    words = ["git", "-C", str(package.parent), "describe", "--always", "--dirty", f"--abbrev={_DIGITS}", "--exclude=*"]
    try:
        return subprocess.run(words, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return _UNKNOWN


def default_model() -> str:
    """Id of the default model and the beginning of its weights' SHA-256; a sentence where there is none."""
    from radassist.networks.default_model import default_model_id, model_roots

    try:
        model = default_model_id()
    except ModelUnavailable as error:
        return f"none. {error}"
    cards = [root / model / "card.json" for root in model_roots()]
    found = next((card for card in cards if card.is_file()), None)
    if found is None:
        return f"{model}, which is not there; copy its folder to {paths.user_models_dir()}"
    try:
        digest = json.loads(found.read_text(encoding="utf-8"))["weights_sha256"]
    except (OSError, ValueError, KeyError, TypeError):
        return f"{model}, whose card cannot be read"
    return f"{model}, weights {str(digest)[:_DIGITS]}"
