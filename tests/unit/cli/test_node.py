"""What `radassist node` says before it listens; films are sent to it in tests/end_to_end."""

import socket

from radassist.cli import node
from radassist.cli.terminal import WrongUsage
from radassist.dicomnet.folder_lock import alone_in
from radassist.dicomnet.node import NodeUnavailable
from radassist.dicomnet.peers import WrongPeer
from radassist.dicomnet.tls_files import BadCertificate
from radassist.domain.cancellation import Cancelled


def test_somebody_must_be_named_who_may_send(run):
    result = run("node")

    assert result.exit_code == 2
    assert "--from" in result.output


def test_a_title_that_is_none_is_told(run):
    assert isinstance(run("node", "--from", "back\\slash").exception, WrongPeer)


def test_a_port_that_is_taken_is_told_and_nothing_is_left_running(run, loader):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        result = run("node", "--from", "SENDER", "--port", taken.getsockname()[1])

    assert isinstance(result.exception, NodeUnavailable)
    assert loader.closed


def test_a_certificate_without_its_key_is_told(run, film):
    result = run("node", "--from", "SENDER", "--port", 0, "--tls-certificate", film)

    assert isinstance(result.exception, BadCertificate)


def test_a_folder_that_another_node_receives_films_in_is_wrong_usage(run, loader, tmp_path):
    with alone_in(tmp_path / "node"):
        result = run("node", "--from", "SENDER", "--port", 0, "--folder", tmp_path / "node")

    assert isinstance(result.exception, WrongUsage)
    assert str(result.exception).startswith(f"Another window or node receives films in {tmp_path / 'node'}")
    assert loader.closed


def test_films_are_decided_at_the_threshold_that_was_asked_for(run, monkeypatch):
    seen = []

    def follow(source, services, write, cancel, on_ended):
        seen.append(services.make_predictor().facts.point)
        raise Cancelled

    monkeypatch.setattr(node, "follow", follow)
    result = run("node", "--from", "SENDER", "--port", 0, "--threshold-rule", "threshold=0.01")

    assert result.exit_code == 0, result.output
    assert [str(point.threshold) + ", " + point.set_by for point in seen] == ["0.01, set here: threshold=0.01"]


def test_a_rule_that_is_none_is_wrong_usage(run):
    assert isinstance(run("node", "--from", "SENDER", "--threshold-rule", "best").exception, WrongUsage)
