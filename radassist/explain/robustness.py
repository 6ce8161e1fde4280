"""The score of a film under changes that should not matter, one variant after the other."""

from collections.abc import Iterator

import numpy as np

from radassist.domain.cancellation import CancelToken
from radassist.domain.radiograph import Radiograph
from radassist.domain.robustness import RobustnessStrip, VariantScore
from radassist.explain.scorer import Scorer
from radassist.explain.variants import variants_of
from radassist.imaging.rendering import to_grey8


def measure_robustness(film: Radiograph, scorer: Scorer, cancel: CancelToken) -> Iterator[RobustnessStrip]:
    """The strip of `film` as it grows, first with the film alone; the last one is complete.

    Raises:
        Cancelled: If `cancel` is cancelled; looked at before each variant.
        UserError: If the film or a variant cannot be scored.
    """
    grey = to_grey8(film)
    variants = variants_of(film)
    cancel.raise_if_cancelled()
    strip = RobustnessStrip(scorer.score([grey])[0], (), 0, len(variants))
    yield strip
    for number, variant in enumerate(variants, start=1):
        cancel.raise_if_cancelled()
        picture = variant.make()
        found = strip.variants
        if not np.array_equal(picture, grey):
            score = VariantScore(variant.variation, variant.title, scorer.score([picture])[0])
            found = (*found, score)
        strip = RobustnessStrip(strip.original, found, number, len(variants))
        yield strip
