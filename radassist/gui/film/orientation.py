"""How the film is turned and mirrored for the reader, and the words that say so. Stored pixels are never moved."""

from dataclasses import dataclass, replace

from PySide6.QtGui import QTransform


@dataclass(frozen=True, slots=True)
class Orientation:
    """One of the eight ways to lay a film: mirrored left to right first where asked, then turned clockwise.

    Attributes:
        quarter_turns: Clockwise, 0 to 3.
        mirrored: Whether a left hand looks like a right hand.
    """

    quarter_turns: int = 0
    mirrored: bool = False

    def rotated(self, quarter_turns: int) -> "Orientation":
        """Turned further clockwise on the screen."""
        return replace(self, quarter_turns=(self.quarter_turns + quarter_turns) % 4)

    def flipped_horizontally(self) -> "Orientation":
        """Left and right of the screen swapped."""
        return Orientation(-self.quarter_turns % 4, not self.mirrored)

    def flipped_vertically(self) -> "Orientation":
        """Top and bottom of the screen swapped."""
        return self.flipped_horizontally().rotated(2)

    @property
    def transform(self) -> QTransform:
        """From the film as stored to the film as laid, about the origin."""
        mirror = QTransform.fromScale(-1.0 if self.mirrored else 1.0, 1.0)
        return mirror * _QUARTER_TURNS[self.quarter_turns]

    @property
    def marks(self) -> tuple[str, ...]:
        """What the reader must be warned of; empty for the film as stored.

        The words speak of the result and not of the keys pressed: flipped both ways is a half turn, no mirror image.
        """
        turn = {1: "ROTATED 90° RIGHT", 2: "ROTATED 180°", 3: "ROTATED 90° LEFT"}.get(self.quarter_turns)
        if not self.mirrored:
            return (turn,) if turn else ()
        if self.quarter_turns == 0:
            return ("FLIPPED LEFT–RIGHT",)
        if self.quarter_turns == 2:
            return ("FLIPPED TOP–BOTTOM",)
        return ("FLIPPED", turn or "")


# Written out, since QTransform.rotate goes through sine and cosine; the sense is clockwise where y runs down.
_QUARTER_TURNS = (
    QTransform(1, 0, 0, 1, 0, 0),
    QTransform(0, 1, -1, 0, 0, 0),
    QTransform(-1, 0, 0, -1, 0, 0),
    QTransform(0, -1, 1, 0, 0, 0),
)
