"""How a table names studies without giving their UIDs away: salted hashes, or the UIDs themselves where asked for."""

import hmac
import os
import secrets
import tempfile
from pathlib import Path
from typing import Protocol

from radassist.domain.errors import StoreError
from radassist.paths import make_private

_SALT_NAME = "key-salt"
_SALT_BYTES = 32
_KEY_DIGITS = 16


class KeyHasher(Protocol):
    """Turns a UID into the key a table shows."""

    def key(self, uid: str) -> str:
        """The key of `uid`; empty for an empty one."""
        ...


class SaltedKeys:
    """Keys that tell two studies apart but lead nobody back to them: the first 16 hex digits of HMAC-SHA-256."""

    def __init__(self, salt: bytes) -> None:
        self._salt = salt

    def key(self, uid: str) -> str:
        """The same 16 hex digits for the same UID and salt."""
        if not uid:
            return ""
        return hmac.digest(self._salt, uid.encode("utf-8", "surrogatepass"), "sha256").hex()[:_KEY_DIGITS]


class PlainKeys:
    """The UIDs themselves: only where the user asked for an identified table."""

    def key(self, uid: str) -> str:
        """`uid`, unchanged."""
        return uid


def user_salt(folder: Path) -> bytes:
    """This user's salt, kept in `folder` for the user's eyes only; made when first needed.

    Raises:
        StoreError: If it can be neither read nor written.
    """
    path = folder / _SALT_NAME
    try:
        if not path.is_file() or path.stat().st_size != _SALT_BYTES:
            _write_salt(path)
        return path.read_bytes()
    except OSError as error:
        raise StoreError(f"The key salt {path} cannot be kept: {error.strerror or error}.") from error


def _write_salt(path: Path) -> None:
    """Whole or not at all; mkstemp makes the file with mode 0600."""
    make_private(path.parent)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f"{_SALT_NAME}.")
    with os.fdopen(handle, "wb") as file:
        file.write(secrets.token_bytes(_SALT_BYTES))
    Path(temporary).replace(path)
