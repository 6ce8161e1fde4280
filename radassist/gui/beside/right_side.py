"""Who answers on the right of two views of one film, and what lies over the film there. No widgets here."""

from dataclasses import dataclass, replace

from radassist.domain.analysis import ModelFacts, Reduction
from radassist.domain.explanation import SaliencyMap, SaliencyMethod, SaliencyWish
from radassist.gui.blocks.block_maps import BlockMaps
from radassist.gui.blocks.blocks_state import BlocksState
from radassist.gui.blocks.map_drawing import laid_over
from radassist.gui.film.overlay import AnyOverlay
from radassist.workflow.explain import SharedExplainer

_CHOOSE = "Choose a block to lay its map over the film."
_NO_WEIGHTS = "Asking the model what each channel weighs …"
_NO_SIGNAL = "No signal in this block."


@dataclass(frozen=True, slots=True, eq=False)
class RightSide:
    """The model of the right side, and what it made of the film.

    Attributes:
        facts: None while it is being loaded.
        maps: None while it has not answered, or must not be seen.
        explainer: None where it cannot be asked why.
        wanted: The block chosen here; empty before any was.
    """

    facts: ModelFacts | None
    maps: BlockMaps | None
    explainer: SharedExplainer | None
    wanted: str = ""

    def block(self, left: str) -> str:
        """The block shown: the one chosen here, else the deepest but the one of the left side.

        Where this model has no such block it is the deepest.
        """
        names = self.maps.names if self.maps else ()
        if self.wanted in names:
            return self.wanted
        others = [name for name in names if name != left]
        return others[-1] if others else names[-1] if names else ""

    def wish(self, block: str, state: BlocksState, asked: SaliencyWish | None) -> SaliencyWish | None:
        """What its model has to be asked for, so that there is something to show.

        Args:
            block: Of this side.
            state: How block maps are shown.
            asked: What the left side's model is asked, where maps of evidence are in front; else None.
        """
        if asked is not None:
            return replace(asked, block=block if asked.method.takes_block else "")
        needs_weights = state.visible and state.reduction is Reduction.CLASS
        if needs_weights and self.facts and self.maps and block and not self.maps.knows(block, Reduction.CLASS):
            return SaliencyWish(SaliencyMethod.GRAD_CAM, self.facts.labels[1], block)
        return None

    def take(self, found: SaliencyMap | None) -> None:
        """Keep `found` where it is the weighting of a block for the suspected label."""
        label = self.facts.labels[1] if self.facts else ""
        if self.maps and found and (found.method, found.target) == (SaliencyMethod.GRAD_CAM, label):
            self.maps.take_weighted(found)

    def block_map(self, block: str, state: BlocksState) -> tuple[AnyOverlay | None, str]:
        """The map of `block` as `state` asks for it, each side on a scale of its own, and what is said of it."""
        if self.maps is None or not state.visible or not block:
            return None, _CHOOSE if self.maps else ""
        shown = self.maps.single(block, state)
        if shown is None:
            return None, _NO_WEIGHTS
        overlay = laid_over(shown, state)
        return overlay, overlay.words if overlay else _NO_SIGNAL
