"""Files are sent to a peer that answers; one that does not is told in one sentence, in bounded time."""

import socket
from pathlib import Path

import pytest
from helpers.commands import wait_until
from helpers.dicom_factory import film_bytes, phantom
from helpers.dicom_node import CALLER, LIBRARY_LETS_GO, TITLE, listening, small_film

from radassist.dicomnet.associations import PeerAway
from radassist.dicomnet.delivery import Delivery
from radassist.dicomnet.limits import Quota
from radassist.dicomnet.node import OUT_OF_RESOURCES
from radassist.dicomnet.outbox import Outbox
from radassist.dicomnet.peers import Peer
from radassist.dicomnet.sender import Sender
from radassist.domain.cancellation import Cancelled, CancelToken


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    files = [tmp_path / f"{number}.dcm" for number in range(3)]
    for number, file in enumerate(files):
        file.write_bytes(small_film(number))
    return files


def test_every_file_gets_the_peers_answer(tmp_path: Path, files: list[Path]) -> None:
    with listening(tmp_path, quota=Quota(films=2)) as node:
        sent = list(Sender(Peer(TITLE, "127.0.0.1", node.node.port), CALLER).send(files))
        assert [each.file for each in sent] == files
        assert [each.status for each in sent] == [0, 0, OUT_OF_RESOURCES]
        assert len(node.films) == 2


def test_what_the_peer_does_not_take_is_refused_and_the_rest_is_sent(tmp_path: Path, files: list[Path]) -> None:
    files[1].write_bytes(film_bytes(phantom(), elements={"SOPClassUID": "1.2.840.10008.5.1.4.1.1.2"}))
    with listening(tmp_path) as node:
        sent = list(Sender(Peer(TITLE, "127.0.0.1", node.node.port), CALLER).send(files))
    assert [each.is_accepted for each in sent] == [True, False, True]


@LIBRARY_LETS_GO
def test_a_peer_that_is_not_there_is_told(files: list[Path]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # nobody listens
        with pytest.raises(PeerAway, match="does not answer"):
            next(Sender(Peer(TITLE, "127.0.0.1", taken.getsockname()[1]), CALLER).send(files))


def test_a_peer_that_does_not_know_this_system_is_told(tmp_path: Path, files: list[Path]) -> None:
    with listening(tmp_path) as node, pytest.raises(PeerAway, match="refuses to be called by STRANGER"):
        next(Sender(Peer(TITLE, "127.0.0.1", node.node.port), "STRANGER").send(files))


def test_a_name_that_is_none_is_told(files: list[Path]) -> None:
    with pytest.raises(PeerAway, match="cannot be found"):
        next(Sender(Peer(TITLE, "no-such-host.invalid", 104), CALLER).send(files))


@LIBRARY_LETS_GO
def test_a_peer_that_goes_in_the_middle_is_told(tmp_path: Path, files: list[Path]) -> None:
    with listening(tmp_path) as node:
        sender = Sender(Peer(TITLE, "127.0.0.1", node.node.port), CALLER)
        sending = sender.send(files)
        assert next(sending).is_accepted
        node.node.stop()
        wait_until(lambda: sender._association is None or not sender._association.is_established)
        with pytest.raises(PeerAway):
            next(sending)


def test_sending_ends_between_two_files_when_it_is_cancelled(tmp_path: Path, files: list[Path]) -> None:
    cancel = CancelToken()
    with listening(tmp_path) as node:
        sending = Sender(Peer(TITLE, "127.0.0.1", node.node.port), CALLER).send(files, cancel)
        assert next(sending).is_accepted
        cancel.cancel()
        with pytest.raises(Cancelled):
            next(sending)
        assert len(node.films) == 1


def test_cutting_before_anything_is_sent_is_harmless() -> None:
    Sender(Peer(TITLE, "127.0.0.1", 1), CALLER).cut()


@pytest.mark.parametrize("left", [b"", b"no film", bytes(128) + b"DICM", bytes(128) + b"DICM\x02\0\0\0UL\4\0\x20"])
def test_a_result_that_was_cut_short_keeps_no_other_back(tmp_path: Path, files: list[Path], left: bytes) -> None:
    files[0].write_bytes(left)
    with listening(tmp_path) as node:
        sent = list(Sender(Peer(TITLE, "127.0.0.1", node.node.port), CALLER).send_sound(files))
        assert {each.file: each.is_accepted for each in sent} == {files[0]: False, files[1]: True, files[2]: True}
        assert len(node.films) == 2


@pytest.mark.parametrize("length", [350, 400, -1, -40])
def test_a_file_that_is_cut_short_below_its_meta_group_is_damaged_and_keeps_no_other_back(
    tmp_path: Path, files: list[Path], length: int
) -> None:
    files[1].write_bytes(files[1].read_bytes()[:length])
    with listening(tmp_path) as node:
        sent = list(Sender(Peer(TITLE, "127.0.0.1", node.node.port), CALLER).send_sound(files))
        assert [(each.is_accepted, each.is_damaged) for each in sent] == [(True, False), (False, True), (True, False)]
        assert len(node.films) == 2


def test_a_delivery_goes_on_past_a_file_that_is_damaged_below_its_meta_group(tmp_path: Path, files: list[Path]) -> None:
    outbox, told = Outbox(tmp_path / "outbox"), list[str]()
    outbox.open()
    for number, file in enumerate(files):
        with outbox.place_for(str(number)) as folder:
            (folder / "result.dcm").write_bytes(file.read_bytes()[: 400 if number == 1 else None])
    with listening(tmp_path) as node:
        sender = Sender(Peer(TITLE, "127.0.0.1", node.node.port), CALLER)
        delivery = Delivery(outbox, sender.send_sound, sender.cut, told.append)
        delivery.start()
        wait_until(lambda: not outbox.waiting(), 10)
        delivery.stop()
        assert len(node.films) == 2
    assert [sentence.split(":")[0] for sentence in told] == ["A result is damaged and cannot be sent"]
