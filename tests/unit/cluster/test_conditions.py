from dataclasses import replace

import pytest
from helpers.fakes import FACTS

from radassist.cluster import conditions as module
from radassist.cluster.conditions import (
    OtherConditions,
    check_conditions,
    check_software,
    conditions_of,
    software_here,
)
from radassist.domain.precision import Precision

F32 = Precision.FLOAT32


def test_the_machine_that_asks_is_like_itself():
    check_conditions(conditions_of(FACTS, F32), FACTS, F32)


@pytest.mark.parametrize(
    "change", [{"sha256": "cd"}, {"card_sha256": "cd"}, {"threshold": 0.6}, {"preprocessing": "v2"}, {"model": "other"}]
)
def test_a_machine_with_another_model_is_turned_away(change):
    with pytest.raises(OtherConditions, match="another model fake"):
        check_conditions(conditions_of(FACTS, F32), replace(FACTS, **change), F32)


def test_a_machine_with_another_package_is_turned_away(monkeypatch):
    wanted = conditions_of(FACTS, F32)
    monkeypatch.setattr(module, "_version", lambda name: "0.0")

    with pytest.raises(OtherConditions, match="another version"):
        check_software(wanted, F32)


def test_the_device_is_no_condition_but_the_precision_is():
    here = conditions_of(FACTS, F32)

    assert conditions_of(replace(FACTS, device="A card"), F32).key == here.key
    assert conditions_of(FACTS, Precision.BFLOAT16).key != here.key


def test_the_software_names_what_stands_between_bytes_and_score():
    words = software_here(F32)

    assert all(f"; {name} " in words for name in ("numpy", "openvino", "pydicom", "imagecodecs"))
