"""What stands above two views of one film, so that no model's answer and no block's map is taken for the other's."""

from dataclasses import replace

from radassist.domain.worklist import WorklistItem
from radassist.gui.beside.film_strip import StripWords, strip_words
from radassist.gui.film.film_cache import CachedFilm
from radassist.gui.findings.findings_text import probability_and_threshold

HIDDEN = "Your answer first"
_NOT_KEPT = "not kept, not exported"


def twin_words(model: str, item: WorklistItem, film: CachedFilm | None) -> StripWords:
    """The lines of one side: which model, which film, its answer and the threshold that answer rests on.

    Args:
        model: Id of the model of this side.
        item: The film.
        film: With the answer of this very model; None while the film is being read.
    """
    words = strip_words(item, film)
    titled = replace(words, title=f"{model} · {words.title}")
    if film is None or film.analysis is None:
        return titled
    _, threshold = probability_and_threshold(film.analysis.prediction)
    return replace(titled, detail=f"Threshold {threshold}")


def as_second_opinion(words: StripWords) -> StripWords:
    """Said of the model that does not answer for the list."""
    return replace(words, detail=" · ".join(filter(None, (words.detail, _NOT_KEPT))))


def hidden(words: StripWords) -> StripWords:
    """Nothing of the answer, while it is kept from the reader."""
    return replace(words, answer=HIDDEN, suspicion=None, is_problem=False, detail="")
