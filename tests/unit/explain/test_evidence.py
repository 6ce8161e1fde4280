import numpy as np
import pytest

from radassist.domain.lungs import LungFields, Zone
from radassist.explain.evidence import divide, heart_zone, zone_map

LEFT, RIGHT = np.zeros((100, 100), bool), np.zeros((100, 100), bool)
LEFT[20:80, 20:40] = True
RIGHT[20:80, 60:80] = True
LUNGS = LungFields(LEFT, RIGHT, 0.8)


def spot(row: int, column: int) -> np.ndarray:
    values = np.zeros((100, 100), np.float32)
    values[row, column] = 3.0
    return values


@pytest.mark.parametrize(
    ("row", "column", "zone"),
    [
        (50, 30, Zone.LUNGS),
        (50, 70, Zone.LUNGS),
        (60, 50, Zone.HEART),
        (30, 50, Zone.ELSEWHERE),
        (5, 5, Zone.CORNERS),
        (95, 90, Zone.CORNERS),
        (5, 50, Zone.BORDERS),
        (50, 98, Zone.BORDERS),
        (82, 50, Zone.ELSEWHERE),
    ],
)
def test_a_spot_belongs_to_the_zone_it_lies_in(row: int, column: int, zone: Zone) -> None:
    ledger = divide(spot(row, column), LUNGS)
    assert ledger.share_of(zone) == pytest.approx(1)
    assert ledger.warns == (zone is not Zone.LUNGS)


def test_an_even_map_has_the_share_of_each_zones_area() -> None:
    ledger = divide(np.ones((7, 7), np.float32), LUNGS)
    assert sum(part.share for part in ledger.shares) == pytest.approx(1)
    for part in ledger.shares:
        assert part.share == pytest.approx(part.area, abs=1e-5)


def test_what_speaks_against_the_label_does_not_count() -> None:
    assert divide(spot(50, 30) - spot(5, 5), LUNGS).share_of(Zone.LUNGS) == pytest.approx(1)


def test_a_map_without_positive_values_has_no_shares() -> None:
    ledger = divide(-spot(50, 30), LUNGS)
    assert ledger.shares == ()
    assert not ledger.has_evidence


def test_without_lungs_there_are_no_shares() -> None:
    nothing = LungFields(np.zeros((9, 9), bool), np.zeros((9, 9), bool), 0.1)
    assert divide(spot(50, 30), nothing).shares == ()
    assert not heart_zone(nothing).any()


def test_the_heart_lies_between_the_lungs_in_their_lower_part() -> None:
    heart = heart_zone(LUNGS)
    assert np.argwhere(heart).min(axis=0).tolist() == [44, 40]
    assert np.argwhere(heart).max(axis=0).tolist() == [79, 59]


def test_every_cell_has_one_zone() -> None:
    zones = zone_map(LUNGS)
    assert set(np.unique(zones)) == set(range(len(Zone)))


def test_a_coarse_map_counts_half_a_cell_beside_the_lungs_as_lung() -> None:
    fine, coarse = zone_map(LUNGS, (100, 100)), zone_map(LUNGS, (10, 10))
    order = list(Zone)
    assert np.array_equal(fine, zone_map(LUNGS))
    lungs = coarse == order.index(Zone.LUNGS)
    assert np.argwhere(lungs[:, :50]).min(axis=0).tolist() == [15, 15]
    assert np.argwhere(lungs[:, :50]).max(axis=0).tolist() == [84, 44]
    cell = np.zeros((10, 10), np.float32)
    cell[5, 1] = 1  # columns 10 to 20, beside the lung that begins at 20
    assert divide(cell, LUNGS).share_of(Zone.LUNGS) == pytest.approx(0.5)
