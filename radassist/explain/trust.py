"""Can a saliency map be believed? Tests of one map, in short steps that can be cancelled between two of them."""

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field, replace
from itertools import product

import numpy as np
from scipy import ndimage

from radassist.domain.cancellation import CancelToken
from radassist.domain.errors import UserError
from radassist.domain.explanation import ExplainStep, SaliencyWish
from radassist.domain.trust import ShuffleStep, TrustMark
from radassist.explain.agreement import Grid, edges, rank_correlation
from radassist.explain.attribution import saliency
from radassist.explain.fidelity import AT_ONCE, SCORES, Fidelity, fidelity
from radassist.explain.open_model import FedFilm, OpenModel
from radassist.explain.scorer import Grey
from radassist.explain.shuffling import all_shuffled, shuffled_from_the_output, stages_of
from radassist.networks.preprocess import Preprocess

MapMaker = Callable[[FedFilm], Iterator[Grid | None]]
"""Makes a map (h, w) over a film; None while it goes on, the map at last."""

_SEEDS = (0, 1, 2)
_SHIFTS = tuple(product((-1, 1), (0, 1)))
_NOISES = 4
_NOISE = 0.01

_Ticks = Generator[None, None, Grid]


def measure_trust(film: FedFilm, wish: SaliencyWish, cancel: CancelToken) -> Iterator[ExplainStep[TrustMark]]:
    """The mark of the map that `wish` makes of `film`; the last step has it.

    Tested is the map of the film at the network's own size, and of methods that begin coarsely the coarse map: the
    answers are the same, and take seconds.

    Raises:
        UserError: If there is no such map, or it is the same everywhere.
        Cancelled: If `cancel` is cancelled.
    """
    return measure_trust_of(film, wish, cancel, lambda other: _first_map(other, wish, cancel))


def measure_trust_of(
    film: FedFilm, wish: SaliencyWish, cancel: CancelToken, make: MapMaker
) -> Iterator[ExplainStep[TrustMark]]:
    """As `measure_trust`, of a map made in any way.

    Args:
        film: Whose map is tested.
        wish: What is written into the mark; its label is the one whose probability is followed.
        cancel: Looked at before each step.
        make: Called for the film, for slightly changed ones, and for shuffled copies of its model.
    """
    trial = _Trial(_at_input_size(film), wish, make)
    steps = trial.run()
    while True:
        cancel.raise_if_cancelled()
        try:
            next(steps)
        except StopIteration as finished:
            yield ExplainStep(trial.total, trial.total, finished.value)
            return
        yield ExplainStep(min(trial.done, trial.total - 1), trial.total, None)


@dataclass(slots=True)
class _Trial:
    """One map under test; `run` yields after every piece of work, `done` counts the pieces that are whole.

    Maps of single pixels are compared without their signs, as Adebayo et al. do: neighbours often have opposite ones.
    """

    film: FedFilm
    wish: SaliencyWish
    make: MapMaker
    done: int = 0
    cascade: list[ShuffleStep] = field(default_factory=list)

    @property
    def total(self) -> int:
        maps = 1 + len(stages_of(self.film.model)) + len(_SEEDS) - 1 + len(_SHIFTS) + _NOISES
        return maps + SCORES

    def run(self) -> Generator[None, None, TrustMark]:
        original = yield from self._map(self.film)
        if float(np.ptp(original)) == 0:
            raise UserError("There is nothing to test: the map is the same everywhere.")
        shuffled = yield from self._shuffled(original)
        shift = yield from self._mean(original, (_shifted(self.film, *step) for step in _SHIFTS))
        noise = yield from self._mean(original, (_noisy(self.film, seed) for seed in range(_NOISES)))
        curves = yield from self._curves(original)
        size = (original.shape[0], original.shape[1])
        return TrustMark(
            subject=self.film.subject,
            wish=self.wish,
            cascade=tuple(self.cascade),
            shuffled=shuffled,
            shift=shift,
            noise=noise,
            edges=rank_correlation(np.abs(original), edges(self.film.grey, size)),
            deletion=curves.deletion,
            insertion=curves.insertion,
            random=curves.random,
        )

    def _map(self, film: FedFilm) -> _Ticks:
        found = None
        for step in self.make(film):
            found = step
            yield
        if found is None:
            raise UserError("There is nothing to test: no map was made.")
        self.done += 1
        return np.abs(found) if found.shape == self.film.grey.shape else found

    def _left_of(self, original: Grid, film: FedFilm) -> Generator[None, None, float]:
        """Correlation of the map of `film` with the original; none where a shuffled network gives no numbers."""
        try:
            return rank_correlation(original, (yield from self._map(film)))
        except UserError:
            self.done += 1
            return 0.0

    def _shuffled(self, original: Grid) -> Generator[None, None, float]:
        model = self.film.model
        for stage, copy in shuffled_from_the_output(model, _SEEDS[0]):
            left = yield from self._left_of(original, replace(self.film, model=copy))
            self.cascade.append(ShuffleStep(stage.name, left))
        ends = [self.cascade[-1].correlation]
        for seed in _SEEDS[1:]:
            ends.append((yield from self._left_of(original, replace(self.film, model=all_shuffled(model, seed)))))
        return float(np.mean(np.abs(ends)))

    def _mean(self, original: Grid, changed: Iterator["_Changed"]) -> Generator[None, None, float]:
        found = []
        for change in changed:
            grid = yield from self._map(change.film)
            found.append(rank_correlation(original, change.put_back(grid)))
        return float(np.mean(found))

    def _curves(self, original: Grid) -> Generator[None, None, Fidelity]:
        target = self.film.model.target_index(self.wish.target)
        for curves in fidelity(self.film, original, target):
            if curves is not None:
                return curves
            self.done += AT_ONCE
            yield
        raise AssertionError("the curves end with both of them")


@dataclass(frozen=True, slots=True, eq=False)
class _Changed:
    """A film changed a little.

    Attributes:
        rows, columns: By how many pixels of the network's input it was moved down and to the right.
    """

    film: FedFilm
    rows: int = 0
    columns: int = 0

    def put_back(self, grid: Grid) -> Grid:
        """A map of it, moved back to where the film was."""
        steps = [
            -moved * cells / pixels
            for moved, cells, pixels in zip((self.rows, self.columns), grid.shape, self.film.grey.shape, strict=True)
        ]
        return np.asarray(ndimage.shift(grid, steps, order=1, mode="nearest"), np.float32) if any(steps) else grid


def _shifted(film: FedFilm, step: int, axis: int) -> _Changed:
    wide = np.pad(film.grey, 1, mode="edge")
    moved = np.roll(wide, step, axis)[1:-1, 1:-1]
    return _Changed(_fed(film.model, moved, film), *((step, 0) if axis == 0 else (0, step)))


def _noisy(film: FedFilm, seed: int) -> _Changed:
    noise = np.random.default_rng(seed).normal(0, _NOISE * 255, film.grey.shape)
    return _Changed(_fed(film.model, np.clip(np.rint(film.grey + noise), 0, 255).astype(np.uint8), film))


def _at_input_size(film: FedFilm) -> FedFilm:
    return _fed(film.model, Preprocess.from_card(film.model.card).squash(film.grey), film)


def _fed(model: OpenModel, grey: Grey, film: FedFilm) -> FedFilm:
    return FedFilm(model, film.film_sha256, grey, Preprocess.from_card(model.card).apply(grey))


def _first_map(film: FedFilm, wish: SaliencyWish, cancel: CancelToken) -> Iterator[Grid | None]:
    for step in saliency(film, wish, cancel):
        yield None if step.result is None else step.result.values
        if step.result is not None:
            return
