"""The main loop of a decoder child: reads files for the program until its pipe closes.

Run by `radassist.imaging.decoder`, never imported by the program. Knows neither Qt nor torch.
"""

import faulthandler
import importlib
import os
import signal
import stat
import sys
import time
from contextlib import suppress
from threading import Thread
from types import ModuleType
from typing import BinaryIO

from radassist.domain.errors import DecodeError, RefusedImage, UnsupportedImage, UserError
from radassist.domain.study import FilmSource
from radassist.imaging import wire
from radassist.imaging.plain_text import plain

_WATCH_SECONDS = 0.05
_GRACE_SECONDS = 1.0
_NICENESS = 5
"""Of 19: a third of the weight of a process that has none."""


def main(reader: str, memory_limit: int, seconds: float) -> None:
    """Answer requests from standard input on standard output.

    Args:
        reader: Dotted name of the module with the functions named by `wire.Question`.
        memory_limit: Bytes this process may use.
        seconds: Time for one file. The program ends a child that takes longer; should the program be gone, the child
            ends itself soon after.
    """
    # A Ctrl+C in the terminal reaches the whole process group; what becomes of the children is the program's business.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    requests, replies = _private_pipes()
    limit_process(memory_limit)
    give_way()
    # pydicom imports requests where it is installed, and that opens a socket to learn whether there is IPv6.
    sys.modules.setdefault("requests", None)  # type: ignore[arg-type]  # None: it cannot be imported
    functions = importlib.import_module(reader)
    with suppress(BrokenPipeError, EOFError):
        wire.write(replies, wire.pack(wire.Ready()))
        while True:
            request = wire.read(requests)
            faulthandler.dump_traceback_later(seconds + _GRACE_SECONDS, exit=True)
            wire.write(replies, _answer(functions, request))
            faulthandler.cancel_dump_traceback_later()


def _private_pipes() -> tuple[BinaryIO, BinaryIO]:
    """The two pipes under other numbers, so that nothing a codec prints can get between the answers."""
    requests, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    return requests, replies


def limit_process(memory_limit: int) -> None:
    """No core dumps, which would hold the film and its patient, and at most `memory_limit` bytes.

    Linux refuses memory beyond the limit. macOS ignores such limits, so there a thread looks 20 times a second and
    ends the process. Windows knows neither; there the reader's own checks and the time limit are all there is.
    """
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        limit = memory_limit if hard == resource.RLIM_INFINITY else min(memory_limit, hard)
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    else:
        Thread(target=end_beyond, args=(memory_limit,), daemon=True).start()


def give_way() -> None:
    """Let the window, its network and what else a person waits for go first; Windows is told by whoever starts us."""
    if sys.platform != "win32":
        os.nice(_NICENESS)


def end_beyond(memory_limit: int) -> None:
    """Watch this process and end it once it ever held more than `memory_limit` bytes; for systems without the limit."""
    import resource

    bytes_per_unit = 1 if sys.platform == "darwin" else 1024
    while resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * bytes_per_unit <= memory_limit:
        time.sleep(_WATCH_SECONDS)
    os._exit(1)


def _answer(functions: ModuleType, request: object) -> list[bytes | memoryview]:
    if not isinstance(request, wire.Request):
        raise TypeError(type(request).__name__)
    try:
        _refuse_other_than_files(request.source)
        function = getattr(functions, request.question)
        return wire.pack(function(request.source, request.shape) if request.shape else function(request.source))
    except UserError as error:
        code = error.code if isinstance(error, RefusedImage) else ""
        return wire.pack(wire.Failure(type(error).__name__, str(error), code))
    except Exception as error:  # noqa: BLE001  (whatever a hostile file provokes, this process goes on to the next one)
        return wire.pack(wire.Failure(type(error).__name__))


def _refuse_other_than_files(source: FilmSource) -> None:
    """Discovery resolves the paths a person names; a link met here was found in a folder and leads out of it."""
    try:
        mode = source.path.lstat().st_mode
    except OSError:
        return  # why it cannot be opened is for the reader to say
    if stat.S_ISLNK(mode):
        raise UnsupportedImage(f"{plain(source.name)} is a link, which is not followed. Open the file it leads to.")
    if stat.S_ISDIR(mode):
        raise DecodeError(f"{plain(source.name)} is a folder that could not be listed; you may lack the permission.")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]))
