import numpy as np
import pytest

from radassist.domain.analysis import BlockSpec
from radassist.domain.explanation import ChannelRanking, ChannelRule, SaliencyMap, SaliencyMethod, Subject

SUBJECT = Subject("ab" * 32, "tiny", "cd" * 32)
BLOCK = BlockSpec("block1", "features.block1", 2)


def saliency_map(*values: float) -> SaliencyMap:
    grid = np.array([values], np.float32)
    return SaliencyMap(SUBJECT, SaliencyMethod.GRAD_CAM, "PNEUMONIA", BLOCK, grid, (2.0, 2.0))


def test_evidence_is_what_speaks_for_the_label_and_raw_values_stay() -> None:
    found = saliency_map(-2.0, 0.0, 3.0)
    assert found.evidence.tolist() == [[0.0, 0.0, 3.0]]
    assert found.values.tolist() == [[-2.0, 0.0, 3.0]]
    assert not found.is_empty


@pytest.mark.parametrize("values", [(0.0, 0.0), (-1.0, 0.0), (-1.0, -3.0)])
def test_a_map_where_nothing_speaks_for_the_label_is_empty(values: tuple[float, ...]) -> None:
    assert saliency_map(*values).is_empty


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_a_map_never_holds_what_is_no_number(value: float) -> None:
    with pytest.raises(ValueError, match="no numbers"):
        saliency_map(0.0, value)


def test_channels_are_ordered_from_the_highest_value_and_equals_by_number() -> None:
    values = np.array([0.5, -2.0, 3.0, 0.5], np.float32)
    assert ChannelRanking(SUBJECT, BLOCK, ChannelRule.ABLATION, "PNEUMONIA", values).order == (2, 0, 3, 1)


@pytest.mark.parametrize("method", SaliencyMethod)
def test_every_method_has_a_name_for_people(method: SaliencyMethod) -> None:
    assert method.words
