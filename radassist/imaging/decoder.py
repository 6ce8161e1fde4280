"""One supervised decoder child, seen from the program: asked for one file at a time, and replaced when it fails."""

import logging
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from threading import Lock, Timer
from typing import Any, BinaryIO, cast

from radassist.domain.cancellation import Cancelled
from radassist.domain.errors import DecodeError, RefusedImage, UnsupportedImage, UserError
from radassist.domain.prepared import PreparedFilm
from radassist.domain.presentation import PresentationState
from radassist.domain.radiograph import Radiograph
from radassist.domain.study import FilmSource, Identity
from radassist.domain.tags import TagList
from radassist.imaging import wire
from radassist.imaging.plain_text import plain

_START_SECONDS = 60.0
_CREATION_FLAGS = sum(getattr(subprocess, name, 0) for name in ("CREATE_NO_WINDOW", "BELOW_NORMAL_PRIORITY_CLASS"))
"""Only Windows knows them."""
_USER_ERRORS = {kind.__name__: kind for kind in (UserError, DecodeError, UnsupportedImage, RefusedImage)}
# What the interpreter needs to start and to name files as the program does; the user's other settings stay outside.
_ENVIRONMENT = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "LANG", "LC_ALL", "LC_CTYPE", "LD_LIBRARY_PATH")

Answer = Radiograph | PreparedFilm | Identity | TagList | PresentationState | None
"""What a child may say."""

_ANSWERS: dict[wire.Question, tuple[type[Any], ...]] = {
    wire.Question.FILM: (Radiograph,),
    wire.Question.PREPARED: (PreparedFilm,),
    wire.Question.IDENTITY: (Identity, type(None)),
    wire.Question.TAGS: (TagList,),
    wire.Question.PRESENTATION: (PresentationState,),
}

_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class DecoderOptions:
    """How children are run.

    Attributes:
        memory_limit: Bytes a child may use.
        seconds: Time for one file.
        reader: Dotted name of the module whose functions, named by `wire.Question`, the children call.
    """

    memory_limit: int
    seconds: float
    reader: str


@dataclass(slots=True)
class _Child:
    """A running process and its pipes.

    Attributes:
        is_ready: Whether it has said its first word.
        is_overdue: Whether it was killed for taking too long.
        owes_answer: Whether some of the last answer was not taken; the next file's would begin with it.
    """

    process: subprocess.Popen[bytes]
    requests: BinaryIO
    replies: BinaryIO
    is_ready: bool = False
    is_overdue: bool = False
    owes_answer: bool = False

    @property
    def may_be_asked(self) -> bool:
        """Whether a file can be given to it; one killed a moment ago may still look alive."""
        return not (self.is_overdue or self.owes_answer) and self.process.poll() is None

    def expire(self) -> None:
        """Kill it, which ends every wait at its pipes."""
        self.is_overdue = True
        self.process.kill()


