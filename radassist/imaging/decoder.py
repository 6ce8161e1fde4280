"""One supervised decoder child, seen from the program: asked for one file at a time, and replaced when it fails."""

import logging
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from threading import Lock, Timer
from typing import TypeVar

from radassist.domain.cancellation import Cancelled
from radassist.domain.errors import DecodeError, RefusedImage, UnsupportedImage, UserError
from radassist.domain.radiograph import Radiograph
from radassist.domain.study import FilmSource, Identity
from radassist.imaging import wire

_START_SECONDS = 60.0
_USER_ERRORS = {kind.__name__: kind for kind in (UserError, DecodeError, UnsupportedImage, RefusedImage)}
# What the interpreter needs to start and to name files as the program does; the user's other settings stay outside.
_ENVIRONMENT = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "LANG", "LC_ALL", "LC_CTYPE", "LD_LIBRARY_PATH")

_ANSWERS = {wire.Question.FILM: (Radiograph,), wire.Question.IDENTITY: (Identity, type(None))}

_logger = logging.getLogger(__name__)
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class DecoderOptions:
    """How children are run.

    Attributes:
        memory_limit: Bytes a child may use.
        seconds: Time for one file.
        reader: Dotted name of the module whose `read_radiograph` and `read_identity` the children call.
    """

    memory_limit: int
    seconds: float
    reader: str


class Decoder:
    """A child process that reads files, and its replacements. One thread asks; any thread may stop it."""

    def __init__(self, options: DecoderOptions) -> None:
        self._options = options
        self._lock = Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._is_ready = False
        self._is_overdue = False
        self._is_stopped = False

    def start(self) -> None:
        """Start a child unless one is running, without waiting for it.

        Raises:
            Cancelled: If `stop` was called.
            OSError: If the system gives no process.
        """
        with self._lock:
            if self._is_stopped:
                raise Cancelled
            if self._process is None or self._process.poll() is not None:
                self.discard()
                self._process = _launch(self._options)
                self._is_ready = False

    def ask(self, question: wire.Question, source: FilmSource) -> Radiograph | Identity | None:
        """What the child says of `source`; a child that fails at it is gone afterwards.

        Raises:
            UserError: As the reader raised it, or `DecodeError` where the child failed.
            Cancelled: If `stop` was called meanwhile.
        """
        try:
            self._make_ready()
        except (OSError, EOFError):
            self.discard()
            self._raise_if_stopped()
            raise DecodeError(f"{source.name} could not be read: the decoder does not start.") from None
        reply = self._reply(question, source)
        if isinstance(reply, wire.Failure):
            raise self._error(reply, source)
        if isinstance(reply, _ANSWERS[question]):
            return reply
        self.discard()
        raise _stopped_by(source)

    def stop(self) -> None:
        """End the child at once and start no other. Whoever is asking gets `Cancelled`."""
        with self._lock:
            self._is_stopped = True
            process = self._process
        if process is not None:
            process.kill()

    def discard(self) -> None:
        """End the child, if there is one, and free its pipes. Only for the thread that asks."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout):
                with suppress(OSError):  # a request the child never took cannot be flushed any more
                    pipe.close()  # type: ignore[union-attr]  # both are pipes, see _launch
            self._process = None

    def _make_ready(self) -> None:
        self.start()
        if not self._is_ready:
            self._within(_START_SECONDS, self._read)
            self._is_ready = True

    def _reply(self, question: wire.Question, source: FilmSource) -> object:
        request = wire.pack(wire.Request(question, source))
        try:
            return self._within(self._options.seconds, lambda: self._exchange(request))
        except TimeoutError:
            self.discard()
            raise DecodeError(f"{source.name} took longer than {self._options.seconds:g} seconds to read.") from None
        except (EOFError, OSError, ValueError, TypeError, KeyError, RecursionError):
            self.discard()
            self._raise_if_stopped()
            raise _stopped_by(source) from None

    def _error(self, failure: wire.Failure, source: FilmSource) -> UserError:
        if failure.error == RefusedImage.__name__:
            return RefusedImage(failure.sentence, failure.code)
        if failure.error in _USER_ERRORS:
            return _USER_ERRORS[failure.error](failure.sentence)
        if failure.error == MemoryError.__name__:
            self.discard()
            return DecodeError(f"{source.name} needs more memory than a film may.")
        _logger.warning("The reader raised %.60s.", failure.error)
        return DecodeError(f"{source.name} could not be read: the file is damaged or of an unknown kind.")

    def _within(self, seconds: float, action: Callable[[], _T]) -> _T:
        """The result of `action`; the child is killed after `seconds`, which ends the wait at its pipe."""
        self._is_overdue = False
        timer = Timer(seconds, self._kill_overdue)
        timer.daemon = True
        timer.start()
        try:
            return action()
        except (EOFError, OSError):
            if self._is_overdue:
                raise TimeoutError from None
            raise
        finally:
            timer.cancel()
            timer.join()

    def _kill_overdue(self) -> None:
        self._is_overdue = True
        self._process.kill()  # type: ignore[union-attr]  # only while the child is asked

    def _exchange(self, request: list[bytes | memoryview]) -> object:
        wire.write(self._process.stdin, request)  # type: ignore[union-attr,arg-type]  # only after start
        return self._read()

    def _read(self) -> object:
        return wire.read(self._process.stdout)  # type: ignore[union-attr,arg-type]  # only after start

    def _raise_if_stopped(self) -> None:
        if self._is_stopped:
            raise Cancelled


def _stopped_by(source: FilmSource) -> DecodeError:
    return DecodeError(f"{source.name} made the decoder stop; the file is damaged or built to do harm.")


def _launch(options: DecoderOptions) -> subprocess.Popen[bytes]:
    # Not multiprocessing: its spawn imports the program's main module again in every child. `-P` keeps the current
    # folder, which may be a stranger's CD, from being searched for modules.
    command = [sys.executable, "-P", "-m", "radassist.imaging.decoder_child"]
    return subprocess.Popen(
        [*command, options.reader, str(options.memory_limit), str(options.seconds)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


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
