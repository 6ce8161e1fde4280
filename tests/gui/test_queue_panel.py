import pytest
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton

from radassist.gui.queue.queue_panel import QueuePanel
from radassist.gui.queue.queue_progress import QueueProgress
from radassist.gui.theme import load_theme

HALF_WAY = QueueProgress(200, scored=130, refused=4, failed=3, seconds=10.96)
PAUSED = QueueProgress(200, scored=130, refused=4, failed=3, seconds=10.96, paused=True)


@pytest.fixture
def panel(qtbot) -> QueuePanel:
    made = QueuePanel(load_theme("dark"))
    qtbot.addWidget(made)
    made.resize(660, 80)
    made.show()
    qtbot.waitExposed(made)
    return made


def usable(panel: QueuePanel) -> set[str]:
    return {button.text() for button in panel.findChildren(QPushButton) if button.isVisible() and button.isEnabled()}


def button(panel: QueuePanel, text: str) -> QPushButton:
    return next(button for button in panel.findChildren(QPushButton) if button.text() == text)


def texts(panel: QueuePanel) -> list[str]:
    shown = (label for label in panel.findChildren(QLabel) if label.isVisible())
    return [label.text().replace("\N{NO-BREAK SPACE}", " ") for label in shown]


def bar(panel: QueuePanel) -> tuple[int, int]:
    made = panel.findChild(QProgressBar)
    return made.value(), made.maximum()


def test_an_empty_worklist_offers_nothing(panel):
    assert usable(panel) == set()
    assert texts(panel) == ["No films wait"]


@pytest.mark.parametrize(
    ("found", "listed", "offered"),
    [(24, 24, {"Start", "Export CSV…"}), (0, 24, {"Export CSV…"}), (24, 0, {"Start", "Export CSV…"})],
)
def test_an_idle_queue_offers_what_makes_sense(panel, found, listed, offered):
    panel.show_idle(found, listed=listed)
    assert usable(panel) == offered


def test_a_running_queue_can_be_paused_and_cancelled(panel):
    panel.show_progress(HALF_WAY)
    assert usable(panel) == {"Pause", "Cancel", "Export CSV…"}
    assert bar(panel) == (137, 200)
    assert texts(panel) == [
        "137 of 200",
        "12.5 films/s · about 5 s left",
        "found 200 = scored 130 + refused 4 + failed 3 + waiting 63",
    ]


def test_a_paused_queue_can_be_resumed_and_cancelled(panel):
    panel.show_progress(PAUSED)
    assert usable(panel) == {"Resume", "Cancel", "Export CSV…"}
    assert "Paused" in texts(panel)


def test_a_finished_queue_tells_how_it_ended(panel):
    panel.show_finished(QueueProgress(200, 190, 8, 2, 72))
    assert usable(panel) == {"Retry failed", "Export CSV…"}
    assert bar(panel) == (200, 200)
    assert "200 films in 1 min 12 s: 190 scored, 8 refused, 2 failed" in texts(panel)


def test_a_stopped_queue_can_be_started_again(panel):
    panel.show_finished(HALF_WAY)
    assert usable(panel) == {"Start", "Retry failed", "Export CSV…"}


def test_a_queue_without_failures_offers_no_retry(panel):
    panel.show_finished(QueueProgress(200, 190, 10, 0, 72))
    assert usable(panel) == {"Export CSV…"}


def test_a_queue_of_nothing_shows_an_empty_bar_and_not_a_busy_one(panel):
    panel.show_finished(QueueProgress(0))
    assert bar(panel) == (0, 1)


@pytest.mark.parametrize(
    ("show", "text", "signal"),
    [
        (lambda panel: panel.show_idle(3), "Start", "start_requested"),
        (lambda panel: panel.show_progress(HALF_WAY), "Pause", "pause_requested"),
        (lambda panel: panel.show_progress(PAUSED), "Resume", "resume_requested"),
        (lambda panel: panel.show_progress(HALF_WAY), "Cancel", "cancel_requested"),
        (lambda panel: panel.show_idle(3, failed=1), "Retry failed", "retry_requested"),
        (lambda panel: panel.show_idle(3), "Export CSV…", "export_requested"),
    ],
)
def test_each_button_asks_for_its_act(qtbot, panel, show, text, signal):
    show(panel)
    with qtbot.waitSignal(getattr(panel, signal)) as asked:
        button(panel, text).click()
    assert asked.args == []


def test_it_is_one_row_where_there_is_room_and_two_where_there_is_not(panel):
    panel.show_progress(HALF_WAY)
    narrow = panel.sizeHint().height()
    panel.resize(1280, 80)
    assert panel.sizeHint().height() < narrow
    panel.resize(660, 80)
    assert panel.sizeHint().height() == narrow
    assert panel.width() == 660


def test_the_bar_keeps_its_length_while_the_words_change(qtbot, panel):
    widths = set()
    for done in (3, 137, 199):
        panel.show_progress(QueueProgress(200, done, seconds=100.0))
        qtbot.waitUntil(lambda: panel.findChild(QProgressBar).width() > 0)
        panel.layout().activate()
        widths.add(panel.findChild(QProgressBar).geometry().right())
    assert len(widths) == 1


def test_everything_has_a_name_for_a_screen_reader(panel):
    assert all(widget.accessibleName() for kind in (QLabel, QProgressBar) for widget in panel.findChildren(kind))
    assert all(each.accessibleDescription() for each in panel.findChildren(QPushButton))


@pytest.mark.parametrize(
    "show",
    [
        lambda panel: panel.show_idle(3, listed=9, failed=2),
        lambda panel: panel.show_progress(HALF_WAY),
        lambda panel: panel.show_progress(PAUSED),
        lambda panel: panel.show_finished(QueueProgress(2557, refused=2326, failed=231, seconds=27)),
    ],
)
def test_never_more_than_three_buttons_take_the_room_of_the_sum(panel, show):
    show(panel)
    assert sum(button.isVisible() for button in panel.findChildren(QPushButton)) == 3
