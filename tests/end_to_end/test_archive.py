"""The window and a real archive: films that lie there are found, retrieved, opened and scored."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from helpers.archives import dimse_place, fill, patient_of, some_samples, web_place
from helpers.dicom_results import scored_film
from helpers.peers import Orthanc, running_orthanc
from pytestqt.qtbot import QtBot

from radassist.app import make_backing, make_window
from radassist.domain.archive import QueryTexts
from radassist.domain.dicom_results import DicomKind
from radassist.domain.worklist import ItemState
from radassist.export.dicom.write import write_objects
from radassist.gui.archive.search_dialog import SearchDialog
from radassist.gui.main_window import MainWindow
from radassist.gui.presenter import Presenter
from radassist.gui.settings import WindowSettings

pytestmark = pytest.mark.slow
PATIENCE_MS = 60_000


@pytest.fixture(scope="module")
def orthanc(tmp_path_factory) -> Iterator[Orthanc]:
    folder = tmp_path_factory.mktemp("archive")
    with running_orthanc(folder / "orthanc") as running:
        fill(running, some_samples())
        objects = write_objects(scored_film(folder), [DicomKind.SR, DicomKind.SC], folder, "result")
        fill(running, objects)
        yield running


@pytest.fixture
def opened(qtbot: QtBot, qapp) -> Iterator[tuple[MainWindow, Presenter]]:
    window, presenter = make_window(qapp, WindowSettings())
    qtbot.addWidget(window)
    presenter.start(partial(make_backing, "gap_cnn", "cpu"))
    qtbot.waitUntil(lambda: presenter.facts is not None, timeout=PATIENCE_MS)
    yield window, presenter
    window.close()


@pytest.mark.parametrize("place_of", [dimse_place, web_place], ids=["dimse", "web"])
def test_a_film_in_the_archive_is_found_opened_and_scored(opened, orthanc: Orthanc, qtbot: QtBot, place_of) -> None:
    window, presenter = opened
    presenter.backing.archives.choose(place_of(orthanc))
    window.actions_by_id["search_archive"].trigger()
    dialog = window.findChild(SearchDialog)
    dialog.search_requested.emit(QueryTexts(since="1900-01-01"))
    qtbot.waitUntil(lambda: dialog.table.rowCount() > 0, timeout=PATIENCE_MS)
    modalities = {dialog.table.item(row, 3).text() for row in range(dialog.table.rowCount())}
    assert any("SR" in each for each in modalities)  # reports and pictures of results are seen

    film = some_samples()[0]
    dialog.search_requested.emit(QueryTexts(patient_name=patient_of(film).split("^")[0]))
    qtbot.waitUntil(lambda: dialog.words.text() == "1 study matches.", timeout=PATIENCE_MS)
    dialog.retrieve.click()

    def has_come() -> None:
        assert window.worklist_model.rowCount() == 1, dialog.words.text()

    qtbot.waitUntil(has_come, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: window.worklist_model.item_at(0).state is ItemState.SCORED, timeout=PATIENCE_MS)
    item = window.worklist_model.item_at(0)
    assert item.identity is not None and item.identity.patient_name == patient_of(film)
    assert Path(item.source.path).stat().st_mode & 0o077 == 0
    dialog.close()
