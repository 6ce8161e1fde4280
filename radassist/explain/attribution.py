"""Saliency maps of one film by any of the methods, in steps: each step is short, so that other films come between."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
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
from radassist.explain.open_model import OpenModel, as_batch
from radassist.networks.preprocess import NetworkInput, Preprocess


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """A film as one model got it, and the map that is wanted of it."""

    model: OpenModel
    film_sha256: str
    fed: NetworkInput
    wish: SaliencyWish

    @property
    def target(self) -> int:
        """Index of the label; raises `UserError` where the model has none of that name."""
        return self.model.target_index(self.wish.target)

    def answer(self, values: NDArray[np.float32], block: BlockSpec | None) -> SaliencyMap:
        """`values` as a map over the film.

        Raises:
            UserError: If not all of them are numbers.
        """
        if not np.isfinite(values).all():
            raise UserError(f"{self.wish.method.words} gave no finite map for this film.")
        stride = block.stride if block else 1
        cell_size = self.fed.geometry.cell_size(stride)
        subject = self.model.subject(self.film_sha256)
        return SaliencyMap(subject, self.wish.method, self.wish.target, block, values, cell_size)


Steps = Iterator[ExplainStep[SaliencyMap]]


def saliency(question: Question, cancel: CancelToken) -> Steps:
    """The map that is asked for, coarse first where the method allows.

    Raises:
        UserError: If the model has no such block or label, or is not one the method is for.
        Cancelled: If `cancel` is cancelled.
    """
    for step in _METHODS[question.wish.method](question):
        yield step
        cancel.raise_if_cancelled()


def available_methods(model: OpenModel) -> tuple[SaliencyMethod, ...]:
    """The methods that can be used on `model`, in their usual order."""
    return tuple(
        method
        for method in SaliencyMethod
        if not (method is SaliencyMethod.CAM and model.head is None)
        and not (method.takes_block and model.head is None and not model.blocks)
    )


def _cam(question: Question) -> Steps:
    head = question.model.head
    if head is None:
        raise UserError("CAM needs a network that averages its last maps over the film; use Grad-CAM with this one.")
    activations = activations_of(question.model.network, head.block, as_batch(question.fed)).numpy()
    weights = head.linear.weight[question.target].numpy()
    yield ExplainStep(1, 1, question.answer(class_activation(activations, weights)[0], head.block))


def _by_formula(formula: Formula, question: Question) -> Steps:
    block = question.model.block(question.wish.block)
    batch = as_batch(question.fed)
    activations, gradients = activations_and_gradients(question.model.network, block, batch, question.target)
    yield ExplainStep(1, 1, question.answer(formula(activations.numpy(), gradients.numpy())[0], block))


def _integrated_gradients(question: Question) -> Steps:
    preprocess = Preprocess.from_card(question.model.card)
    black = preprocess.normalise(np.zeros(question.fed.array.shape[1:], np.uint8))
    baseline = torch.from_numpy(black[None])
    steps = integrated_gradients(question.model.network, as_batch(question.fed), baseline, question.target)
    for step in steps:
        found = None if step.result is None else question.answer(step.result, None)
        yield ExplainStep(step.done, step.total, found)


def _formula_method(formula: Formula) -> Callable[[Question], Steps]:
    return lambda question: _by_formula(formula, question)


_METHODS: Mapping[SaliencyMethod, Callable[[Question], Steps]] = MappingProxyType(
    {
        SaliencyMethod.CAM: _cam,
        **{method: _formula_method(formula) for method, formula in FORMULAS.items()},
        SaliencyMethod.INTEGRATED_GRADIENTS: _integrated_gradients,
    }
)
