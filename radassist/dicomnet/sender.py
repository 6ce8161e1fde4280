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
from radassist.dicomnet.whole_file import read_whole
from radassist.domain.cancellation import CancelToken

_NOT_OFFERED = 0x0122
"""SOP class not supported: the peer did not accept it, so nothing was sent."""
_DAMAGED = 0xC000
"""Cannot be understood: what a peer would say of a file of ours that was cut short, by a power cut for instance."""
_MOST_CONTEXTS = 128


@dataclass(slots=True)
class Sender:
    """Sends from this program's title to one peer, one association at a time."""

    peer: Peer
    title: str
    _association: Association | None = None

    def send(self, files: Sequence[Path], cancel: CancelToken | None = None) -> Iterator[Sent]:
        """What the peer says of each file, in order; one whose object is damaged is not sent.

        Args:
            files: To be sent.
            cancel: Ends it while the peer is called, and between two files.

        Raises:
            Cancelled: If `cancel` was cancelled.
            PeerAway: If it does not answer, or not any more; files without an answer may or may not have come there.
            BadCertificate: If a certificate cannot be used.
            InvalidDicomError: If a file is no DICOM file; nothing is sent then.
            OSError: If a file cannot be read.
        """
        cancel = cancel or CancelToken()
        kinds = sorted({_kind(file) for file in files})[:_MOST_CONTEXTS]
        call = Call(self.title, [build_context(*kind) for kind in kinds])
        with association_with(self.peer, call, cancel) as self._association:
            for file in files:
                cancel.raise_if_cancelled()
                yield self._store(self._association, file)

    def send_sound(self, files: Sequence[Path]) -> Iterator[Sent]:
        """As `send`, but what is no DICOM file is damaged, too, and keeps no other one back."""
        sound = [file for file in files if _is_sound(file)]
        yield from (_damaged(file) for file in files if file not in sound)
        if sound:
            yield from self.send(sound)

    def cut(self) -> None:
        """End what is being sent; called from another thread."""
        if self._association is not None:
            cut(self._association)

    def _store(self, association: Association, file: Path) -> Sent:
        dataset = read_whole(file)
        if dataset is None:
            return _damaged(file)
        try:
            answer = association.send_c_store(dataset)
        except AttributeError:  # its bytes are not in the syntax that it names
            return _damaged(file)
        except ValueError:
            return Sent(file, _NOT_OFFERED)
        except RuntimeError as error:
            raise PeerAway(f"{self.peer} has hung up.") from error
        if "Status" not in answer:
            raise PeerAway(f"{self.peer} does not answer any more.")
        return Sent(file, int(answer.Status))


def _damaged(file: Path) -> Sent:
    return Sent(file, _DAMAGED, is_damaged=True)


def _is_sound(file: Path) -> bool:
    try:
        _kind(file)
    except InvalidDicomError:
        return False
    return True


def _kind(file: Path) -> tuple[UID, UID]:
    """SOP class and transfer syntax of a DICOM file; raises `InvalidDicomError` where it is none."""
    try:
        meta = read_file_meta_info(file)
        return UID(meta.MediaStorageSOPClassUID), UID(meta.TransferSyntaxUID)
    except (BytesLengthException, AttributeError, ValueError, EOFError) as error:
        raise InvalidDicomError("its beginning is damaged") from error
