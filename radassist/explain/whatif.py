"""What would the model say if this were not on the film: hide regions of it and score it again."""

from collections.abc import Sequence

import numpy as np

from radassist.domain.analysis import Prediction
from radassist.domain.whatif import Edit, HiddenPart, WhatIf
from radassist.explain.fill import hide
from radassist.explain.regions import Mask, bounds, region_mask
from radassist.explain.scorer import Grey, Scorer


def apply_edits(grey: Grey, edits: Sequence[Edit]) -> Grey:
    """A copy of a film, (H, W) uint8 as `rendering.to_grey8` makes it, with `edits` done in order.

    A pixel no edit covers keeps its bits. A later edit hides what earlier ones have left.
    """
    for edit in edits:
        grey = hide(grey, region_mask(edit.region, grey.shape), edit.hiding)
    return grey.copy() if not edits else grey


def ask(grey: Grey, edits: Sequence[Edit], scorer: Scorer, before: Prediction | None = None) -> WhatIf:
    """What the model says of a film without what `edits` hide.

    Args:
        grey: (H, W) uint8, the film as `rendering.to_grey8` makes it.
        edits: In order.
        scorer: The model.
        before: Its answer to the film as it is, where it is known; saves a forward pass.

    Raises:
        UserError: If the edited film cannot be scored.
    """
    edited = apply_edits(grey, edits)
    answers = scorer.score([edited] if before is not None else [grey, edited])
    share = float(hidden_mask(edits, grey.shape).mean())
    return WhatIf(before or answers[0], answers[-1], tuple(edits), share)


def hidden_mask(edits: Sequence[Edit], size: tuple[int, int]) -> Mask:
    """Every pixel some edit covers, (H, W) bool."""
    mask = np.zeros(size, bool)
    for edit in edits:
        mask |= region_mask(edit.region, size)
    return mask


def hidden_part(grey: Grey, edits: Sequence[Edit]) -> HiddenPart | None:
    """What `edits` put into a film, (H, W) uint8, to be shown in its place; None where they lie beside the film."""
    mask = hidden_mask(edits, grey.shape)
    place = bounds(mask)
    if place is None:
        return None
    shown = np.ascontiguousarray(apply_edits(grey, edits)[place])
    return HiddenPart(place[0].start, place[1].start, shown, np.ascontiguousarray(mask[place]))
