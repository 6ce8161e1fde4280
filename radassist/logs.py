"""The program's own log: one rotating file in the user's log folder, never with patient data or paths."""

import logging
import os
import traceback
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from radassist.paths import make_private, open_private

_FILE_NAME = "radassist.log"
_FILE_BYTES = 1_000_000
_OLD_FILES = 3

_ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class ReticentFormatter(logging.Formatter):
    """Formats exceptions as types and places in the code: their messages may quote a file's name or a header's text."""

    def formatException(self, ei: _ExcInfo) -> str:  # noqa: N802  (overrides the standard library)
        """One line an exception of the chain, the one that was caught last."""
        error = ei[1]
        return "\n".join(_types_and_places(chained) for chained in _chain(error))


def start_logging(folder: Path) -> None:
    """Send the program's log records to a file in `folder`; without a log where the folder cannot be written.

    Other libraries' records are dropped: pydicom's quote header values. Calling it again changes nothing.
    """
    logging.lastResort = None
    logger = logging.getLogger("radassist")
    if logger.handlers:
        return
    logger.propagate = False
    logger.setLevel(logging.INFO)
    logger.addHandler(_file_handler(folder))


class _PrivateFileHandler(RotatingFileHandler):
    """Its files are for their owner's eyes only."""

    def _open(self) -> TextIOWrapper:
        descriptor = open_private(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        return TextIOWrapper(os.fdopen(descriptor, "ab"), encoding=self.encoding, errors=self.errors)


def _file_handler(folder: Path) -> logging.Handler:
    try:
        make_private(folder)
        handler = _PrivateFileHandler(
            folder / _FILE_NAME,
            maxBytes=_FILE_BYTES,
            backupCount=_OLD_FILES,
            encoding="utf-8",
            errors="backslashreplace",
        )
    except OSError:
        return logging.NullHandler()
    handler.setFormatter(ReticentFormatter("%(asctime)s %(levelname)s %(process)d %(name)s: %(message)s"))
    return handler


def _chain(error: BaseException | None) -> list[BaseException]:
    chain: list[BaseException] = []
    while error is not None and error not in chain:
        chain.append(error)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return chain[::-1]


def _types_and_places(error: BaseException) -> str:
    frames = traceback.walk_tb(error.__traceback__)
    places = [f"{frame.f_globals.get('__name__', '?')}:{line}" for frame, line in frames]
    return f"{type(error).__name__} at {' > '.join(places) or 'nowhere'}"
