"""Writes the commit that a wheel or an sdist is built from into it."""

import subprocess
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_PLACES = {"wheel": "radassist/_data/COMMIT", "sdist": "COMMIT"}


class CommitHook(BuildHookInterface):
    """A wheel that is built from an sdist takes over the commit of the sdist."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the file `COMMIT`; an editable installation asks git itself."""
        commit = self._commit()
        if version == "editable" or not commit:
            return
        file = Path(tempfile.mkdtemp()) / "COMMIT"
        file.write_text(f"{commit}\n", encoding="ascii")
        build_data["force_include"][str(file)] = _PLACES[self.target_name]

    def _commit(self) -> str:
        root = Path(self.root)
        kept = root / "COMMIT"
        if kept.is_file():
            return kept.read_text(encoding="ascii").strip()
        if not (root / ".git").exists():
            return ""
        words = ["git", "-C", str(root), "describe", "--always", "--dirty", "--abbrev=12", "--exclude=*"]
        try:
            return subprocess.run(words, capture_output=True, text=True, check=True).stdout.strip()
        except (OSError, subprocess.CalledProcessError):
            return ""
