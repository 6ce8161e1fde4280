from pathlib import Path

import pytest
from helpers.models import save_model

from radassist.domain.errors import ModelUnavailable
from radassist.networks.card import WEIGHTS_NAME
from radassist.networks.weights_file import read_weights


def test_the_bytes_of_the_card_are_given(tmp_path: Path) -> None:
    card = save_model(tmp_path)
    assert read_weights(tmp_path, card) == (tmp_path / WEIGHTS_NAME).read_bytes()


def test_other_bytes_are_refused(tmp_path: Path) -> None:
    card = save_model(tmp_path)
    data = bytearray((tmp_path / WEIGHTS_NAME).read_bytes())
    data[-1] ^= 1
    (tmp_path / WEIGHTS_NAME).write_bytes(data)
    with pytest.raises(ModelUnavailable, match="checksums differ"):
        read_weights(tmp_path, card)


def test_a_missing_file_is_one_sentence(tmp_path: Path) -> None:
    card = save_model(tmp_path)
    (tmp_path / WEIGHTS_NAME).unlink()
    with pytest.raises(ModelUnavailable, match="weights of model tiny cannot be read"):
        read_weights(tmp_path, card)
