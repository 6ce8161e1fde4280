"""The page holds everything it shows, nothing it was not given, and no text can become markup."""

import base64
import re
from datetime import UTC, datetime
from html.parser import HTMLParser
from io import BytesIO

import numpy as np
from PIL import Image

from radassist.domain.model_sheet import SheetTable
from radassist.export.case_sheet import RESEARCH, CaseSheet, SheetPicture, made_line, sheet_html

PIXELS = np.random.default_rng(2).integers(0, 256, (40, 60, 3), dtype=np.uint8)
EVIL = "<script>alert('x')</script><img src=http://example.invalid/x.png>\" onload='x'"


def sheet(**parts) -> CaseSheet:
    return CaseSheet(
        **{"title": "Case", "made": "Made today", "film": SheetPicture(PIXELS, "Film"), "answer": "Suspected", **parts}
    )


class Tags(HTMLParser):
    """Collects start tags with their attributes, and checks that every tag is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in ("meta", "img"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def tags(html: str) -> Tags:
    parser = Tags()
    parser.feed(html)
    parser.close()
    assert parser.open == []
    return parser


def test_pictures_are_inside_the_file_pixel_for_pixel() -> None:
    html = sheet_html(sheet(overlay=SheetPicture(255 - PIXELS), maps=(SheetPicture(PIXELS[..., 0], "block1"),) * 9))
    pictures = re.findall(r"base64,([A-Za-z0-9+/=]+)", html)
    assert len(pictures) == 11
    with Image.open(BytesIO(base64.b64decode(pictures[0]))) as image:
        np.testing.assert_array_equal(np.asarray(image), PIXELS)


def test_nothing_is_fetched_and_nothing_is_run() -> None:
    parsed = tags(sheet_html(sheet(answer=EVIL, sentences=(EVIL,), notices=(EVIL,), made=EVIL, title=EVIL)))
    assert {tag for tag, _ in parsed.found}.isdisjoint({"script", "link", "iframe", "a", "object"})
    assert all(str(attrs["src"]).startswith("data:image/png") for tag, attrs in parsed.found if tag == "img")
    assert not any(name.startswith("on") for _, attrs in parsed.found for name in attrs)


def test_every_text_stands_on_the_page_as_it_was_given() -> None:
    words = "Müller & Söhne <b>"
    given = sheet(
        answer=words, sentences=(words,), notices=(words,), tables=(SheetTable(words, ((words, words),)),), made=words
    )
    assert sheet_html(given).count("Müller &amp; Söhne &lt;b&gt;") == 7


def test_the_research_line_stands_at_both_ends() -> None:
    assert sheet_html(sheet()).count(RESEARCH) == 2


def test_what_is_empty_leaves_no_heading_behind() -> None:
    html = sheet_html(sheet(tables=(SheetTable("Patient and study", ()),)))
    assert "Patient" not in html and "Block maps" not in html


def test_a_tall_film_takes_no_more_height_than_a_square_one() -> None:
    parsed = tags(sheet_html(sheet(film=SheetPicture(np.zeros((400, 100), np.uint8)))))
    (image,) = (attrs for tag, attrs in parsed.found if tag == "img")
    assert 4 * int(str(image["width"])) <= 352


def test_the_time_is_told_with_its_zone() -> None:
    assert re.fullmatch(
        r"Made by radassist 1 on \d{4}-\d\d-\d\d \d\d:\d\d[+-]\d\d:\d\d", made_line("radassist 1", datetime.now(UTC))
    )
