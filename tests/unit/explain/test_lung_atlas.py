import numpy as np

from radassist.explain.lung_atlas import LungPlace, draw_lungs


def test_two_lungs_lie_side_by_side_in_their_box() -> None:
    left, right = draw_lungs(LungPlace(20, 10, 100, 120), (140, 150))
    both = left | right
    assert not (left & right).any()
    rows, columns = np.argwhere(both).min(axis=0), np.argwhere(both).max(axis=0)
    assert np.abs(rows - (21, 10)).max() <= 2
    assert np.abs(columns - (119, 129)).max() <= 2
    assert left[:, 70:].sum() == 0
    assert right[:, :70].sum() == 0
    assert right.sum() < left.sum()  # the heart takes its place


def test_lungs_beside_the_grid_are_cut_off() -> None:
    left, right = draw_lungs(LungPlace(-50, 0, 100, 100), (60, 100))
    assert left.any()
    assert right[51:].sum() == 0


def test_a_finer_grid_has_the_same_place() -> None:
    coarse, _ = draw_lungs(LungPlace(10, 10, 40, 50), (60, 70))
    fine, _ = draw_lungs(LungPlace(10, 10, 40, 50).scaled(4), (240, 280))
    assert abs(fine[2::4, 2::4].mean() - coarse.mean()) < 0.02
