"""Arrays that belong to a model and lie beside its weights: read only where they are the ones its card names."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load as parse_arrays
from safetensors.numpy import save as pack_arrays

from radassist.domain.errors import ModelUnavailable
from radassist.networks.storage import write_together
from radassist.networks.weights_file import read_checked

Arrays = Mapping[str, NDArray[np.float64]]


def save_arrays(arrays: Arrays, file: Path) -> str:
    """Write `arrays` as safetensors into a model's folder; the file's SHA-256, which belongs into the card.

    Raises:
        StoreError: If the folder cannot be written.
    """
    data = pack_arrays({name: np.ascontiguousarray(array) for name, array in arrays.items()})
    write_together(file.parent, {file.name: data})
    return hashlib.sha256(data).hexdigest()


def load_arrays(file: Path, sha256: str, what: str) -> Arrays:
    """The arrays that `save_arrays` wrote.

    Args:
        file: In a model's folder.
        sha256: As the card has it.
        what: They are, for a sentence, for instance `guard of model gap_cnn`.

    Raises:
        ModelUnavailable: If the file is missing, is another than the card describes, is no safetensors file or holds
            values that are not finite.
    """
    data = read_checked(file, sha256, what)
    try:
        arrays: Arrays = parse_arrays(data)
    except SafetensorError as error:
        raise ModelUnavailable(f"The file of the {what} is no safetensors file: {error}.") from error
    if not all(np.isfinite(array).all() for array in arrays.values()):
        raise ModelUnavailable(f"The {what} cannot be used: some values are not finite.")
    return arrays
