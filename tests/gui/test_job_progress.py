"""The small window that shows how far a long job is."""

from threading import Event

import pytest
from PySide6.QtWidgets import QProgressBar, QPushButton, QWidget

from radassist.gui.jobs import JobRunner, Lane
from radassist.gui.widgets.job_progress import JobProgress


@pytest.fixture
def runner(qtbot):
    made = JobRunner()
    yield made
    made.shutdown()


def test_it_shows_how_far_the_job_is_and_goes_with_it(runner, qtbot) -> None:
    parent, go_on = QWidget(), Event()
    qtbot.addWidget(parent)

    def steps():
        yield 1
        go_on.wait(60)

    job = runner.start(steps(), lane=Lane.EXPORT)
    progress = JobProgress(job, "<b>Working</b> …", parent)
    job.stepped.connect(lambda step: progress.show_step(step, 4, "Film 1"))
    with qtbot.waitSignal(job.finished):
        qtbot.waitUntil(lambda: progress.value() == 1)
        assert progress.maximum() == 4 and progress.labelText() == "Film 1"
        go_on.set()
    assert not progress.isVisible()


def test_its_button_stops_the_job(runner, qtbot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)

    def steps():
        while True:
            yield 0

    job = runner.start(steps(), lane=Lane.EXPORT)
    progress = JobProgress(job, "Working …", parent)
    with qtbot.waitSignal(job.cancelled):
        progress.findChild(QPushButton).click()


def test_no_number_lies_across_the_bar(runner, qtbot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    job = runner.start(iter(()), lane=Lane.EXPORT)
    bar = JobProgress(job, "Working …", parent).findChild(QProgressBar)
    with qtbot.waitSignal(job.finished):
        assert not bar.isTextVisible()
