"""Lists the files in a ZIP archive; `sources` reads them. Nothing is unpacked, so their names can do no harm."""

import io
import struct
import zipfile
from pathlib import Path

MAX_DIRECTORY_BYTES = 8 * 2**20
"""Of an archive's own table of contents; enough for some 80,000 films."""


def list_members(path: Path) -> list[str]:
    """Names of the files in an archive as the archive gives them; none if it is damaged or its table is too long."""
    try:
        with _CautiousFile(path) as file, zipfile.ZipFile(file) as archive:
            return [name for name in dict.fromkeys(archive.namelist()) if name and not name.endswith("/")]
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, struct.error):
        return []


class _CautiousFile(io.FileIO):
    """A file that gives no more at once than a sound archive needs; `zipfile` reads tables of any length whole."""

    def read(self, size: int | None = -1) -> bytes:
        if size is not None and size > MAX_DIRECTORY_BYTES:
            raise ValueError(f"a table of contents of {size} bytes")
        return super().read(size) or b""
