"""What a person is told when something goes wrong, and where the details of a bug go."""

import logging
import sys
from collections.abc import Callable
from types import TracebackType

from radassist.domain.errors import UserError

_log = logging.getLogger(__name__)


def sentence_for(error: BaseException) -> str:
    """One plain sentence: a `UserError`'s own, or for a bug that it was logged, never its traceback."""
    if isinstance(error, UserError):
        return str(error)
    return f"Something went wrong inside the program ({type(error).__name__}); the details are in its log."


def log_bug(error: BaseException) -> None:
    """Log where a bug happened: types and code lines only, since messages may quote a file's text."""
    places = []
    trace: TracebackType | None = error.__traceback__
    while trace is not None:
        places.append(f"{trace.tb_frame.f_globals.get('__name__')}:{trace.tb_lineno}")
        trace = trace.tb_next
    _log.error("%s at %s", type(error).__name__, " > ".join(places))


def install_excepthook(report: Callable[[str], None]) -> None:
    """Send every exception that nobody caught to the log, and its sentence to `report`; the program stays up."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if not issubclass(kind, Exception):
            sys.__excepthook__(kind, error, trace)
            return
        log_bug(error)
        report(sentence_for(error))

    sys.excepthook = hook
