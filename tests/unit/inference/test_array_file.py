"""Arrays beside the weights: read back as they were, and by their own checksum alone."""

from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load as parse_arrays

from radassist.domain.errors import ModelUnavailable
from radassist.inference.array_file import load_arrays, save_arrays

MEAN = np.arange(6.0)


def test_what_is_written_is_read_back_bit_by_bit(tmp_path: Path) -> None:
    turned = np.arange(12.0).reshape(3, 4).T
    digest = save_arrays({"mean": MEAN, "turned": turned}, tmp_path / "a.safetensors")
    found = load_arrays(tmp_path / "a.safetensors", digest, "guard of model m")
    np.testing.assert_array_equal(found["mean"], MEAN)
    np.testing.assert_array_equal(found["turned"], turned)
    assert parse_arrays((tmp_path / "a.safetensors").read_bytes()).keys() == found.keys()


def test_each_way_to_be_wrong_is_told_by_the_name_of_the_arrays(tmp_path: Path) -> None:
    file = tmp_path / "a.safetensors"
    with pytest.raises(ModelUnavailable, match="The guard of model m cannot be read"):
        load_arrays(file, "", "guard of model m")
    digest = save_arrays({"mean": np.array([np.inf])}, file)
    with pytest.raises(ModelUnavailable, match="guard of model m cannot be used: some values are not finite"):
        load_arrays(file, digest, "guard of model m")
    with pytest.raises(ModelUnavailable, match="guard of model m is not the one its card describes"):
        load_arrays(file, "0" * 64, "guard of model m")
