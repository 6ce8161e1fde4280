"""Rows have limits, whatever a header holds."""

from radassist.imaging.tag_rows import LONGEST_VALUE, TagRows, shortened


def test_texts_are_one_harmless_line() -> None:
    rows = TagRows()
    rows.add("Na\nme", "a\tb\x00\x1b[2J\u202ec", tag="(0010,0010)", vr="PN", depth=1)
    (row,) = rows.to_list("DICOM").rows
    assert (row.name, row.value, row.depth) == ("Na me", "a b[2Jc", 1)


def test_a_very_long_value_is_cut_and_says_how_long_it_was() -> None:
    text = shortened("x" * 12_345)
    assert text.startswith("x" * LONGEST_VALUE + " …") and text.endswith("(12,345 characters in all)")


def test_rows_without_end_are_cut_and_it_is_told() -> None:
    rows = TagRows()
    for _ in range(6000):
        rows.add("a", "b")
    made = rows.to_list("DICOM")
    assert len(made.rows) == 5000 and made.is_cut


def test_text_without_end_is_cut_and_it_is_told() -> None:
    rows = TagRows()
    for _ in range(3000):
        rows.add("a", "x" * 1000)
    made = rows.to_list("DICOM")
    assert sum(len(row.value) for row in made.rows) < 1_100_000 and made.is_cut
