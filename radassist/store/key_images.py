"""Keeps which films a reader called key images: one small file of digests in the user's data folder."""

import json
import re
from collections.abc import Collection
from pathlib import Path

from radassist.domain.errors import StoreError
from radassist.paths import make_private, open_private

_DIGEST = re.compile(r"[0-9a-f]{64}")
_LARGEST_FILE = 1 << 24


class KeyImageFile:
    """Reads and writes the SHA-256 of all key images; for the owner's eyes only."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self) -> frozenset[str]:
        """All key images; none where there is no file.

        Raises:
            StoreError: If the file is damaged or cannot be read.
        """
        try:
            if self._path.stat().st_size > _LARGEST_FILE:
                raise ValueError("larger than any such file")
            films = json.loads(self._path.read_text(encoding="utf-8"))["films"]
            return frozenset(film for film in films if _DIGEST.fullmatch(film))
        except FileNotFoundError:
            return frozenset()
        except OSError as error:
            raise StoreError(f"Key images cannot be read from {self._path}: {error.strerror or error}.") from error
        except (ValueError, TypeError, KeyError, RecursionError):
            raise StoreError(f"Key images cannot be read: {self._path} is damaged; remove it to begin anew.") from None

    def save(self, films: Collection[str]) -> None:
        """Let `films` be all key images, whole or not at all.

        Raises:
            StoreError: If that cannot be done.
        """
        try:
            make_private(self._path.parent)
            temporary = self._path.with_suffix(".tmp")
            with open(temporary, "w", encoding="utf-8", opener=open_private) as file:
                json.dump({"version": 1, "films": sorted(films)}, file)
            temporary.replace(self._path)
        except OSError as error:
            raise StoreError(f"Key images cannot be kept in {self._path.parent}: {error.strerror or error}.") from error
