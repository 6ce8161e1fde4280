"""Certificates that cannot be used are told by name."""

import ssl
from pathlib import Path

import pytest

from radassist.dicomnet.tls_files import BadCertificate, TlsFiles, client_context, server_context


def test_a_node_without_a_certificate_has_no_tls() -> None:
    with pytest.raises(BadCertificate, match="needs a certificate"):
        server_context(TlsFiles())


@pytest.mark.parametrize("content", ["", "no certificate"])
def test_files_that_are_no_certificates_are_told_by_name(tmp_path: Path, content: str) -> None:
    wrong = tmp_path / "wrong.pem"
    wrong.write_text(content)
    for files in (TlsFiles(wrong, wrong), TlsFiles(tmp_path / "gone.pem", wrong)):
        with pytest.raises(BadCertificate, match=r"\.pem"):
            server_context(files)
    with pytest.raises(BadCertificate, match=r"wrong\.pem"):
        client_context(TlsFiles(authority=wrong))


def test_a_peer_must_prove_that_it_is_the_host_that_was_called() -> None:
    context = client_context(TlsFiles())
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname
    assert context.minimum_version >= ssl.TLSVersion.TLSv1_2
