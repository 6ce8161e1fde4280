"""What the tests of a map found, in print."""

from radassist.domain.trust import Belief, TrustMark

_WORDS = {Belief.BELIEVABLE: "Believable", Belief.UNCLEAR: "Unclear", Belief.DOUBTFUL: "Doubtful"}


def answer(mark: TrustMark) -> str:
    """The belief in a word, and why."""
    return f"{_WORDS[mark.belief]}. {mark.sentence}"


def numbers(mark: TrustMark) -> str:
    """The numbers behind the answer, one test a line; correlations are rank correlations with the map itself."""
    return "\n".join(
        (
            f"All weights shuffled: {mark.shuffled:.2f} of the map left (correlation; low is good)",
            f"Film moved by one pixel: {mark.shift:.2f}; light noise: {mark.noise:.2f} (high is good)",
            f"Likeness to the film's edges: {mark.edges:.2f} (low is good)",
            f"Area under the score, important parts blurred first: {mark.deletion.area:.2f} (low is good); "
            f"uncovered first: {mark.insertion.area:.2f} (high is good); in random order: {mark.random.area:.2f}",
        )
    )
