import numpy as np
import pytest
from helpers.pictures import as_array
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter

from radassist.gui.film.corner_texts import CornerTexts
from radassist.gui.film.view_texts import ViewTexts
from radassist.gui.theme import list_themes, load_theme

SIZE = QRect(0, 0, 600, 400)


@pytest.fixture(params=list_themes())
def texts(qapp, request: pytest.FixtureRequest) -> ViewTexts:
    return ViewTexts(load_theme(request.param), QFont())


def painted(paint, ground: QColor | Qt.GlobalColor = Qt.GlobalColor.black, size: QRect = SIZE) -> np.ndarray:
    """Grey picture of what `paint(painter)` puts on `ground`."""
    picture = QImage(size.size(), QImage.Format.Format_RGB32)
    picture.fill(ground)
    with QPainter(picture) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint(painter)
    return as_array(picture).astype(int).mean(axis=2)


def corners(texts: ViewTexts, **lines: tuple[str, ...]) -> np.ndarray:
    """Grey picture of nothing but corner texts."""
    return painted(lambda painter: texts.paint_corners(painter, SIZE, CornerTexts(**lines), QRect()))


def touched(picture: np.ndarray) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of what was painted."""
    ground = picture[picture.shape[0] // 2, 0]
    rows, columns = np.nonzero(np.abs(picture - ground) > 8)
    return columns.min(), rows.min(), columns.max(), rows.max()


@pytest.mark.parametrize(
    ("corner", "horizontal", "vertical"),
    [
        ("top_left", "left", "top"),
        ("top_right", "right", "top"),
        ("bottom_left", "left", "bottom"),
        ("bottom_right", "right", "bottom"),
    ],
)
def test_each_corner_has_its_own_lines(texts: ViewTexts, corner: str, horizontal: str, vertical: str) -> None:
    picture = corners(texts, **{corner: ("Line", "Other")})
    left, top, right, bottom = touched(picture)
    assert (left < 20) == (horizontal == "left")
    assert (right > 580) == (horizontal == "right")
    assert (top < 40) == (vertical == "top")
    assert (bottom > 340) == (vertical == "bottom")


@pytest.mark.parametrize(
    "line", ["W" * 200, "שלום " * 40, "\u0645\u0631\u062d\u0628\u0627 " * 30, "東京" * 100, "a\u0301\u0302" * 60]
)
def test_long_lines_of_any_script_keep_to_their_corner(texts: ViewTexts, line: str) -> None:
    picture = corners(texts, top_left=(line,))
    left, _, right, bottom = touched(picture)
    assert left < 30
    assert right < 0.4 * SIZE.width()
    assert bottom < 50


def test_lines_that_find_no_room_are_left_out(texts: ViewTexts) -> None:
    lines = tuple(f"Line {number}" for number in range(50))
    picture = corners(texts, top_left=lines)
    assert touched(picture)[3] < SIZE.height() / 2


def test_markup_is_painted_as_its_characters(texts: ViewTexts) -> None:
    marked = corners(texts, top_left=("<b>A</b>",))
    plain = corners(texts, top_left=("A",))
    assert touched(marked)[2] > touched(plain)[2] + 20


@pytest.mark.parametrize("grey", [0, 60, 128, 200, 255])
def test_words_stand_out_from_black_air_and_white_bone(texts: ViewTexts, grey: int) -> None:
    ground = QColor(grey, grey, grey)
    picture = painted(lambda painter: texts.paint_research_line(painter, SIZE), ground)
    left, top, right, bottom = touched(picture)
    words = picture[top : bottom + 1, left : right + 1]
    # Contrast by WCAG 2.2 between the letters and the plate they stand on.
    bright, dark = ((luminance + 0.05) for luminance in (_luminance(words.max()), _luminance(np.median(words))))
    assert bright / dark >= 4.5


def test_a_line_too_long_for_its_corner_is_folded_at_a_space(texts: ViewTexts) -> None:
    short = touched(corners(texts, bottom_right=("0.143 mm/pixel",)))
    long = touched(
        corners(texts, bottom_right=("0.143 mm/pixel calibrated by hand and then some more words to be read" * 2,))
    )
    assert long[1] < short[1] - 10
    assert long[2] <= SIZE.width()


def test_a_lower_corner_has_what_the_other_leaves_of_the_room(texts: ViewTexts) -> None:
    long = "0.143 mm/pixel calibrated by hand and then to be read"
    beside_short = touched(corners(texts, bottom_right=(long,), bottom_left=("C 1",)))
    beside_long = touched(corners(texts, bottom_right=(long,), bottom_left=(long,)))
    assert beside_long[1] < beside_short[1] - 10


@pytest.mark.parametrize("width", [120, 240, 900])
def test_the_research_line_is_never_cut(texts: ViewTexts, width: int) -> None:
    size = QRect(0, 0, width, 200)
    picture = painted(lambda painter: texts.paint_research_line(painter, size), size=size)
    left, top, right, bottom = touched(picture)
    assert left > 0
    assert right < width - 1
    assert top > 0
    assert bottom < 199
    ink = (picture > 128).sum()
    whole = QRect(0, 0, 900, 200)
    expected = (painted(lambda painter: texts.paint_research_line(painter, whole), size=whole) > 128).sum()
    assert ink == pytest.approx(expected, rel=0.03)


def test_each_mark_gets_a_plate_at_the_top_in_the_middle(texts: ViewTexts) -> None:
    one = touched(painted(lambda painter: texts.paint_marks(painter, SIZE, ("FLIPPED",))))
    two = touched(painted(lambda painter: texts.paint_marks(painter, SIZE, ("FLIPPED", "INVERTED"))))
    assert (one[0] + one[2]) / 2 == pytest.approx(SIZE.width() / 2, abs=2)
    assert one[1] < 20
    assert two[3] > one[3] + 10


def test_the_words_of_a_mark_stand_out_from_its_plate(texts: ViewTexts) -> None:
    plates = []
    picture = painted(lambda painter: plates.append(texts.paint_marks(painter, SIZE, ("FLIPPED",))))
    plate = picture[plates[0].top() + 4 : plates[0].bottom() - 4, plates[0].left() + 4 : plates[0].right() - 4]
    assert plate.max() - plate.min() > 120


@pytest.mark.parametrize("width", [240, 400, 1000])
def test_marks_and_corners_do_not_paint_over_each_other(texts: ViewTexts, width: int) -> None:
    size = QRect(0, 0, width, 400)
    lines = CornerTexts(top_left=("W" * 200, "Line"), top_right=("W" * 200, "Line"))
    plates = []
    painted(lambda painter: plates.append(texts.paint_marks(painter, size, ("ROTATED 90° RIGHT", "INVERTED"))))
    picture = painted(lambda painter: texts.paint_corners(painter, size, lines, plates[0]), size=size)
    under_plates = picture[plates[0].top() : plates[0].bottom(), plates[0].left() : plates[0].right()]
    assert picture.max() > 150
    assert under_plates.max() == 0


@pytest.mark.parametrize("message", ["This film cannot be shown, because its file ends early", f"Reading {'x' * 60}"])
def test_a_message_is_wrapped_into_the_view(texts: ViewTexts, message: str) -> None:
    size = QRect(0, 0, 300, 200)
    left, top, right, bottom = touched(painted(lambda painter: texts.paint_message(painter, size, message), size=size))
    assert left > 10
    assert right < 290
    assert bottom - top > 20


def test_the_invitation_lights_up_when_a_drop_is_near(texts: ViewTexts) -> None:
    far, near = (
        painted(lambda painter, near=near: texts.paint_invitation(painter, SIZE, "Drop films", is_drop_near=near))
        for near in (False, True)
    )
    assert near.sum() > 1.2 * far.sum()


def _luminance(grey: float) -> float:
    return grey / 255 / 12.92 if grey <= 10 else ((grey / 255 + 0.055) / 1.055) ** 2.4
