"""Which trained models there are and where they lie. Reads cards, never weights, and needs no torch."""

import logging
import os
import re
from collections.abc import Iterator
from pathlib import Path

from radassist.domain.errors import ModelUnavailable
from radassist.networks.card import CARD_NAME, ModelCard, read_card
from radassist.networks.default_model import default_model_id as default_model_id
from radassist.networks.default_model import is_file, model_roots

_ID = re.compile(r"[a-z0-9][a-z0-9._-]*")
_LOG = logging.getLogger(__name__)


def find_model(model_id: str) -> Path:
    """Folder of the model called `model_id`; the user's models come before the shipped ones, a folder's path works too.

    Raises:
        ModelUnavailable: If there is none; the sentence names those there are.
    """
    for folder in _candidates(model_id):
        if is_file(folder / CARD_NAME):
            return folder
    known = ", ".join(card.id for card in list_models()) or "none"
    raise ModelUnavailable(f"There is no model {model_id!r}; models on this machine: {known}.")


def list_models() -> tuple[ModelCard, ...]:
    """Cards of all models that can be named, sorted by id. A broken card is left out and logged."""
    cards: dict[str, ModelCard] = {}
    for root in model_roots():
        for card in _cards_in(root):
            cards.setdefault(card.id, card)
    return tuple(cards[model_id] for model_id in sorted(cards))


def _candidates(model_id: str) -> Iterator[Path]:
    if _ID.fullmatch(model_id):
        yield from (root / model_id for root in model_roots())
    yield Path(model_id)


def _cards_in(root: Path) -> Iterator[ModelCard]:
    if not os.path.isdir(root):  # noqa: PTH112  (as above)
        return
    for path in sorted(root.glob(f"*/{CARD_NAME}")):
        try:
            card = read_card(path.parent)
        except ModelUnavailable:  # its sentence holds the whole path, which no log may
            _LOG.warning("Model folder %s is left out: its card is not valid or cannot be read.", path.parent.name)
            continue
        if card.id == path.parent.name:
            yield card
        else:
            _LOG.warning("Model folder %s is not called %s as its card says.", path.parent.name, card.id)
