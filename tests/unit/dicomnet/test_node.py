"""Films come in from those who may send, each whole, and nothing from others."""

import socket
from io import BytesIO
from pathlib import Path

import pytest
from helpers.commands import wait_until
from helpers.dicom_node import CALLER, TITLE, Listening, call, hang_up, listening, send, small_film
from pydicom import dcmread
from pynetdicom.dimse_primitives import C_STORE
from pynetdicom.dsutils import encode
from pynetdicom.sop_class import SecondaryCaptureImageStorage

from radassist.dicomnet.limits import Quota
from radassist.dicomnet.node import (
    INVALID_INSTANCE,
    NOT_AS_ANNOUNCED,
    OUT_OF_RESOURCES,
    Node,
    NodeSettings,
    NodeUnavailable,
)
from radassist.dicomnet.peers import WrongPeer
from radassist.dicomnet.spool import Spool
from radassist.dicomnet.tls_files import BadCertificate, TlsFiles


def test_an_echo_is_answered(tmp_path: Path) -> None:
    with listening(tmp_path) as node:
        association = call(node.node.port)
        assert association.send_c_echo().Status == 0
        association.release()


def test_a_film_lies_in_the_spool_as_it_was_sent(tmp_path: Path) -> None:
    film = small_film(0)
    with listening(tmp_path) as node:
        assert send(node.node.port, [film]) == [0]
        assert node.spool.take_new() == node.films
        kept, sent = dcmread(node.films[0]), dcmread(BytesIO(film))
    assert kept.file_meta.TransferSyntaxUID == sent.file_meta.TransferSyntaxUID
    assert kept == sent


def test_a_film_that_is_sent_twice_is_kept_once_and_one_of_its_name_beside_it(tmp_path: Path) -> None:
    with listening(tmp_path) as node:
        assert send(node.node.port, [small_film(0), small_film(0), small_film(0, (16, 8))]) == [0, 0, 0]
        assert len(node.films) == 2
        assert node.told == ["A film came with the UID of another one and other content; both are kept."]


def test_others_are_refused_and_told_of_once(tmp_path: Path) -> None:
    with listening(tmp_path) as node:
        for _ in range(3):
            assert call(node.node.port, calling="STRANGER").is_rejected
        assert call(node.node.port, called="ANOTHER").is_rejected
        wait_until(lambda: len(node.told) == 2)
        assert "'STRANGER' was refused" in node.told[0]
        assert f"another title than {TITLE}" in node.told[1]


def test_a_full_spool_refuses_with_out_of_resources_and_tells_it_once(tmp_path: Path) -> None:
    with listening(tmp_path, quota=Quota(films=2)) as node:
        films = [small_film(number) for number in range(5)]
        assert send(node.node.port, films) == [0, 0, *[OUT_OF_RESOURCES] * 3]
        assert len(node.films) == 2
        assert len(node.told) == 1 and "No room" in node.told[0]
        node.films[0].unlink()
        assert send(node.node.port, films[2:3]) == [0]


def store_as(node: Listening, film: bytes, sop_class: str, instance: str) -> int:
    """The status of a film that is announced by these identifiers, whatever its own are."""
    association = call(node.node.port)
    context = association.accepted_contexts[0]
    request = C_STORE()
    request.MessageID, request.Priority, request.AffectedSOPClassUID = 1, 2, sop_class
    request._affected_sop_instance_uid = instance  # the library sends none that is wrong of itself
    syntax = context.transfer_syntax[0]
    content = encode(dcmread(BytesIO(film)), syntax.is_implicit_VR, syntax.is_little_endian)
    request.DataSet = BytesIO(content)
    association._reactor_checkpoint.clear()
    association.dimse.send_msg(request, context.context_id)
    _, answer = association.dimse.get_msg(block=True)
    association._reactor_checkpoint.set()
    association.release()
    return int(answer.Status)


