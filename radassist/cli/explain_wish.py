"""What the command line asks to be explained, and what of it a model can answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from radassist.cli.terminal import WrongUsage
from radassist.domain.explanation import ChannelRule, SaliencyMethod

if TYPE_CHECKING:
    from radassist.domain.analysis import ModelFacts
    from radassist.workflow.explain import Explainer
    from radassist.workflow.explain_films import ExplainPlan

ALL = "all"
VIEWS = ("mean", "max", "l2", "pca")
KNOWN = (*VIEWS, *(method.value for method in SaliencyMethod))


@dataclass(frozen=True, slots=True)
class ExplainWish:
    """What was asked for, in the words of the command line."""

    methods: list[str]
    blocks: list[str]
    target: str | None
    rank: ChannelRule | None
    trust: bool
    robustness: bool


def check_methods(text: str) -> list[str]:
    """The names of methods in `text`, which commas part, in their usual order; all of them for `all`.

    Raises:
        WrongUsage: If there is no such method.
    """
    words = split_words(text)
    for word in words:
        if word not in (*KNOWN, ALL):
            raise WrongUsage(f"There is no method {word!r}; there are: {', '.join(KNOWN)}.")
    return list(KNOWN) if ALL in words else [word for word in KNOWN if word in words]


def split_words(text: str) -> list[str]:
    """The words that commas part in `text`."""
    return [word.strip() for word in text.split(",") if word.strip()]


def plan_of(wish: ExplainWish, facts: "ModelFacts", explainer: "Explainer") -> "ExplainPlan":
    """The wish in the model's words.

    Raises:
        WrongUsage: If the model has no such block, label or method.
    """
    from radassist.workflow.explain_films import BlockView, ExplainPlan

    target = wish.target or facts.labels[1]
    if target not in facts.labels:
        raise WrongUsage(f"The model has no label {target!r}; it has: {', '.join(facts.labels)}.")
    methods = _possible_methods(wish, explainer)
    views = tuple(BlockView(word) for word in wish.methods if word in VIEWS)
    blocks = _chosen_blocks(wish.blocks, facts, explainer)
    return ExplainPlan(target, blocks, views, methods, wish.rank, wish.trust, wish.robustness)


def _possible_methods(wish: ExplainWish, explainer: "Explainer") -> tuple[SaliencyMethod, ...]:
    """The saliency maps that were asked for; of all, those that can be made.

    Raises:
        WrongUsage: If one cannot be made with this model.
        ModelUnavailable: If one cannot be made since there is no torch.
    """
    from radassist.inference.device import require_torch

    named = [SaliencyMethod(word) for word in wish.methods if word not in VIEWS]
    if all(method is SaliencyMethod.OCCLUSION for method in named):  # the one that any model can be asked for
        return tuple(named)
    methods = tuple(method for method in named if method in explainer.methods)
    if len(methods) < len(named) and len(wish.methods) < len(KNOWN):
        missing = next(method for method in named if method not in methods)
        require_torch("Saliency maps")
        known = ", ".join([*VIEWS, *explainer.methods])
        raise WrongUsage(f"{missing.words} cannot be made with this model; there are: {known}.")
    return methods


def _chosen_blocks(words: Sequence[str], facts: "ModelFacts", explainer: "Explainer") -> tuple[str, ...]:
    published = [block.name for block in facts.blocks]
    if ALL in words:
        return tuple(published)
    known = published if set(words) <= set(published) else [block.name for block in explainer.blocks]
    for word in words:
        if word not in known:
            raise WrongUsage(f"The model has no block {word!r}; it has: {', '.join(known)}.")
    return tuple(name for name in known if name in words)
