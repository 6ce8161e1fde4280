"""Writes a CycloneDX bill of materials of an installed radassist: its packages, and the models that come with it.

pip install cyclonedx-bom            # in an environment of its own, not in that of radassist
python tools/make_sbom.py .venv/bin/python radassist.cdx.json
"""

import argparse
import hashlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
_SPECIFICATION = "1.6"


def main() -> None:
    """List what the given interpreter sees, add the models, and check the whole against the specification."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("python", type=Path, help="interpreter of the environment that radassist is installed in")
    parser.add_argument("target", type=Path, help="JSON file to write")
    options = parser.parse_args()
    bill = _packages(options.python)
    bill.setdefault("components", []).extend(model_components(ROOT / "models"))
    text = json.dumps(bill, indent=2, ensure_ascii=False)
    _validate(text)
    options.target.write_text(text + "\n", encoding="utf-8")
    print(f"{len(bill['components'])} components written to {options.target}.")


def model_components(models: Path) -> list[dict[str, Any]]:
    """One component a model folder, with the digest and the licence of its weights."""
    return [_component(card) for card in sorted(models.glob("*/card.json"))]


def _component(card: Path) -> dict[str, Any]:
    facts = json.loads(card.read_text(encoding="utf-8"))
    digest = hashlib.sha256((card.parent / "weights.safetensors").read_bytes()).hexdigest()
    return {
        "type": "machine-learning-model",
        "bom-ref": f"model-{facts['id']}",
        "name": facts["id"],
        "version": facts["version"],
        "description": facts["title"],
        "hashes": [{"alg": "SHA-256", "content": digest}],
        "licenses": [{"license": {"name": f"trained on data under {facts['training_data']['licence']}"}}],
    }


def _packages(python: Path) -> dict[str, Any]:
    words = [sys.executable, "-m", "cyclonedx_py", "environment", "--pyproject", str(ROOT / "pyproject.toml")]
    words += ["--sv", _SPECIFICATION, "--output-reproducible", "--of", "JSON", "-o", "-", str(python)]
    ended = subprocess.run(words, stdout=subprocess.PIPE, check=False)
    if ended.returncode:
        sys.exit("cyclonedx-bom could not list the packages; is it installed? pip install cyclonedx-bom")
    bill: dict[str, Any] = json.loads(ended.stdout)
    return bill


def _validate(text: str) -> None:
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    problem = JsonStrictValidator(SchemaVersion.from_version(_SPECIFICATION)).validate_str(text)
    if problem is not None:
        sys.exit(f"the bill of materials is not valid: {problem}")


if __name__ == "__main__":
    main()
