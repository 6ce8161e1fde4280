"""Runs a batch under strace: no socket but local ones, no file written outside output, own and temporary folders.

    python benchmarks/strace_check.py [FILM_OR_FOLDER ...]

Without a path it takes the hostile corpus beside the repository where there is one, else the samples.
"""

import compileall
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from films import ROOT

_SOCKETS = "connect,bind,listen,sendto"
_FILES = "openat,open,creat,rename,renameat,renameat2,unlink,unlinkat,mkdir,mkdirat,link,linkat,symlink"
_WRITING = re.compile(r"O_WRONLY|O_RDWR|O_CREAT|^\S*\s*(creat|rename|unlink|mkdir|link|symlink)")
_NETWORK = re.compile(r"\b(connect|bind|listen)\(")
_LOCAL = re.compile(r"AF_UNIX|AF_NETLINK|AF_UNSPEC")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_HARMLESS = ("/dev/", "/proc/self", "/proc/thread-self")


def main() -> None:
    """Trace one batch and print what it should not have done."""
    if shutil.which("strace") is None:
        print("skipped: there is no strace here")
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        films = [Path(path).resolve() for path in sys.argv[1:]] or [_corpus(folder / "corpus")]
        work, log = folder / "work", folder / "strace.log"
        work.mkdir()
        # Python keeps its byte code beside the program's own modules; that is not what is looked for.
        compileall.compile_dir(ROOT / "radassist", quiet=2)
        code = _traced(films, work, log)
        lines = log.read_text(errors="replace").splitlines()
        strangers = [line for line in lines if _NETWORK.search(line) and not _LOCAL.search(line)]
        written = {path for line in lines for path in _written(line)}
        outside = sorted(path for path in written if not path.startswith((str(work), *_HARMLESS)))
    print(f"exit code {code}, {len(lines)} calls, {len(written)} paths written to or made")
    print(f"{len(strangers)} connections or listening sockets that are not local", *strangers[:10], sep="\n  ")
    print(f"{len(outside)} files written outside output, own and temporary folders", *outside[:10], sep="\n  ")
    sys.exit(bool(strangers or outside or code not in (0, 3)))


def _traced(films: list[Path], work: Path, log: Path) -> int:
    words = [sys.executable, "-m", "radassist", "batch", *map(str, films), "--csv", str(work / "out.csv"), "--quiet"]
    own = {"RADASSIST_HOME": str(work / "home"), "TMPDIR": str(work), "PYTHONDONTWRITEBYTECODE": "1"}
    tracing = ["strace", "-f", "-qq", "-s", "4096", "-e", f"trace={_SOCKETS},{_FILES}", "-o", str(log)]
    return subprocess.run([*tracing, *words], env=os.environ | own, cwd=work, check=False).returncode


def _written(line: str) -> list[str]:
    """Paths a successful call made, changed or removed; those relative to a folder of the program's are left out."""
    if not _WRITING.search(line) or re.search(r"= -1 E", line):
        return []
    return [path for path in _QUOTED.findall(line) if path.startswith("/")]


def _corpus(folder: Path) -> Path:
    script = ROOT.parent / "shared" / "hostile" / "make_hostile.py"
    if not script.is_file():
        return ROOT / "resources" / "samples" / "films"
    subprocess.run([sys.executable, script, folder, "--no-weights"], check=True, capture_output=True)
    return folder


if __name__ == "__main__":
    main()
