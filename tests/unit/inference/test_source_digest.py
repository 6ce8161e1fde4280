import shutil
from pathlib import Path

import pytest

from radassist import __version__
from radassist.domain.precision import Precision
from radassist.inference import source_digest as module
from radassist.inference.source_digest import scoring_code, source_digest


def test_it_changes_with_the_code_of_the_packages_it_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = Path(module.__file__).parents[1]
    copy = tmp_path / "program"
    for package in ("domain", "inference"):
        shutil.copytree(program / package, copy / package, ignore=shutil.ignore_patterns("__pycache__"))
    before = source_digest(("domain",))
    monkeypatch.setattr(module, "__file__", str(copy / "inference" / "source_digest.py"))
    assert source_digest(("domain",)) == before
    assert before.startswith(__version__)
    with (copy / "domain" / "errors.py").open("a", encoding="utf-8") as file:
        file.write("\n")
    assert source_digest(("domain",)) != before


def test_another_precision_is_other_code() -> None:
    assert scoring_code() == scoring_code(Precision.FLOAT32) != scoring_code(Precision.BFLOAT16)
