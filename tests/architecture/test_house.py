"""The rules of the house that a program can check."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "radassist"
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if "_data" not in path.parts)
NO_MODULES = ("__init__.py", "__main__.py")
HEAVY = ("torch", "torchvision", "openvino", "pydicom", "imagecodecs")


def _functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_no_file_is_over_400_lines() -> None:
    lengths = {str(path): len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    assert {path: lines for path, lines in lengths.items() if lines > 400} == {}
    assert len(lengths) > 400


def test_no_function_is_over_60_lines() -> None:
    functions = [(path, node) for path in MODULES for node in _functions(path)]
    too_long = [f"{path}: {node.name}" for path, node in functions if (node.end_lineno or 0) - node.lineno + 1 > 60]
    assert too_long == []
    assert len(functions) > 3000


def test_every_module_has_a_test_file_of_its_own() -> None:
    assert [str(path) for path in MODULES if _needs_tests(path) and not any(map(Path.exists, _homes(path)))] == []


def _needs_tests(path: Path) -> bool:
    """Plain values need none."""
    return path.name not in NO_MODULES and any(_functions(path))


def _homes(path: Path) -> tuple[Path, ...]:
    """Where the tests of a module may stand."""
    tests, name = ROOT / "tests", f"test_{path.name}"
    return (tests / "unit" / path.relative_to(PACKAGE).parent / name, tests / "gui" / name, tests / "end_to_end" / name)


def test_what_only_a_type_checker_imports_is_quoted_in_annotations() -> None:
    assert [f"{path}: {name}" for path in MODULES for name in _unquoted(path)] == []


def test_an_unquoted_name_of_a_type_checker_is_found(tmp_path: Path) -> None:
    file = tmp_path / "module.py"
    block = "if TYPE_CHECKING:\n    from torch import nn, Tensor\n"
    file.write_text(
        f"{block}class A:\n    x: nn.Module\n    def f(self, *y: 'nn.Module') -> list[Tensor]:\n        z: nn.Module\n"
    )
    assert _unquoted(file) == ["Tensor", "nn"]


def _unquoted(path: Path) -> list[str]:
    """What stands in annotations that Python evaluates, and is imported for type checkers alone."""
    text = path.read_text(encoding="utf-8")
    if "if TYPE_CHECKING" not in text:
        return []
    tree = ast.parse(text)
    blocks = [node for node in ast.walk(tree) if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"]
    imports = [node for block in blocks for node in block.body if isinstance(node, ast.Import | ast.ImportFrom)]
    names = {(alias.asname or alias.name).partition(".")[0] for node in imports for alias in node.names}
    told = [name for annotation in _evaluated(tree) for name in ast.walk(annotation) if isinstance(name, ast.Name)]
    return sorted({name.id for name in told} & names)


def _evaluated(tree: ast.Module) -> Iterator[ast.expr]:
    """Annotations of arguments, results, and names of modules and classes; those of local names are never evaluated."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef):
            yield from (inner.annotation for inner in node.body if isinstance(inner, ast.AnnAssign))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.returns:
            yield node.returns
        if isinstance(node, ast.arg) and node.annotation:
            yield node.annotation


def _loaded_after(statement: str) -> set[str]:
    code = f"{statement}; import sys; print(' '.join(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=240)
    return set(run.stdout.split())


@pytest.mark.parametrize("module", ["app", "cli", "workflow.batch", "workflow.analyse", "gui.presenter"])
def test_nothing_heavy_is_imported_on_the_way_to_the_window(module: str) -> None:
    assert not _loaded_after(f"import radassist.{module}") & set(HEAVY)


@pytest.mark.parametrize("module", ["wiring", "imaging.decoder_child", "inference.predictor"])
def test_the_core_works_where_there_is_no_qt(module: str) -> None:
    loaded = _loaded_after(f"import sys; sys.modules['PySide6'] = None; import radassist.{module}")
    assert f"radassist.{module}" in loaded


def test_decoder_children_import_neither_torch_nor_qt() -> None:
    loaded = _loaded_after("import radassist.imaging.decoder_child, radassist.imaging.formats")
    assert not loaded & {"torch", "PySide6"}


def test_every_import_keeps_to_its_layer() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    run = subprocess.run([linter], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert run.returncode == 0, run.stdout
