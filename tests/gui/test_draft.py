"""Every kind of mark can be drawn by dragging, and by clicks alone."""

import pytest

from radassist.domain.measurement import MarkKind, Point
from radassist.gui.measure.draft import Draft

PLACES = (Point(10, 10), Point(40, 12), Point(5, 60), Point(80, 66))


def drag(draft: Draft, start: Point, end: Point) -> None:
    draft.press(start)
    draft.move(end)
    draft.release(end, is_click=False)


def click(draft: Draft, place: Point) -> None:
    draft.move(place)
    draft.press(place)
    draft.release(place, is_click=True)


@pytest.mark.parametrize("kind", [MarkKind.LENGTH, MarkKind.ARROW, MarkKind.RECTANGLE, MarkKind.ELLIPSE])
def test_one_drag_draws_what_has_two_points(kind: MarkKind) -> None:
    draft = Draft(kind)
    drag(draft, *PLACES[:2])
    assert draft.is_complete and draft.mark.points == PLACES[:2]


@pytest.mark.parametrize("kind", [kind for kind in MarkKind if kind is not MarkKind.RATIO])
def test_clicks_draw_every_kind(kind: MarkKind) -> None:
    draft = Draft(kind)
    for place in PLACES[: kind.points]:
        assert not draft.is_complete
        click(draft, place)
    assert draft.is_complete and draft.mark.points == PLACES[: kind.points]


def test_an_angle_is_a_drag_and_a_click() -> None:
    draft = Draft(MarkKind.ANGLE)
    drag(draft, *PLACES[:2])
    draft.move(PLACES[2])
    assert draft.mark.points == PLACES[:3] and not draft.is_complete
    click(draft, PLACES[2])
    assert draft.is_complete


def test_two_lines_are_two_drags_with_a_free_hand_between() -> None:
    draft = Draft(MarkKind.COBB)
    drag(draft, *PLACES[:2])
    draft.move(Point(70, 70))
    assert draft.points == PLACES[:2]
    drag(draft, *PLACES[2:])
    assert draft.is_complete and draft.mark.points == PLACES


@pytest.mark.parametrize(("along_x", "levels"), [(True, ("y", 0, 1, 2, 3)), (False, ("x", 0, 1, 2, 3))])
def test_the_lines_of_a_ratio_are_level_however_the_hand_trembles(along_x: bool, levels) -> None:
    draft = Draft(MarkKind.RATIO, along_x=along_x)
    drag(draft, *PLACES[:2])
    drag(draft, *PLACES[2:])
    axis = levels[0]
    values = [getattr(point, axis) for point in draft.mark.points]
    assert values[0] == values[1] and values[2] == values[3]


def test_a_second_click_at_the_same_place_sets_no_second_point() -> None:
    draft = Draft(MarkKind.LENGTH)
    click(draft, PLACES[0])
    click(draft, PLACES[0])
    assert not draft.is_complete
    assert draft.mark is None or draft.mark.points[0] == PLACES[0]


def test_nothing_is_seen_before_the_first_press() -> None:
    draft = Draft(MarkKind.LENGTH)
    draft.move(PLACES[0])
    assert draft.points == () and draft.mark is None
