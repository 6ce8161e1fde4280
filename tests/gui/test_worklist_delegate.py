import numpy as np
import pytest
from helpers.pictures import as_array
from helpers.worklist_items import failed, refused, running, scored, waiting
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from radassist.domain.radiograph import Notice
from radassist.domain.worklist import WorklistItem
from radassist.gui.theme import load_theme
from radassist.gui.worklist.study_folds import StudyFold, count_answers
from radassist.gui.worklist.worklist_delegate import HEADING_HEIGHT, ROW_HEIGHT, WorklistDelegate
from radassist.gui.worklist.worklist_model import Role, WorklistTableModel

THEME = load_theme("dark")
WIDTH = 300


def paint(
    item: WorklistItem,
    thumbnail: QImage | None = None,
    state=QStyle.StateFlag.State_Enabled,
    theme=THEME,
    model: WorklistTableModel | None = None,
    height: int = ROW_HEIGHT,
) -> np.ndarray:
    """One row over the window's colour, (height, 300, 3) uint8."""
    model = model or WorklistTableModel()
    model.append([item])
    if thumbnail:
        model.set_thumbnail(item.number, thumbnail)
    picture = QImage(WIDTH, height, QImage.Format.Format_RGB32)
    picture.fill(QColor(theme.window))
    option = QStyleOptionViewItem()
    option.rect, option.state = QRect(0, 0, WIDTH, height), state
    with QPainter(picture) as painter:
        WorklistDelegate(theme).paint(painter, option, model.index(0, 0))
    return as_array(picture)


def count(row: np.ndarray, color: str, within: int = 0) -> int:
    """Pixels of this colour, `within` so many grey levels in each channel."""
    wanted = np.array(QColor(color).getRgb()[:3])
    return int((abs(row.astype(int) - wanted) <= within).all(axis=2).sum())


@pytest.mark.parametrize("probability", [0.6, 0.8, 1.0])
def test_the_bar_is_as_long_as_the_film_is_probable(qapp, probability):
    row = paint(scored(0, probability))
    longest = max(count(row[y : y + 1, WIDTH - 75 :], THEME.positive) for y in range(30, ROW_HEIGHT))
    assert longest == pytest.approx(58 * probability, abs=4)


@pytest.mark.parametrize(
    ("item", "color"),
    [
        (scored(0, 0.9), THEME.positive),
        (scored(0, 0.2), THEME.negative),
        (scored(0, 0.6, "UNDETERMINED"), THEME.undetermined),
        (refused(0), THEME.warning),
        (failed(0), THEME.danger),
    ],
)
def test_every_answer_has_its_colour(qapp, item, color):
    others = {THEME.positive, THEME.negative, THEME.undetermined, THEME.warning, THEME.danger} - {color}
    row = paint(item)
    assert count(row, color, within=14) > 5
    assert sum(count(row, other, within=14) for other in others) == 0


def test_answers_differ_in_shape_too(qapp):
    items = [scored(0, 0.9), scored(0, 0.2), scored(0, 0.6, "UNDETERMINED"), refused(0), failed(0)]
    shapes = [(paint(item)[30:50, 60:80].max(axis=2) > 90).tobytes() for item in items]
    assert len(set(shapes)) == len(items)


@pytest.mark.parametrize("item", [waiting(0), running(0), refused(0), failed(0)])
def test_a_film_without_a_score_has_no_bar(qapp, item):
    assert count(paint(item)[:, WIDTH - 75 :], THEME.border) == 0


def test_the_thumbnail_keeps_its_shape_over_black(qapp):
    tall = QImage(48, 96, QImage.Format.Format_Grayscale8)
    tall.fill(200)
    cell = paint(waiting(0), tall)[6:50, 9:53, 0]
    assert (cell[:, 0] == 0).all()
    assert cell[22].tolist().count(200) == pytest.approx(22, abs=2)


def test_selected_and_hovered_rows_stand_out(qapp):
    grounds = [
        tuple(paint(waiting(0), state=state)[2, 150])
        for state in (
            QStyle.StateFlag.State_Enabled,
            QStyle.StateFlag.State_Enabled | QStyle.StateFlag.State_MouseOver,
            QStyle.StateFlag.State_Enabled | QStyle.StateFlag.State_Selected,
        )
    ]
    assert len(set(grounds)) == 3


def test_a_score_with_a_warning_is_marked_beside_the_name(qapp):
    upper = slice(6, 28)
    marked = paint(scored(0, 0.9, notices=(Notice("MULTIFRAME", "Only the first frame is shown."),)))
    assert count(marked[upper], THEME.warning, within=30) > 5
    assert count(paint(scored(0, 0.9, notices=(Notice("LOSSY", "A fact."),)))[upper], THEME.warning, within=14) == 0


def test_details_are_left_out_whole_rather_than_cut_in_pieces(qapp):
    roomy = scored(0, 0.2, view="PA")
    assert (paint(roomy) == paint(scored(0, 0.2, view="PA", study_date="20240517"))).all()
    assert (paint(roomy) != paint(scored(0, 0.2))).any()


@pytest.mark.parametrize("name", ["dark", "light"])
def test_words_on_a_selected_row_are_readable(qapp, name):
    theme = load_theme(name)
    ground = luminance(paint(waiting(0), state=QStyle.StateFlag.State_Selected, theme=theme)[2, 150])
    words = (theme.text, theme.muted, theme.positive, theme.negative, theme.undetermined, theme.warning, theme.danger)
    for word in (luminance(QColor(color).getRgb()[:3]) for color in words):
        assert (max(word, ground) + 0.05) / (min(word, ground) + 0.05) >= 4.4


