"""What becomes of a film: the one place that turns an answer, or the lack of one, into the end of a worklist item."""

import logging
from dataclasses import replace

from radassist.domain.analysis import Analysis
from radassist.domain.errors import RadassistError, RefusedImage, UnsupportedImage, UserError
from radassist.domain.prepared import AnyFilm
from radassist.domain.worklist import WorklistItem

_LOG = logging.getLogger(__name__)


class WrongFilm(RadassistError):
    """An analysis came back for another film than was asked about: a bug that must never reach the screen."""


def check_same_film(analysis: Analysis, film: AnyFilm) -> Analysis:
    """`analysis`, once it is certain that it speaks of `film`.

    Raises:
        WrongFilm: If it was made from other bytes.
    """
    if analysis.film_sha256 != film.facts.sha256:
        raise WrongFilm("the analysis was made from another file")
    return analysis


def is_refusal(error: BaseException) -> bool:
    """Whether `error` says that a sound file gets no score, rather than that something went wrong."""
    return isinstance(error, RefusedImage | UnsupportedImage)


def conclude(item: WorklistItem, answer: Analysis | BaseException, film: AnyFilm | None = None) -> WorklistItem:
    """The running `item` in the state that `answer` puts it in: scored, refused or failed.

    Args:
        item: In state running.
        answer: The analysis, or what stood in its way.
        film: The film if it could be read; its digest, identity and notices stay with the item.
    """
    if isinstance(answer, Analysis):
        return item.scored(answer, film.identity if film else None)
    reason = _reason(item, answer)
    ended = item.refused(reason) if is_refusal(answer) else item.failed(reason)
    if film is None:
        return replace(ended, film_sha256="")
    return replace(ended, film_sha256=film.facts.sha256, identity=film.identity, notices=film.notices)


def _reason(item: WorklistItem, error: BaseException) -> str:
    if isinstance(error, UserError):
        return str(error)
    _LOG.error("film %d met an internal error", item.number, exc_info=error)
    return (
        f"{item.source.name} could not be scored because of an internal error ({type(error).__name__}); "
        "the details are in the log."
    )
