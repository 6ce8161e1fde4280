"""Sends DICOM files to another system by C-STORE."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydicom.filereader import read_file_meta_info
from pydicom.uid import UID
from pynetdicom.association import Association

from radassist.dicomnet.associations import PeerAway, association_with, caller, cut
from radassist.dicomnet.outbox import Sent
from radassist.dicomnet.peers import Peer

_NOT_OFFERED = 0x0122
"""SOP class not supported: the peer did not accept it, so nothing was sent."""
_MOST_CONTEXTS = 128


@dataclass(slots=True)
class Sender:
    """Sends from this program's title to one peer, one association at a time."""

    peer: Peer
    title: str
    _association: Association | None = None

    def send(self, files: Sequence[Path]) -> Iterator[Sent]:
        """What the peer says of each file, in order.

        Raises:
            PeerAway: If it does not answer, or not any more; files without an answer may or may not have come there.
            BadCertificate: If a certificate cannot be used.
            OSError: If a file cannot be read.
        """
        entity = caller(self.title)
        for storage_class, syntax in sorted({_kind(file) for file in files})[:_MOST_CONTEXTS]:
            entity.add_requested_context(storage_class, syntax)
        with association_with(self.peer, entity) as self._association:
            for file in files:
                yield Sent(file, self._store(self._association, file))

    def cut(self) -> None:
        """End what is being sent; called from another thread."""
        if self._association is not None:
            cut(self._association)

    def _store(self, association: Association, file: Path) -> int:
        try:
            answer = association.send_c_store(file)
        except ValueError:
            return _NOT_OFFERED
        except RuntimeError as error:
            raise PeerAway(f"{self.peer} has hung up.") from error
        if "Status" not in answer:
            raise PeerAway(f"{self.peer} does not answer any more.")
        return int(answer.Status)


def _kind(file: Path) -> tuple[UID, UID]:
    meta = read_file_meta_info(file)
    return UID(meta.MediaStorageSOPClassUID), UID(meta.TransferSyntaxUID)
