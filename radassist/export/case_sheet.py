"""One film on one page: picture, answer, maps, measurements and the model's facts, as HTML that needs nothing else.

The page is laid out in tables, which both browsers and the program's own page printer understand. Every text is
escaped; pictures are inside the file.
"""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from io import BytesIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from radassist.domain.model_sheet import SheetTable
from radassist.export.pictures import COMMENT

RESEARCH = "Research use only – not for diagnosis"
_PAGE_WIDTH = 720
_FILM_WIDTH = 350
_FEWEST_A_ROW, _MOST_A_ROW = 5, 8
_GAP = 8

_STYLE = """
body { font-family: 'DejaVu Sans', 'Segoe UI', Arial, sans-serif; font-size: 9pt; color: #1a2026; background: #ffffff; }
h1 { font-size: 14pt; margin: 0; } h2 { font-size: 10pt; margin: 10px 0 3px 0; color: #1d65b3; }
p { margin: 2px 0; } td { vertical-align: top; } .muted { color: #525d69; }
.answer { font-size: 15pt; font-weight: bold; }
.research { font-weight: bold; color: #735400; } .warning { color: #735400; }
"""


@dataclass(frozen=True, slots=True, eq=False)
class SheetPicture:
    """A picture of the sheet.

    Attributes:
        pixels: (H, W) or (H, W, 3) uint8.
        caption: Below it; empty for none.
    """

    pixels: NDArray[np.uint8]
    caption: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class CaseSheet:
    """What stands on the page; every text is plain.

    Attributes:
        title: Heading.
        made: When and by what, one line.
        film: The film as it was shown.
        overlay: The same with the map that lay over it; None where none did.
        answer: The model's decision in a few words.
        sentences: What the answer means, with its numbers.
        notices: What the reader must know of the film or the score.
        maps: Small pictures of all blocks.
        tables: Patient (where asked for), film, measurements, model.
    """

    title: str
    made: str
    film: SheetPicture
    answer: str
    sentences: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    overlay: SheetPicture | None = None
    maps: tuple[SheetPicture, ...] = ()
    tables: tuple[SheetTable, ...] = ()


def made_line(program: str, when: datetime) -> str:
    """When and by what a sheet was made."""
    return f"Made by {program} on {when.astimezone().isoformat(sep=' ', timespec='minutes')}"


def sheet_html(sheet: CaseSheet) -> str:
    """The whole page as one HTML document without links, scripts or outside pictures."""
    return "\n".join(
        (
            "<!DOCTYPE html>",
            "<html lang='en'><head><meta charset='utf-8'>",
            # Nothing is loaded from anywhere, whatever a text should smuggle in.
            "<meta http-equiv='Content-Security-Policy' content=\"default-src 'none'; img-src data:;"
            " style-src 'unsafe-inline'\">",
            f"<meta name='description' content='{escape(COMMENT)}'>",
            f"<title>{escape(sheet.title)}</title><style>{_STYLE}</style></head>",
            f"<body><table width='{_PAGE_WIDTH}' align='center' cellspacing='0' cellpadding='0'><tr><td>",
            *_body(sheet),
            "</td></tr></table></body></html>",
        )
    )


def _body(sheet: CaseSheet) -> list[str]:
    return [
        _head(sheet),
        _films(sheet),
        *([f"<h2>Block maps</h2>{_strip(sheet.maps)}"] if sheet.maps else []),
        _in_columns([_table(table) for table in sheet.tables if table.rows]),
        f"<p class='research'>{escape(RESEARCH)}.</p><p class='muted'>{escape(sheet.made)}</p>",
    ]


def _head(sheet: CaseSheet) -> str:
    return (
        f"<table width='{_PAGE_WIDTH}'><tr><td><h1>{escape(sheet.title)}</h1></td>"
        f"<td align='right' class='research'>{escape(RESEARCH)}</td></tr></table>"
    )


def _films(sheet: CaseSheet) -> str:
    """The film beside the answer, or both films beside each other and the answer below."""
    answer = (
        f"<p class='answer'>{escape(sheet.answer)}</p>"
        + "".join(f"<p>{escape(sentence)}</p>" for sentence in sheet.sentences)
        + "".join(f"<p class='warning'>{escape(notice)}</p>" for notice in sheet.notices)
    )
    right = _picture(sheet.overlay, _FILM_WIDTH) if sheet.overlay else answer
    below = f"<p></p>{answer}" if sheet.overlay else ""
    width = _PAGE_WIDTH - _FILM_WIDTH - 2 * _GAP
    return (
        f"<table width='{_PAGE_WIDTH}' cellspacing='0' cellpadding='{_GAP // 2}'><tr>"
        f"<td width='{_FILM_WIDTH + _GAP}'>{_picture(sheet.film, _FILM_WIDTH)}</td>"
        f"<td width='{width}'>{right}</td></tr></table>{below}"
    )


def _strip(maps: Sequence[SheetPicture]) -> str:
    a_row = min(max(len(maps), _FEWEST_A_ROW), _MOST_A_ROW)
    width = _PAGE_WIDTH // a_row - _GAP
    cells = [f"<td width='{width + _GAP}'>{_picture(each, width)}</td>" for each in maps]
    rows = [cells[start : start + a_row] for start in range(0, len(cells), a_row)]
    return "<table cellspacing='0' cellpadding='2'>" + "".join(f"<tr>{''.join(row)}</tr>" for row in rows) + "</table>"


def _in_columns(parts: Sequence[str]) -> str:
    """Parts in two columns, filled from the top: the first half left, the rest right."""
    half = (len(parts) + 1) // 2
    columns = ("".join(parts[:half]), "".join(parts[half:]))
    width, gutter = _PAGE_WIDTH // 2 - _GAP, f"<td width='{2 * _GAP}'></td>"
    cells = gutter.join(f"<td width='{width}'>{column}</td>" for column in columns)
    return f"<table><tr>{cells}</tr></table>"


def _table(table: SheetTable) -> str:
    rows = "".join(
        f"<tr><td width='90' class='muted'>{escape(name)}</td><td>{escape(value)}</td></tr>"
        for name, value in table.rows
    )
    return f"<h2>{escape(table.heading)}</h2><table cellspacing='0' cellpadding='1'>{rows}</table>"


def _picture(picture: SheetPicture, width: int) -> str:
    height, shown = picture.pixels.shape[0], picture.pixels.shape[1]
    # A tall film takes no more height than a square one, so that the page stays one page.
    side = min(width, round(width * shown / height)) if height > shown else width
    words = escape(picture.caption)
    image = f"<img src='data:image/png;base64,{_png(picture.pixels)}' width='{side}' alt='{words}'>"
    return f"{image}<p class='muted'>{words}</p>" if words else image


def _png(pixels: NDArray[np.uint8]) -> str:
    stream = BytesIO()
    Image.fromarray(pixels).save(stream, format="PNG")
    return base64.b64encode(stream.getvalue()).decode("ascii")
