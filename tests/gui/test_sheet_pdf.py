"""HTML becomes a PDF of one page where it fits, of several where it must."""

import re

from radassist.gui.sheet.sheet_pdf import pdf_of


def pages(data: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", data))


def test_a_page_is_a_page(qapp) -> None:
    data = pdf_of("<p>words</p>", "Case")
    assert data.startswith(b"%PDF") and pages(data) == 1


def test_what_is_a_little_too_much_is_made_smaller(qapp) -> None:
    assert pages(pdf_of("<p>words</p>" * 60, "Case")) == 1


def test_what_is_far_too_much_goes_on_the_next_page_at_full_size(qapp) -> None:
    assert pages(pdf_of("<p>words</p>" * 400, "Case")) > 2
