"""Where a file shall be written: the folder is remembered, and the name has an ending."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from radassist.gui.settings import WindowSettings
from radassist.gui.widgets.save_dialog import FileKind, SaveDialog

KINDS = (FileKind("PNG", (".png",)), FileKind("JPEG", (".jpg", ".jpeg")))


@pytest.fixture
def settings(tmp_path: Path) -> WindowSettings:
    made = WindowSettings(tmp_path / "window.ini")
    made.last_folder = str(tmp_path)
    return made


def dialog(qtbot, settings: WindowSettings, chosen: list[Path]) -> SaveDialog:
    parent = QWidget()
    qtbot.addWidget(parent)
    made = SaveDialog(parent, settings, "Save picture", "film", KINDS, chosen.append)
    made.kept_parent = parent
    return made


def test_it_begins_in_the_last_folder_and_remembers_the_chosen_one(qtbot, settings, tmp_path: Path) -> None:
    chosen: list[Path] = []
    made = dialog(qtbot, settings, chosen)
    assert Path(made.directory().absolutePath()) == tmp_path
    made.fileSelected.emit(str(tmp_path / "new" / "a.jpeg"))
    assert chosen == [tmp_path / "new" / "a.jpeg"]
    assert settings.last_folder == str(tmp_path / "new")


def test_a_name_without_an_ending_gets_that_of_the_chosen_kind(qtbot, settings, tmp_path: Path) -> None:
    chosen: list[Path] = []
    made = dialog(qtbot, settings, chosen)
    made.selectNameFilter(KINDS[1].filter)
    made.filterSelected.emit(KINDS[1].filter)
    made.fileSelected.emit(str(tmp_path / "of.today"))
    assert chosen == [tmp_path / "of.today.jpg"]
    assert made.defaultSuffix() == "jpg"
