"""How far a queue has come, and the words for it. Numbers and text only."""

from dataclasses import dataclass

_NO_BREAK = "\N{NO-BREAK SPACE}"
_SENSIBLE_SECONDS = 1.0
_SENSIBLE_FILMS = 3
"""Before so many films or seconds a rate would say more about the first film than about the rest."""


@dataclass(frozen=True, slots=True)
class QueueProgress:
    """A queue at one moment. `found = scored + refused + failed + waiting`, always.

    Attributes:
        found: Films in the queue.
        scored, refused, failed: Films that have ended.
        seconds: Time under way, pauses left out.
        paused: Whether it stands still at the reader's wish.
        awaits_model: Whether it begins when the model is loaded.
    """

    found: int
    scored: int = 0
    refused: int = 0
    failed: int = 0
    seconds: float = 0.0
    paused: bool = False
    awaits_model: bool = False

    def __post_init__(self) -> None:
        if min(self.scored, self.refused, self.failed, self.waiting) < 0:
            raise ValueError(f"these films do not add up: {self}")

    @property
    def done(self) -> int:
        """Films that have ended."""
        return self.scored + self.refused + self.failed

    @property
    def waiting(self) -> int:
        """Films that have not ended yet."""
        return self.found - self.done

    @property
    def rate(self) -> float | None:
        """Films a second over the whole run; None until that means something."""
        if self.seconds < _SENSIBLE_SECONDS or self.done < _SENSIBLE_FILMS:
            return None
        return self.done / self.seconds

    @property
    def seconds_left(self) -> float | None:
        """Time for the films that wait, at this rate; None while there is no rate."""
        return None if self.rate is None else self.waiting / self.rate


def done_words(progress: QueueProgress) -> str:
    """How many of how many have ended."""
    return f"{progress.done:,} of {progress.found:,}"


def sum_words(progress: QueueProgress) -> str:
    """The sum that adds up."""
    return (
        f"found{_NO_BREAK}{progress.found:,} = scored{_NO_BREAK}{progress.scored:,} "
        f"+{_NO_BREAK}refused{_NO_BREAK}{progress.refused:,} +{_NO_BREAK}failed{_NO_BREAK}{progress.failed:,} "
        f"+{_NO_BREAK}waiting{_NO_BREAK}{progress.waiting:,}"
    )


def pace_words(progress: QueueProgress) -> str:
    """Speed and time left, or why there is none to tell."""
    if progress.paused:
        return "Paused"
    if progress.awaits_model:
        return "Waiting for the model …"
    if progress.rate is None or progress.seconds_left is None:
        return "Starting …" if progress.waiting else ""
    return f"{_rate_words(progress.rate)} · about {duration_words(progress.seconds_left)} left"


def finished_words(progress: QueueProgress) -> str:
    """How the queue ended, also when it was stopped before its end."""
    ends = (
        f"{progress.scored:,}{_NO_BREAK}scored, {progress.refused:,}{_NO_BREAK}refused, "
        f"{progress.failed:,}{_NO_BREAK}failed"
    )
    time = duration_words(progress.seconds)
    if progress.waiting:
        films = f"{progress.done:,} of {_films(progress.found)}"
        return f"Stopped after {films} in {time}: {ends}, {progress.waiting:,}{_NO_BREAK}waiting"
    return f"{_films(progress.found)} in {time}: {ends}"


def idle_words(waiting: int) -> str:
    """What could be queued."""
    if not waiting:
        return "No films wait"
    return f"{_films(waiting)} wait{'s' if waiting == 1 else ''}"


def duration_words(seconds: float) -> str:
    """A length of time with its two largest units: `12 s`, `1 min 12 s`, `2 h 5 min`."""
    whole = max(1, round(seconds))
    minutes, rest = divmod(whole, 60)
    hours, minutes_left = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes_left} min"
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


def _rate_words(rate: float) -> str:
    if rate < 1:
        return f"{rate * 60:.0f} films/min"
    return f"{rate:.1f} films/s" if rate < 100 else f"{rate:,.0f} films/s"


def _films(count: int) -> str:
    return f"{count:,} film{'' if count == 1 else 's'}"
