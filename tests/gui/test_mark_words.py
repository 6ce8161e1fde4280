"""What stands beside a mark: numbers as far as they can be trusted, always with what they rest on."""

from radassist.domain.measurement import Mark, MarkKind, Point
from radassist.gui.measure.mark_words import mark_lines, quantity_words
from radassist.imaging.measuring import Quantity

TWO = (Point(0, 0), Point(1, 1))


def test_a_length_says_its_unit_and_what_it_rests_on() -> None:
    assert quantity_words(Quantity("length", 123.456, "mm", "at detector")) == "123.5 mm at detector"
    assert quantity_words(Quantity("length", 12.04, "pixels")) == "12.0 pixels"


def test_an_angle_has_its_sign_close_by() -> None:
    assert quantity_words(Quantity("Cobb angle", 12.345, "°")) == "Cobb angle 12.3°"


def test_the_ratio_comes_first_with_two_places() -> None:
    found = (
        Quantity("CTR", 0.4849),
        Quantity("heart", 1.0, "mm", "calibrated"),
        Quantity("thorax", 2.0, "mm", "calibrated"),
    )
    lines = mark_lines(Mark(MarkKind.RATIO, TWO * 2), found)
    assert lines == ("CTR 0.48", "heart 1.0 mm calibrated", "thorax 2.0 mm calibrated")


def test_a_region_tells_its_values_in_pairs_and_no_number_where_there_is_none() -> None:
    nothing = float("nan")
    found = [Quantity(name, nothing) for name in ("mean", "sd", "min", "max")]
    lines = mark_lines(Mark(MarkKind.ELLIPSE, TWO), (*found, Quantity("n", 0), Quantity("area", 0.25, "pixels²")))
    assert lines == ("mean – · sd –", "min – · max –", "n 0", "area 0.2 pixels²")


def test_a_text_is_one_harmless_line_and_an_arrow_has_none() -> None:
    assert mark_lines(Mark(MarkKind.TEXT, TWO[:1], "one\ntwo\x00"), ()) == ("one two",)
    assert mark_lines(Mark(MarkKind.TEXT, TWO[:1], "  "), ()) == ()
    assert mark_lines(Mark(MarkKind.ARROW, TWO), ()) == ()
