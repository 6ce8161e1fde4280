"""What was opened last, newest first, as it is remembered from one start to the next. Knows no menus."""

import json
from collections.abc import Sequence
from pathlib import Path

from radassist.gui.settings import WindowSettings
from radassist.gui.widgets.plain_text import one_line

_KEY = "files/recent"
_MOST_ENTRIES = 10
_MOST_PATHS = 100
_LONGEST = 70

Entry = tuple[Path, ...]
"""Files and folders that were opened by one act."""


class RecentPaths:
    """The list, kept in the window's settings; a damaged one is an empty one."""

    def __init__(self, settings: WindowSettings) -> None:
        self._settings = settings

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Newest first."""
        try:
            stored = json.loads(self._settings.text(_KEY, "[]"))
            return tuple(tuple(Path(name) for name in names) for names in stored if names)
        except (ValueError, TypeError):
            return ()

    def add(self, paths: Sequence[Path]) -> None:
        """Put what was opened now at the top."""
        entry = tuple(path.absolute() for path in paths[:_MOST_PATHS])
        if entry:
            self._store((entry, *(known for known in self.entries if known != entry)))

    def remove(self, entry: Entry) -> None:
        """Forget one entry."""
        self._store(tuple(known for known in self.entries if known != entry))

    def forget(self) -> None:
        """Forget all."""
        self._store(())

    def _store(self, entries: tuple[Entry, ...]) -> None:
        names = [[str(path) for path in entry] for entry in entries[:_MOST_ENTRIES]]
        self._settings.set_text(_KEY, json.dumps(names))


def entry_title(entry: Entry) -> str:
    """An entry as one line: its first path, its beginning left out where it is long, and how many more there are."""
    name = str(entry[0])
    home = str(Path.home())
    if name.startswith(home):
        name = "~" + name[len(home) :]
    shown = one_line(name, 1000)
    shown = shown if len(shown) <= _LONGEST else "… " + shown[-_LONGEST:]
    return f"{shown} and {len(entry) - 1} more" if len(entry) > 1 else shown
