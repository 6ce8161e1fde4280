"""New identifiers in place of old ones: the same always for the same, and no way back without the user's secret."""

import hmac
from datetime import date, timedelta
from uuid import UUID

_MOST_DAYS = 3650
_LEAST_DAYS = 30


class Pseudonyms:
    """Made of HMAC-SHA-256 with the user's salt, so copies made at different times belong together."""

    def __init__(self, salt: bytes) -> None:
        self._salt = salt

    def uid(self, original: str) -> str:
        """A UID derived from a UUID (PS3.5 B.2)."""
        return f"2.25.{UUID(bytes=self._digest('uid', original)[:16], version=4).int}"

    def patient(self, original: str) -> str:
        """Name and ID of a patient."""
        return f"P{self._digest('patient', original).hex()[:12].upper()}"

    def file_name(self, original: str) -> str:
        """The name of a copy, without an ending."""
        return self._digest("file", original).hex()[:16]

    def moved(self, day: str, patient: str) -> str:
        """`day` (`YYYYMMDD`) moved back by a month to ten years, as all days of that patient; empty if it is none."""
        number = int.from_bytes(self._digest("days", patient)[:4], "big")
        try:
            known = date.fromisoformat(day)
            return f"{known - timedelta(days=_LEAST_DAYS + number % (_MOST_DAYS - _LEAST_DAYS)):%Y%m%d}"
        except (ValueError, OverflowError):
            return ""

    def _digest(self, kind: str, original: str) -> bytes:
        return hmac.digest(self._salt, f"{kind}:{original}".encode("utf-8", "surrogatepass"), "sha256")
