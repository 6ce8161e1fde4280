"""Whether a film that comes by C-STORE is the one that its command announces."""

from pydicom.uid import UID
from pynetdicom.dimse_primitives import C_STORE

from radassist.dicomnet.beginnings import texts_at_beginning

_NAMES = ("SOPClassUID", "SOPInstanceUID")
_HEAD_BYTES = 1 << 16


def is_as_announced(request: C_STORE, syntax: UID) -> bool:
    """Whether class and instance of the data set are those of the command (PS3.4 B.2.3, status A900).

    A data set that names neither within its first 64 KiB is not as announced; nothing behind its SOP Instance UID is
    looked at.
    """
    if request.DataSet is None:
        return False
    announced = (request.AffectedSOPClassUID, request.AffectedSOPInstanceUID)
    said = texts_at_beginning(request.DataSet.getbuffer(), syntax, _NAMES, _HEAD_BYTES)
    return said == [str(uid or "") for uid in announced]
