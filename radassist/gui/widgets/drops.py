"""Files and folders dropped on the window."""

from pathlib import Path

from PySide6.QtCore import QMimeData


def local_paths(data: QMimeData) -> list[Path]:
    """Local files and folders among what was dropped; addresses on a network are left out."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
