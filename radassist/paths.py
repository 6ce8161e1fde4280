"""Where things lie: shipped resources and models, and the user's own data and logs."""

import os
from pathlib import Path

import platformdirs

_PACKAGE = Path(__file__).resolve().parent


def resources_dir() -> Path:
    """Icons, themes and samples: inside an installed wheel, or at the top of a checkout."""
    return _shipped("resources")


def shipped_models_dir() -> Path:
    """Models that come with the program, one folder a model."""
    return _shipped("models")


def samples_dir() -> Path:
    """The sample films of the demo."""
    return resources_dir() / "samples"


def user_models_dir() -> Path:
    """Models the user added, one folder a model; looked at before the shipped ones."""
    return user_data_dir() / "models"


def user_data_dir() -> Path:
    """The user's data folder; `RADASSIST_HOME` overrides it."""
    return _home("data") or Path(platformdirs.user_data_dir("radassist", appauthor=False))


def cache_dir() -> Path:
    """What can be made again and is kept to save time; `RADASSIST_HOME` overrides it."""
    return _home("cache") or Path(platformdirs.user_cache_dir("radassist", appauthor=False))


def log_dir() -> Path:
    """Log files, never with patient data; `RADASSIST_HOME` overrides it."""
    return _home("logs") or Path(platformdirs.user_log_dir("radassist", appauthor=False))


def results_file() -> Path:
    """The file that keeps runs and results."""
    return user_data_dir() / "results.sqlite"


def marks_dir() -> Path:
    """What readers drew on films, one file a film."""
    return user_data_dir() / "marks"


def node_dir() -> Path:
    """Films that were received over the network, and results that wait to be sent."""
    return user_data_dir() / "node"


def key_images_file() -> Path:
    """Which films readers called key images."""
    return user_data_dir() / "key_images.json"


def peers_file() -> Path:
    """The DICOM systems that the user named."""
    return user_data_dir() / "peers.json"


def archive_file() -> Path:
    """Which archive is searched."""
    return user_data_dir() / "archive.json"


def retrieved_dir() -> Path:
    """Films that came from an archive, one folder a study."""
    return user_data_dir() / "retrieved"


def audit_file() -> Path:
    """The record of what was opened, scored and exported."""
    return user_data_dir() / "audit.jsonl"


def make_private(folder: Path) -> Path:
    """`folder`, made where it is not there, for its owner's eyes only.

    Raises:
        OSError: If it cannot be made.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if folder.stat().st_mode & 0o077:
        folder.chmod(0o700)
    return folder


def open_private(path: str, flags: int) -> int:
    """An `opener` for `open`: a file that it makes is for its owner's eyes only."""
    return os.open(path, flags, 0o600)


def _shipped(name: str) -> Path:
    installed = _PACKAGE / "_data" / name
    return installed if installed.is_dir() else _PACKAGE.parent / name


def _home(name: str) -> Path | None:
    home = os.environ.get("RADASSIST_HOME")
    return Path(home) / name if home else None