@pytest.mark.filterwarnings("ignore:Invalid value for VR UI")  # as commands do
@pytest.mark.parametrize("uid", ["../../x", "1.2/3", "x"])
def test_a_uid_that_is_none_is_refused(tmp_path: Path, uid: str) -> None:
    with listening(tmp_path) as node:
        assert store_as(node, small_film(0), SecondaryCaptureImageStorage, uid) == INVALID_INSTANCE
        assert node.films == []


def test_a_film_that_is_not_the_one_announced_is_refused_and_told_of_once(tmp_path: Path) -> None:
    with listening(tmp_path) as node:
        film, own = small_film(0), "2.25.1"
        assert store_as(node, film, SecondaryCaptureImageStorage, "2.25.9") == NOT_AS_ANNOUNCED
        assert store_as(node, film, "1.2.840.10008.5.1.4.1.1.1", own) == NOT_AS_ANNOUNCED
        assert node.films == node.left_over == node.spool.take_new() == []
        assert len(node.told) == 1 and f"A film of {CALLER} was refused" in node.told[0]
        assert store_as(node, film, SecondaryCaptureImageStorage, own) == 0
        assert len(node.films) == 1


def test_an_association_that_is_cut_in_the_middle_of_a_film_leaves_nothing(tmp_path: Path) -> None:
    with listening(tmp_path) as node:
        association = call(node.node.port)
        connection = association.dul.socket.socket
        context = association.accepted_contexts[0].context_id
        connection.sendall(
            b"\x04\0" + (1000).to_bytes(4, "big") + (996).to_bytes(4, "big") + bytes([context, 0]) + b"x" * 100
        )
        connection.shutdown(socket.SHUT_RDWR)
        wait_until(lambda: not association.is_established)
        hang_up(association)
        assert send(node.node.port, [small_film(0)]) == [0]
        assert len(node.films) == 1
        assert node.left_over == []


@pytest.mark.parametrize("control", [0, 2, 3], ids=["half a film", "the end of a film", "a command that is none"])
def test_data_that_nobody_announced_is_no_film(tmp_path: Path, control: int) -> None:
    with listening(tmp_path) as node:
        association = call(node.node.port)
        context = association.accepted_contexts[0].context_id
        words = bytes([context, control]) + b"x" * 50
        association.dul.socket.socket.sendall(
            b"\x04\0" + (len(words) + 4).to_bytes(4, "big") + len(words).to_bytes(4, "big") + words
        )
        assert send(node.node.port, [small_film(0)]) == [0]
        assert len(node.films) == 1
        association.abort()
        hang_up(association)


def test_a_port_that_is_taken_is_told_in_one_sentence(tmp_path: Path) -> None:
    with listening(tmp_path) as node:
        taken = NodeSettings(TITLE, (CALLER,), port=node.node.port)
        with pytest.raises(NodeUnavailable, match="No films can be received at 127"):
            Node(taken, node.spool, print).start()


@pytest.mark.parametrize("host", ["192.0.2.1", "no such host"])
def test_an_address_of_another_machine_is_told_in_one_sentence(tmp_path: Path, host: str) -> None:
    with pytest.raises(NodeUnavailable):
        Node(NodeSettings(TITLE, (CALLER,), host=host, port=0), Spool(tmp_path), print).start()


def test_nobody_may_send_unless_somebody_is_named() -> None:
    with pytest.raises(NodeUnavailable, match="at least one"):
        NodeSettings(TITLE, ())
    with pytest.raises(WrongPeer):
        NodeSettings(TITLE, ("back\\slash",))


def test_a_certificate_that_is_missing_is_told_before_anything_listens(tmp_path: Path) -> None:
    settings = NodeSettings(TITLE, (CALLER,), port=0, tls=TlsFiles(tmp_path / "gone", tmp_path / "gone"))
    node = Node(settings, Spool(tmp_path), print)
    with pytest.raises(BadCertificate):
        node.start()
    assert node.port == 0
    node.stop()


def test_it_listens_on_the_loopback_alone_unless_told_otherwise(tmp_path: Path) -> None:
    with listening(tmp_path) as node, pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.2", node.node.port), timeout=2)
