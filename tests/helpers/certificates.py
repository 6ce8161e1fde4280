"""Certificates that sign themselves, made by openssl where it is installed."""

import shutil
import subprocess
from pathlib import Path

import pytest

from radassist.dicomnet.tls_files import TlsFiles


def make_certificate(folder: Path, name: str) -> TlsFiles:
    """A certificate for 127.0.0.1 and its key, with itself as the authority; skips where there is no openssl."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("needs openssl")
    certificate, key = folder / f"{name}.pem", folder / f"{name}.key"
    words = (
        "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -addext subjectAltName=IP:127.0.0.1"
    )
    places = ["-subj", f"/CN={name}", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run([openssl, *words.split(), *places], capture_output=True, check=True, timeout=30)
    return TlsFiles(certificate, key, certificate)
