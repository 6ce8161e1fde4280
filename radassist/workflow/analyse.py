"""The film on screen: read it, show it, score it. One film at a time; many films are `batch.py`'s."""

from collections.abc import Iterator
from dataclasses import dataclass

from radassist.domain.analysis import Analysis
from radassist.domain.cancellation import CancelToken
from radassist.domain.errors import DecodeError, RefusedImage, UnsupportedImage
from radassist.domain.radiograph import Radiograph
from radassist.domain.study import FileStamp, FilmSource
from radassist.domain.worklist import WorklistItem
from radassist.imaging.stamps import stamp_of
from radassist.workflow.outcome import check_same_film, conclude
from radassist.workflow.services import Answers, Services, SharedPredictor
from radassist.workflow.waiting import result_of

FilmProblem = DecodeError | UnsupportedImage | RefusedImage


@dataclass(frozen=True, slots=True, eq=False)
class FilmLoaded:
    """The film is read and can be shown; its score is still to come."""

    radiograph: Radiograph


@dataclass(frozen=True, slots=True, eq=False)
class FilmScored:
    """The film has its analysis; the last event."""

    radiograph: Radiograph
    analysis: Analysis


@dataclass(frozen=True, slots=True, eq=False)
class FilmRefused:
    """There is no score, because of the film itself; the last event.

    Attributes:
        problem: Its sentence says why; `outcome.is_refusal` tells refused from failed.
        radiograph: None where not even the pixels could be had.
    """

    problem: FilmProblem
    radiograph: Radiograph | None = None


def load(source: FilmSource, services: Services, *, cancel: CancelToken | None = None) -> Radiograph:
    """Read the film at `source`.

    Raises:
        DecodeError: If the file is damaged.
        UnsupportedImage: If it is of a kind that is not read.
        Cancelled: If `cancel` is cancelled, or the loader closed, while the film is being read.
    """
    return result_of(services.loader.submit(source, urgent=True), cancel or CancelToken())


def analyse(
    film: Radiograph, services: Services, *, with_blocks: bool = True, cancel: CancelToken | None = None
) -> Analysis:
    """The model's analysis of `film`, with the feature maps of its blocks unless they are not wanted.

    Raises:
        RefusedImage: If the film may not be scored.
        ModelUnavailable: If the model cannot be loaded.
        WrongFilm: If the answer speaks of another film.
        Cancelled: If `cancel` is cancelled, or the model closed, while a `SharedPredictor` is waited for.
    """
    return the_answer(_answers(film, services, with_blocks=with_blocks, cancel=cancel or CancelToken()), film)


def the_answer(answers: Answers, film: Radiograph) -> Analysis:
    """The one analysis that a predictor gave of `film` alone; raises what it gave instead, or `WrongFilm`."""
    (answer,) = answers
    if not isinstance(answer, Analysis):
        raise answer
    return check_same_film(answer, film)


def analyse_film(
    source: FilmSource, services: Services, *, with_blocks: bool, cancel: CancelToken | None = None
) -> Iterator[FilmLoaded | FilmScored | FilmRefused]:
    """Read, then score the film at `source`: `FilmLoaded`, then `FilmScored`; `FilmRefused` where the film forbids it.

    What the model said is kept before it is told, where `services` keep it.

    Raises:
        ModelUnavailable: After `FilmLoaded`, if the model cannot be loaded: no fault of the film.
        Cancelled: If `cancel` is cancelled between or during the stages.
    """
    token = cancel or CancelToken()
    film = None
    stamp = stamp_of(source) if services.keep else None
    try:
        film = load(source, services, cancel=token)
        yield FilmLoaded(film)
        token.raise_if_cancelled()
        analysis = analyse(film, services, with_blocks=with_blocks, cancel=token)
        _keep(source, analysis, film, stamp, services)
        yield FilmScored(film, analysis)
    except (DecodeError, UnsupportedImage, RefusedImage) as problem:
        if film:
            _keep(source, problem, film, stamp, services)
        yield FilmRefused(problem, film)


def _keep(
    source: FilmSource, answer: Analysis | FilmProblem, film: Radiograph, stamp: FileStamp | None, services: Services
) -> None:
    if services.keep:
        item = conclude(WorklistItem(0, source).started(), answer, film)
        services.keep(item, stamp, services.make_predictor().facts)


def _answers(film: Radiograph, services: Services, *, with_blocks: bool, cancel: CancelToken) -> Answers:
    predictor = services.make_predictor()
    if isinstance(predictor, SharedPredictor):
        return result_of(predictor.submit([film], with_blocks=with_blocks), cancel)
    return predictor.predict([film], with_blocks=with_blocks)
