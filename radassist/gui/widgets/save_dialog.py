"""Asks where a file shall be written, without stopping the window meanwhile."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from radassist.gui.settings import WindowSettings


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file that can be written.

    Attributes:
        words: What it is called in the list of kinds.
        endings: Of its files' names, each with its dot; the first is given to a name without one.
    """

    words: str
    endings: tuple[str, ...]

    @property
    def filter(self) -> str:
        """As Qt wants it."""
        return f"{self.words} ({' '.join(f'*{ending}' for ending in self.endings)})"


class SaveDialog(QFileDialog):
    """Begins in the folder used last and remembers the one chosen; a name without an ending of `kinds` gets one.

    Args:
        parent: Over which it opens.
        settings: Know the folder.
        title: In the imperative, for instance `Save picture`.
        name: Offered, without an ending.
        kinds: The first is chosen at first.
        then: Gets the path once one is chosen.
    """

    def __init__(
        self,
        parent: QWidget,
        settings: WindowSettings,
        title: str,
        name: str,
        kinds: tuple[FileKind, ...],
        then: Callable[[Path], object],
    ) -> None:
        start = Path(settings.last_folder) / f"{name}{kinds[0].endings[0]}"
        super().__init__(parent, title, str(start), ";;".join(kind.filter for kind in kinds))
        self._settings, self._kinds, self._then = settings, kinds, then
        self.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        self.setDefaultSuffix(kinds[0].endings[0][1:])
        self.filterSelected.connect(lambda chosen: self.setDefaultSuffix(self._kind(chosen).endings[0][1:]))
        self.fileSelected.connect(self._on_selected)

    def _kind(self, chosen: str) -> FileKind:
        return next((kind for kind in self._kinds if kind.filter == chosen), self._kinds[0])

    def _on_selected(self, name: str) -> None:
        target = Path(name)
        if not any(target.suffix.lower() in kind.endings for kind in self._kinds):
            target = target.with_name(f"{target.name}{self._kind(self.selectedNameFilter()).endings[0]}")
        self._settings.last_folder = str(target.parent)
        self._then(target)
