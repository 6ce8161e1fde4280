"""Notices that any kind of film can carry."""

from radassist.imaging.notices import multiframe, small


def test_only_files_with_several_pictures_are_told_of() -> None:
    assert multiframe(1) == ()
    (notice,) = multiframe(20)
    assert notice.code == "MULTIFRAME"
    assert "20" in notice.sentence


def test_only_pictures_far_smaller_than_a_film_are_told_of() -> None:
    assert small(64, 64) == ()
    (notice,) = small(4, 20_000)
    assert notice.code == "SMALL"
    assert "20000 x 4" in notice.sentence
