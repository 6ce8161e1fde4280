"""Whether a saliency map can be believed: what became of it under tests that an honest map passes."""

from dataclasses import dataclass
from enum import StrEnum

from radassist.domain.explanation import SaliencyWish, Subject

_REPEATS, _DIFFERS = 0.8, 0.5
_FORGETS, _REMEMBERS = 0.55, 0.7
_TELLING = 0.05
_LIKE_EDGES = 0.6


class Mark(StrEnum):
    """What became of a map under a test."""

    HOLDS = "holds"
    CHANGES = "changes"
    UNCLEAR = "unclear"


class Belief(StrEnum):
    """What follows from all tests."""

    BELIEVABLE = "believable"
    UNCLEAR = "unclear"
    DOUBTFUL = "doubtful"


@dataclass(frozen=True, slots=True)
class ShuffleStep:
    """How much of the map was left after the network was shuffled down to a stage.

    Attributes:
        stage: Name of the stage, for instance `head` or `block7`; all before it are shuffled too.
        correlation: Rank correlation with the map of the learnt network, in [-1, 1].
    """

    stage: str
    correlation: float


@dataclass(frozen=True, slots=True)
class Curve:
    """The label's probability while more and more of the film is blurred or uncovered, most important parts first.

    Attributes:
        probabilities: In [0, 1], at equal steps from nothing changed to everything changed.
    """

    probabilities: tuple[float, ...]

    @property
    def area(self) -> float:
        """Under the curve by the trapezoidal rule, in [0, 1]."""
        inner = sum(self.probabilities[1:-1])
        return (inner + (self.probabilities[0] + self.probabilities[-1]) / 2) / (len(self.probabilities) - 1)

    @property
    def backwards(self) -> "Curve":
        """From everything changed to nothing changed; its area is the same."""
        return Curve(self.probabilities[::-1])


@dataclass(frozen=True, slots=True)
class TrustMark:
    """The tests of one map, and what follows from them.

    All correlations are rank correlations with the map itself, in [-1, 1].

    Attributes:
        subject: The film and the model.
        wish: The map that was tested.
        cascade: The network's weights shuffled stage by stage from the output down (Adebayo et al. 2018).
        shuffled: With all weights shuffled: mean of the absolute correlations over several shuffles, since a map of
            the same lines with the opposite sign still knows nothing of the weights.
        shift: Of the film moved by one pixel of the network's input, moved back; mean over directions.
        noise: Of the film with light noise (a hundredth of the grey scale); mean over several.
        edges: Of its absolute values with the edges in the film.
        deletion: The most important parts blurred first: an honest map's curve falls fast (Petsiuk et al. 2018).
        insertion: The most important parts uncovered first: an honest map's curve rises fast.
        random: The parts blurred in random order, mean of several; backwards it is their uncovering. What `deletion`
            and `insertion` are to be held against.
    """

    subject: Subject
    wish: SaliencyWish
    cascade: tuple[ShuffleStep, ...]
    shuffled: float
    shift: float
    noise: float
    edges: float
    deletion: Curve
    insertion: Curve
    random: Curve

    @property
    def repeats(self) -> float:
        """The lower one of `shift` and `noise`."""
        return min(self.shift, self.noise)

    @property
    def under_shuffling(self) -> Mark:
        """An honest map changes: what is left is held against what small changes of the film leave."""
        left = self.shuffled / max(self.repeats, 0.1)
        if left <= _FORGETS:
            return Mark.CHANGES
        return Mark.HOLDS if left >= _REMEMBERS else Mark.UNCLEAR

    @property
    def under_small_changes(self) -> Mark:
        """An honest map holds."""
        if self.repeats >= _REPEATS:
            return Mark.HOLDS
        return Mark.CHANGES if self.repeats < _DIFFERS else Mark.UNCLEAR

    @property
    def under_deletion(self) -> Mark:
        """`CHANGES` where the score rests on what the map points at, `HOLDS` where it rather rests on the rest.

        An honest map changes the score; often a blurred film has much the same score, and then this is unclear.
        """
        difference = self.insertion.area - self.deletion.area
        if abs(difference) < _TELLING:
            return Mark.UNCLEAR
        return Mark.CHANGES if difference > 0 else Mark.HOLDS

    @property
    def belief(self) -> Belief:
        """Doubtful as soon as shuffling or small changes tell against it, believable only if nothing does."""
        if self.under_shuffling is Mark.HOLDS or self.under_small_changes is Mark.CHANGES:
            return Belief.DOUBTFUL
        return Belief.UNCLEAR if self._reservation else Belief.BELIEVABLE

    @property
    def sentence(self) -> str:
        """What the tests say, for a reader; of several reasons the weightiest."""
        if self.under_shuffling is Mark.HOLDS:
            lines = "; it follows the film's edges" if self._follows_edges else ""
            return f"This map would look much the same in a network that has learnt nothing{lines}: do not believe it."
        if self.under_small_changes is Mark.CHANGES:
            return "This map becomes another one when the film moves by a pixel or gets light noise: do not believe it."
        if self.belief is Belief.BELIEVABLE:
            known = "This map depends on what the network has learnt and holds when the film changes a little"
            return f"{known}{self._rest}."
        return f"It is not clear whether this map can be believed: {self._reservation}."

    @property
    def _rest(self) -> str:
        if self.under_deletion is Mark.CHANGES:
            return ", and the score rests on what it points at"
        return "; whether the score rests on what it points at, blurring cannot tell"

    @property
    def _follows_edges(self) -> bool:
        return self.edges >= _LIKE_EDGES

    @property
    def _reservation(self) -> str:
        if self.under_small_changes is Mark.UNCLEAR:
            return "it does not repeat well when the film changes a little"
        if self.under_shuffling is Mark.UNCLEAR:
            return "part of it stays when the network's weights are shuffled"
        if self._follows_edges:
            return "it follows the film's edges"
        return "the score rests on other parts of the film" if self.under_deletion is Mark.HOLDS else ""
