"""What Linux says of a running process."""

import os
from pathlib import Path


def resident_bytes(process: int | str = "self") -> int:
    """Bytes a process holds in memory; 0 for one that has ended."""
    return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
