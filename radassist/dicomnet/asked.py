"""Whether a film that an archive hands over is one of those it was asked for."""

from dataclasses import dataclass

from pydicom.dataset import Dataset
from pydicom.uid import UID
from pynetdicom.dimse_primitives import C_STORE

from radassist.dicomnet.announced import is_as_announced
from radassist.dicomnet.beginnings import split_file, texts_at_beginning

_NAMES = ("SOPInstanceUID", "StudyInstanceUID", "SeriesInstanceUID")
_HEAD_BYTES = 1 << 20
"""Private elements, which may be long, stand before the last two."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Objects of one series that an archive was asked for."""

    study: str
    series: str
    films: frozenset[str]

    @classmethod
    def of(cls, identifier: Dataset) -> "Asked":
        """What the identifier of a request at level IMAGE names."""
        films = identifier.SOPInstanceUID
        names = [films] if isinstance(films, str) else films
        return cls(identifier.StudyInstanceUID, identifier.SeriesInstanceUID, frozenset(map(str, names)))

    def has(self, request: C_STORE, syntax: UID) -> bool:
        """Whether a data set is one of them, by what it says of itself and by the command that brought it.

        One that does not name its study and series within its first MiB is none of them.
        """
        if request.DataSet is None or not is_as_announced(request, syntax):
            return False
        return self._names(request.DataSet.getbuffer(), syntax)

    def has_file(self, content: bytes) -> bool:
        """Whether a DICOM file is one of them, in the same way."""
        parts = split_file(content)
        return parts is not None and self._names(*parts)

    def _names(self, content: memoryview, syntax: UID) -> bool:
        said = texts_at_beginning(content, syntax, _NAMES, _HEAD_BYTES)
        return said is not None and said[0] in self.films and said[1:] == [self.study, self.series]
