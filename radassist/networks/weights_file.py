"""The file that holds a model's weights, as bytes: enough to know that they are the card's. Needs no torch."""

import hashlib
from pathlib import Path

from radassist.domain.errors import ModelUnavailable
from radassist.networks.card import WEIGHTS_NAME, ModelCard


def read_weights(folder: Path, card: ModelCard) -> bytes:
    """The weights file of the model in `folder`, read once: these very bytes were checked.

    Raises:
        ModelUnavailable: If it cannot be read, or its checksum is not the card's.
    """
    try:
        data = (folder / WEIGHTS_NAME).read_bytes()
    except OSError as error:
        raise ModelUnavailable(f"The weights of model {card.id} cannot be read: {error.strerror or error}.") from error
    if hashlib.sha256(data).hexdigest() != card.weights_sha256:
        raise ModelUnavailable(f"The weights of model {card.id} are not the ones its card describes: checksums differ.")
    return data
