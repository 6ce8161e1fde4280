"""Which model is used when none is named, and where models lie. Apart from the catalogue, since it needs no card."""

import os
from pathlib import Path

from radassist import paths
from radassist.domain.errors import ModelUnavailable

DEFAULT_NAME = "DEFAULT"
"""Text file in a models folder that holds the id of the model to use when none is named."""


def default_model_id() -> str:
    """Id of the model to use when none is named.

    Raises:
        ModelUnavailable: If no models folder names one, or the file that should is no text that names one.
    """
    for root in model_roots():
        marker = root / DEFAULT_NAME
        if is_file(marker):
            return _read_default(marker)
    raise ModelUnavailable("No model is installed; name one with --model or train one.")


def model_roots() -> tuple[Path, Path]:
    """The folders of models: the user's own before the shipped ones."""
    return paths.user_models_dir(), paths.shipped_models_dir()


def is_file(path: Path) -> bool:
    """Whether there is a file; False too where it cannot be asked for."""
    return os.path.isfile(path)  # noqa: PTH113  (Path.is_file raises where a folder is closed or a name too long)


def _read_default(marker: Path) -> str:
    try:
        model_id = marker.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ModelUnavailable(f"The file {marker}, which names the default model, cannot be read as text.") from error
    if not model_id:
        raise ModelUnavailable(f"The file {marker} should name the default model and is empty.")
    return model_id
