"""Dropped files and folders."""

from pathlib import Path

from PySide6.QtCore import QMimeData, QUrl

from radassist.gui.widgets.drops import local_paths


def test_local_files_are_taken_and_addresses_on_a_network_left_out() -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/films/a b.dcm"), QUrl("https://example.org/b.dcm")])
    assert local_paths(data) == [Path("/films/a b.dcm")]


def test_dropped_text_is_no_file() -> None:
    data = QMimeData()
    data.setText("/films/a.dcm")
    assert local_paths(data) == []
