"""Saliency maps of one film by any of the methods, in steps: each step is short, so that other films come between."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType

import numpy as np
import torch
from numpy.typing import NDArray

from radassist.domain.analysis import BlockSpec
from radassist.domain.cancellation import CancelToken
from radassist.domain.errors import UserError
from radassist.domain.explanation import ExplainStep, SaliencyMap, SaliencyMethod, SaliencyWish
from radassist.explain.cam import FORMULAS, Formula, class_activation
from radassist.explain.gradients import activations_and_gradients, activations_of
from radassist.explain.integrated_gradients import integrated_gradients
from radassist.explain.occlusion import OccludedFilm, occlusion
from radassist.explain.open_model import FedFilm, OpenModel
from radassist.networks.preprocess import Preprocess

Steps = Iterator[ExplainStep[SaliencyMap]]


@dataclass(frozen=True, slots=True, eq=False)
class _Question:
    """The map that is wanted of a film."""

    film: FedFilm
    wish: SaliencyWish
    cancel: CancelToken

    @property
    def target(self) -> int:
        return self.film.model.target_index(self.wish.target)

    def of_block(self, values: NDArray[np.float32], block: BlockSpec) -> SaliencyMap:
        """`values`, (h, w), one a cell of `block`, as the answer."""
        return self._answer(values, block, self.film.fed.geometry.cell_size(block.stride))

    def of_film(self, values: NDArray[np.float32]) -> SaliencyMap:
        """`values`, (h, w), a grid that covers the film exactly, as the answer."""
        height, width = (side / cells for side, cells in zip(self.film.grey.shape, values.shape, strict=True))
        return self._answer(values, None, (height, width))

    def _answer(
        self, values: NDArray[np.float32], block: BlockSpec | None, cell_size: tuple[float, float]
    ) -> SaliencyMap:
        if not np.isfinite(values).all():
            raise UserError(f"{self.wish.method.words} gave no finite map for this film.")
        return SaliencyMap(self.film.subject, self.wish.method, self.wish.target, block, values, cell_size)


def saliency(film: FedFilm, wish: SaliencyWish, cancel: CancelToken) -> Steps:
    """The map that is wished for, coarse first where the method allows.

    Raises:
        UserError: If the model has no such block or label, or is not one the method is for; or if what comes out are
            no numbers.
        Cancelled: If `cancel` is cancelled.
    """
    for step in _METHODS[wish.method](_Question(film, wish, cancel)):
        yield step
        cancel.raise_if_cancelled()


def available_methods(model: OpenModel) -> tuple[SaliencyMethod, ...]:
    """The methods that can be used on `model`, in their usual order."""
    has_maps = bool(model.blocks) or model.head is not None
    unusable = {SaliencyMethod.CAM} if model.head is None else set()
    return tuple(method for method in SaliencyMethod if method not in unusable and (has_maps or not method.takes_block))


def _cam(question: _Question) -> Steps:
    model = question.film.model
    if model.head is None:
        raise UserError("CAM needs a network that averages its last maps over the film; use Grad-CAM with this one.")
    activations = activations_of(model.network, model.head.block, question.film.batch).numpy()
    weights = model.head.linear.weight[question.target].numpy()
    yield ExplainStep(1, 1, question.of_block(class_activation(activations, weights)[0], model.head.block))


def _by_formula(formula: Formula, question: _Question) -> Steps:
    model = question.film.model
    block = model.block(question.wish.block)
    activations, gradients = activations_and_gradients(model.network, block, question.film.batch, question.target)
    yield ExplainStep(1, 1, question.of_block(formula(activations.numpy(), gradients.numpy())[0], block))


def _integrated_gradients(question: _Question) -> Steps:
    film = question.film
    black = Preprocess.from_card(film.model.card).normalise(np.zeros(film.fed.array.shape[1:], np.uint8))
    baseline = torch.from_numpy(black[None])
    for step in integrated_gradients(film.model.network, film.batch, baseline, question.target):
        found = None if step.result is None else question.of_film(step.result)
        yield ExplainStep(step.done, step.total, found)


def _occlusion(question: _Question) -> Steps:
    film = question.film
    hidden = OccludedFilm(film.subject, film.grey, film.model.card.labels, film.model)
    yield from occlusion(hidden, question.wish.target, question.cancel)


_METHODS: Mapping[SaliencyMethod, Callable[[_Question], Steps]] = MappingProxyType(
    {
        SaliencyMethod.CAM: _cam,
        **{method: partial(_by_formula, formula) for method, formula in FORMULAS.items()},
        SaliencyMethod.INTEGRATED_GRADIENTS: _integrated_gradients,
        SaliencyMethod.OCCLUSION: _occlusion,
    }
)
