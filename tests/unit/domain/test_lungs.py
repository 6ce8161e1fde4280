import numpy as np
import pytest

from radassist.domain.lungs import EvidenceLedger, LungFields, Zone, ZoneShare

ONE, NONE = np.eye(4, dtype=bool), np.zeros((4, 4), bool)


def ledger(**shares: float) -> EvidenceLedger:
    return EvidenceLedger(tuple(ZoneShare(zone, shares.get(zone.value, 0.0), 0.2) for zone in Zone), 0.6, True)


@pytest.mark.parametrize(("confidence", "words"), [(0.7, "an estimate"), (0.45, "a rough guess")])
def test_the_estimate_says_how_far_it_can_be_relied_on(confidence: float, words: str) -> None:
    assert words in LungFields(ONE, ONE[::-1], confidence).sentence


def test_lungs_are_found_only_where_there_are_two() -> None:
    assert LungFields(ONE, ONE[::-1], 0.7).is_found
    missing = LungFields(ONE, NONE, 0.7)
    assert not missing.is_found
    assert "not found" in missing.sentence


def test_a_map_in_the_lungs_is_no_warning() -> None:
    found = ledger(lungs=0.7, heart=0.3)
    assert not found.warns
    assert found.share_of(Zone.HEART) == 0.3
    assert found.sentence == "70\N{NO-BREAK SPACE}% of the map lies inside the estimated lung fields."


def test_a_map_outside_the_lungs_warns_and_names_the_place() -> None:
    found = ledger(lungs=0.2, corners=0.5, borders=0.3)
    assert found.warns
    assert "80\N{NO-BREAK SPACE}% of the map lies outside" in found.sentence
    assert "in the corners, where side markers are (50\N{NO-BREAK SPACE}%)" in found.sentence


def test_without_evidence_or_lungs_nothing_is_claimed() -> None:
    assert EvidenceLedger((), 0.6, False).sentence == "The map has no positive evidence."
    unknown = EvidenceLedger((), 0.2, True)
    assert not unknown.warns
    assert unknown.share_of(Zone.LUNGS) == 0
    assert "not found" in unknown.sentence
