"""Sends DICOM files to another system by C-STORE."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydicom.errors import BytesLengthException, InvalidDicomError
from pydicom.filereader import read_file_meta_info
from pydicom.uid import UID
from pynetdicom import build_context
from pynetdicom.association import Association

from radassist.dicomnet.associations import Call, PeerAway, association_with, cut
from radassist.dicomnet.outbox import Sent
from radassist.dicomnet.peers import Peer
from radassist.domain.cancellation import CancelToken

_NOT_OFFERED = 0x0122
"""SOP class not supported: the peer did not accept it, so nothing was sent."""
_DAMAGED = 0xC000
"""Cannot be understood: a file of ours was cut short, by a power cut for instance, and was not sent."""
_MOST_CONTEXTS = 128


@dataclass(slots=True)
class Sender:
    """Sends from this program's title to one peer, one association at a time."""

    peer: Peer
    title: str
    _association: Association | None = None

    def send(self, files: Sequence[Path], cancel: CancelToken | None = None) -> Iterator[Sent]:
        """What the peer says of each file, in order.

        Args:
            files: To be sent.
            cancel: Ends it while the peer is called, and between two files.

        Raises:
            Cancelled: If `cancel` was cancelled.
            PeerAway: If it does not answer, or not any more; files without an answer may or may not have come there.
            BadCertificate: If a certificate cannot be used.
            OSError: If a file cannot be read.
        """
        cancel = cancel or CancelToken()
        kinds = sorted({_kind(file) for file in files})[:_MOST_CONTEXTS]
        call = Call(self.title, [build_context(*kind) for kind in kinds])
        with association_with(self.peer, call, cancel) as self._association:
            for file in files:
                cancel.raise_if_cancelled()
                yield Sent(file, self._store(self._association, file))

    def send_sound(self, files: Sequence[Path]) -> Iterator[Sent]:
        """As `send`, but a damaged file is refused here and keeps no other one back."""
        sound = [file for file in files if _is_sound(file)]
        yield from (Sent(file, _DAMAGED) for file in files if file not in sound)
        if sound:
            yield from self.send(sound)

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


def _is_sound(file: Path) -> bool:
    try:
        _kind(file)
    except (InvalidDicomError, BytesLengthException, AttributeError, ValueError, EOFError):
        return False
    return True


def _kind(file: Path) -> tuple[UID, UID]:
    meta = read_file_meta_info(file)
    return UID(meta.MediaStorageSOPClassUID), UID(meta.TransferSyntaxUID)
