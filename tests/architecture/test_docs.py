"""What the documents name is there: files that are linked, and tests that are called a proof."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted((*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")))
LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")
PROOF = re.compile(r"`(?:tests/)?([\w/]+/\w+\.py)` `(test_\w+)`")


def test_every_file_that_is_linked_is_there() -> None:
    links = [(path, target) for path in DOCUMENTS for target in LINK.findall(path.read_text(encoding="utf-8"))]
    local = [(path, target) for path, target in links if "://" not in target]
    assert [f"{path.name}: {target}" for path, target in local if not (path.parent / target).exists()] == []
    assert len(local) > 50


def test_every_test_that_is_called_a_proof_is_there() -> None:
    proofs = [found for path in DOCUMENTS for found in PROOF.findall(path.read_text(encoding="utf-8"))]
    sources = {file: (ROOT / "tests" / file).read_text(encoding="utf-8") for file, _ in proofs}
    assert [f"{file} {name}" for file, name in proofs if f"def {name}(" not in sources[file]] == []
    assert len(proofs) > 30
