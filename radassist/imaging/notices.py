"""Sentences that concern any film, whatever kind of file it came from."""

from radassist.domain.radiograph import Notice

SEND_AGAIN = "Ask for it to be sent again."
"""What to do about a file that arrived damaged."""

_SMALL_SIDE = 64

COLOUR = Notice("COLOUR", "The picture has colours; only its brightness is shown and scored.")
NO_CONTRAST = Notice("NO_CONTRAST", "Every pixel of the picture has the same value: there is nothing to see.")


def multiframe(frames: int) -> tuple[Notice, ...]:
    """For a file with several pictures."""
    if frames < 2:
        return ()
    return (Notice("MULTIFRAME", f"The file holds {frames} pictures; only the first is shown and scored."),)


def small(rows: int, columns: int) -> tuple[Notice, ...]:
    """For a picture too small to be a film."""
    if min(rows, columns) >= _SMALL_SIDE:
        return ()
    return (Notice("SMALL", f"The picture is only {columns} x {rows} pixels, far less than a film."),)
