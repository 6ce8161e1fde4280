"""The archive that the user chose, and the right way to speak to it."""

from pathlib import Path

from radassist.dicomnet.archive_file import check_place, read_archive, write_archive
from radassist.domain.archive import Archive, ArchiveKind, ArchivePlace, ArchiveProblem


class ChosenArchive:
    """The archive named in `file`; what it hands over goes below `folder`. Nothing connects before it is asked."""

    def __init__(self, file: Path, folder: Path) -> None:
        self._file, self._folder = file, folder

    def place(self) -> ArchivePlace | None:
        """Where it is; None where none was chosen. Raises `StoreError`."""
        return read_archive(self._file)

    def choose(self, place: ArchivePlace | None) -> None:
        """Search `place` from now on, or nothing; raises `UserError` if it cannot be an archive."""
        write_archive(place, self._file)

    def open(self, password: str) -> Archive:
        """The archive; raises `ArchiveProblem` where none was chosen, and what `place` raises."""
        place = self.place()
        if place is None:
            raise ArchiveProblem("No archive was chosen yet: name one in the preferences.")
        return open_archive(place, self._folder, password)


def open_archive(place: ArchivePlace, folder: Path, password: str = "") -> Archive:
    """The archive at `place`; what it hands over goes below `folder`.

    Raises:
        WrongPeer: If there can be no archive.
    """
    check_place(place)
    if place.kind is ArchiveKind.WEB:
        from radassist.dicomnet.web_archive import WebArchive

        return WebArchive(place, folder, password)
    from radassist.dicomnet.dimse_archive import DimseArchive

    return DimseArchive(place, folder)