def luminance(rgb) -> float:
    """Relative luminance of WCAG 2.1."""
    shares = [channel / 255 for channel in rgb]
    linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return float(np.dot(linear, (0.2126, 0.7152, 0.0722)))


def test_a_long_name_ends_before_the_number(qapp):
    row = paint(scored(0, 0.9, name="W" * 5000))
    gap = row[6:28, WIDTH - 10 - 58 - 8 : WIDTH - 10 - 58]
    assert count(gap, THEME.window) == gap.shape[0] * gap.shape[1]


@pytest.mark.parametrize("text", ["<b>x</b>" * 30_000, "\u202egnp.exe", "a\x00b\nc\x1b[31m", "Z" + "\u0301" * 5000])
def test_hostile_text_stays_in_its_row(qapp, text):
    row = paint(waiting(0, patient_name=text, view=text, study_date=text))
    assert count(row[:4, :], THEME.window) == 4 * WIDTH


def test_rows_are_of_one_height(qapp):
    model = WorklistTableModel()
    model.append([waiting(0)])
    assert WorklistDelegate(THEME).sizeHint(QStyleOptionViewItem(), model.index(0, 0)).height() == ROW_HEIGHT


class HeadedModel(WorklistTableModel):
    """Gives its only film a heading."""

    heading = "DOE, JANE · 2024-05-17"

    def data(self, index, role=Qt.ItemDataRole.DisplayRole):
        return self.heading if role == Role.HEADING else super().data(index, role)


def test_a_heading_stands_in_a_line_of_its_own_above_the_film(qapp):
    row = paint(scored(0, 0.9), model=HeadedModel())
    bare = paint(scored(0, 0.9))
    assert count(row[1:17], THEME.raised) > 0.7 * 16 * WIDTH
    assert count(bare[1:6], THEME.raised) == 0
    assert count(row[17:], THEME.positive, within=14) == pytest.approx(count(bare, THEME.positive, within=14), rel=0.1)


def test_an_endless_heading_stays_in_its_line(qapp):
    endless = HeadedModel()
    endless.heading = "W" * 5000
    assert (paint(waiting(0), model=endless)[18:] == paint(waiting(0), model=HeadedModel())[18:]).all()


class FoldedModel(HeadedModel):
    """The only film stands for a folded study with every answer."""

    items = (
        scored(1, 0.9),
        scored(2, 0.6, "UNDETERMINED"),
        refused(3),
        failed(4),
        scored(5, 0.1),
        waiting(6),
    )
    fold = StudyFold(True, 6, count_answers(items))

    def data(self, index, role=Qt.ItemDataRole.DisplayRole):
        return self.fold if role == Role.FOLD else super().data(index, role)


@pytest.mark.parametrize("name", ["dark", "light"])
def test_a_folded_study_shows_every_answer_in_its_colour(qapp, name):
    theme = load_theme(name)
    row = paint(waiting(0), theme=theme, model=FoldedModel())
    for color in (theme.positive, theme.undetermined, theme.warning, theme.danger, theme.negative):
        assert count(row[17:], color, within=40) > 5


def test_a_folded_study_shows_nothing_of_its_first_film_alone(qapp):
    picture = QImage(48, 96, QImage.Format.Format_Grayscale8)
    picture.fill(200)
    assert (paint(scored(0, 0.9), picture, model=FoldedModel()) == paint(waiting(0), model=FoldedModel())).all()


def test_the_arrow_tells_folded_from_unfolded_by_its_shape(qapp):
    opened = FoldedModel()
    opened.fold = StudyFold(False, 2)
    arrows = [paint(waiting(0), model=model)[1:17, 8:20] for model in (FoldedModel(), opened, HeadedModel())]
    assert len({arrow.tobytes() for arrow in arrows}) == 3


class SeriesModel(HeadedModel):
    """Its only film begins a study and a series of it."""

    def data(self, index, role=Qt.ItemDataRole.DisplayRole):
        return "PA erect · series 2" if role == Role.SERIES_HEADING else super().data(index, role)


def test_a_series_is_named_below_its_study_and_the_film_stands_below_both(qapp):
    high = paint(scored(0, 0.9), model=SeriesModel(), height=ROW_HEIGHT + HEADING_HEIGHT)
    one = paint(scored(0, 0.9), model=HeadedModel())
    assert (high[:HEADING_HEIGHT] == one[:HEADING_HEIGHT]).all()
    assert (high[2 * HEADING_HEIGHT :] == one[HEADING_HEIGHT:]).all()
    band = high[HEADING_HEIGHT : 2 * HEADING_HEIGHT]
    assert count(band, THEME.text, within=40) > 20
    assert count(band[1:], THEME.raised) < 0.1 * 16 * WIDTH


def test_a_folded_series_tells_its_answers_below_both_headings(qapp):
    class FoldedSeries(SeriesModel):
        def data(self, index, role=Qt.ItemDataRole.DisplayRole):
            return FoldedModel.fold if role == Role.SERIES_FOLD else super().data(index, role)

    row = paint(waiting(0), model=FoldedSeries(), height=ROW_HEIGHT + HEADING_HEIGHT)
    assert (row[2 * HEADING_HEIGHT :] == paint(waiting(0), model=FoldedModel())[HEADING_HEIGHT:]).all()