class Decoder:
    """A child process that reads files, and its replacements. One thread asks; any thread may stop it."""

    def __init__(self, options: DecoderOptions) -> None:
        self._options = options
        self._lock = Lock()
        self._child: _Child | None = None
        self._is_stopped = False

    def start(self) -> None:
        """Start a child unless one is running, without waiting for it.

        Raises:
            Cancelled: If `stop` was called.
            OSError: If the system gives no process.
        """
        self._running_child()

    def ask(self, request: wire.Request) -> Answer:
        """What the child answers; a child that fails at it is gone afterwards.

        Raises:
            UserError: As the reader raised it, or `DecodeError` where the child failed.
            Cancelled: If `stop` was called meanwhile.
        """
        reply = self._reply(self._ready_child(request.source), request)
        if isinstance(reply, wire.Failure):
            raise self._error(reply, request.source)
        if isinstance(reply, _ANSWERS[request.question]):
            return cast(Answer, reply)
        self.discard()
        raise _stopped_by(request.source)

    def stop(self) -> None:
        """End the child at once and start no other. Whoever is asking gets `Cancelled`."""
        with self._lock:
            self._is_stopped = True
            child = self._child
        if child is not None:
            child.process.kill()

    def discard(self) -> None:
        """End the child, if there is one, and free its pipes. Only for the thread that asks."""
        if self._child is not None:
            self._child.process.kill()
            self._child.process.wait()
            for pipe in (self._child.requests, self._child.replies):
                with suppress(OSError):  # a request the child never took cannot be flushed any more
                    pipe.close()
            self._child = None

    def _running_child(self) -> _Child:
        with self._lock:
            self._raise_if_stopped()
            if self._child is None or not self._child.may_be_asked:
                self.discard()
                self._child = _launch(self._options)
            return self._child

    def _ready_child(self, source: FilmSource) -> _Child:
        try:
            child = self._running_child()
            if not child.is_ready:
                _within(_START_SECONDS, child, lambda: wire.read(child.replies))
                child.is_ready = True
        except (OSError, EOFError):
            self.discard()
            self._raise_if_stopped()
            raise DecodeError(f"{plain(source.name)} could not be read: the decoder does not start.") from None
        return child

    def _reply(self, child: _Child, request: wire.Request) -> object:
        name, seconds = plain(request.source.name), self._options.seconds
        try:
            return _within(seconds, child, lambda: _exchange(child, request))
        except TimeoutError:
            self.discard()
            raise DecodeError(f"{name} took longer than {seconds:g} seconds to read.") from None
        except MemoryError:
            self.discard()
            raise _too_large(request.source) from None
        except (EOFError, OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
            self.discard()
            self._raise_if_stopped()
            raise _stopped_by(request.source) from None

    def _error(self, failure: wire.Failure, source: FilmSource) -> UserError:
        if failure.error == RefusedImage.__name__:
            return RefusedImage(failure.sentence, failure.code)
        if failure.error in _USER_ERRORS:
            return _USER_ERRORS[failure.error](failure.sentence)
        if failure.error == MemoryError.__name__:
            self.discard()
            return _too_large(source)
        _logger.warning("The reader raised %.60s.", failure.error)
        return DecodeError(f"{plain(source.name)} could not be read: the file is damaged or of an unknown kind.")

    def _raise_if_stopped(self) -> None:
        if self._is_stopped:
            raise Cancelled


def _within(seconds: float, child: _Child, action: Callable[[], object]) -> object:
    """The result of `action`, which waits for `child`; after `seconds` the child is killed and so the wait ended."""
    timer = Timer(seconds, child.expire)
    timer.daemon = True
    timer.start()
    try:
        return action()
    except (EOFError, OSError):
        if child.is_overdue:
            raise TimeoutError from None
        raise
    finally:
        timer.cancel()
        timer.join()


def _exchange(child: _Child, request: wire.Request) -> object:
    child.owes_answer = True
    wire.write(child.requests, wire.pack(request))
    answer = wire.read(child.replies)
    child.owes_answer = False
    return answer


def _stopped_by(source: FilmSource) -> DecodeError:
    return DecodeError(f"{plain(source.name)} made the decoder stop; the file is damaged or built to do harm.")


def _too_large(source: FilmSource) -> DecodeError:
    return DecodeError(f"{plain(source.name)} needs more memory than a film may.")


def _launch(options: DecoderOptions) -> _Child:
    # Not multiprocessing: its spawn imports the program's main module again in every child. `-P` keeps the current
    # folder, which may be a stranger's CD, from being searched for modules.
    command = [sys.executable, "-P", "-m", "radassist.imaging.decoder_child"]
    process = subprocess.Popen(
        [*command, options.reader, str(options.memory_limit), str(options.seconds)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
        creationflags=_CREATION_FLAGS,
    )
    return _Child(process, cast(BinaryIO, process.stdin), cast(BinaryIO, process.stdout))


def _environment() -> dict[str, str]:
    """One thread a child, as there is a child a core, and one heap: each takes addresses out of the memory limit."""
    kept = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
    return {
        **kept,
        "PYTHONPATH": os.pathsep.join(entry for entry in sys.path if entry),
        "PYTHONUTF8": str(sys.flags.utf8_mode),
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "MALLOC_ARENA_MAX": "1",
    }
