"""The files of a model, as bytes: enough to know that they are the card's. Needs no torch."""

import hashlib
from pathlib import Path

from radassist.domain.errors import ModelUnavailable
from radassist.networks.card import WEIGHTS_NAME, ModelCard


def read_weights(folder: Path, card: ModelCard) -> bytes:
    """The weights file of the model in `folder`; these very bytes were checked.

    Raises:
        ModelUnavailable: If it cannot be read, or its checksum is not the card's.
    """
    return read_checked(folder / WEIGHTS_NAME, card.weights_sha256, f"weights of model {card.id}")


def read_checked(file: Path, sha256: str, what: str) -> bytes:
    """A file of a model, read once: these very bytes were checked.

    Args:
        file: In the model's folder.
        sha256: As the model's card has it.
        what: It holds, for a sentence, for instance `weights of model gap_cnn`.

    Raises:
        ModelUnavailable: If it cannot be read, or its checksum is another.
    """
    try:
        data = file.read_bytes()
    except OSError as error:
        raise ModelUnavailable(f"The {what} cannot be read: {error.strerror or error}.") from error
    if hashlib.sha256(data).hexdigest() != sha256:
        raise ModelUnavailable(f"The file of the {what} is not the one its card describes: checksums differ.")
    return data
