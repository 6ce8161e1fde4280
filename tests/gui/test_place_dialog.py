"""The choice of an archive."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from radassist.domain.archive import ArchiveKind, ArchivePlace
from radassist.domain.errors import UserError
from radassist.gui.archive.place_dialog import PlaceDialog

DIMSE = ArchivePlace(ArchiveKind.DIMSE, peer="ORTHANC@127.0.0.1:4242", own_title="ME", move_to="127.0.0.1:11113")
GUARDED = replace(DIMSE, authority="/ca.pem", certificate="/me.pem", key="/me.key")
WEB = ArchivePlace(ArchiveKind.WEB, url="https://pacs.example/dicom-web", user="ida", authority="/ca.pem")


@pytest.fixture
def parent(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.mark.parametrize("place", [None, DIMSE, GUARDED, WEB])
def test_what_is_chosen_now_is_shown_and_given_back(parent, place) -> None:
    kept = []
    dialog = PlaceDialog(place, kept.append, parent)
    assert dialog.place == place
    dialog._on_accepted()
    assert kept == [place]


def test_the_fields_belong_to_the_kind_that_is_marked(parent) -> None:
    dialog = PlaceDialog(None, lambda place: None, parent)
    dialog.web.setChecked(True)
    dialog.url.setText(" https://pacs.example ")
    assert dialog.place == ArchivePlace(ArchiveKind.WEB, url="https://pacs.example")
    assert dialog.url in dialog._pages.currentWidget().children()
    dialog.none.setChecked(True)
    assert dialog.place is None


def test_a_file_of_certificates_is_chosen_among_those_there_are(parent, monkeypatch) -> None:
    dialog, asked = PlaceDialog(GUARDED, lambda place: None, parent), []

    def choose(parent, title, start, kinds):
        asked.append((title, start))
        return ("/new.pem" if title == "Own certificate" else "", "")

    monkeypatch.setattr(QFileDialog, "getOpenFileName", choose)
    for line in (dialog.certificate, dialog.key):
        line.parentWidget().findChild(QPushButton).click()
    assert asked == [("Own certificate", "/"), ("Key of it", "/")]
    assert (dialog.certificate.text(), dialog.key.text()) == ("/new.pem", "/me.key")


def test_what_cannot_be_an_archive_is_said_and_the_dialog_stays(parent, qtbot) -> None:
    def keep(place: ArchivePlace | None) -> None:
        raise UserError("That is none.")

    dialog = PlaceDialog(DIMSE, keep, parent)
    dialog.show()
    with qtbot.assertNotEmitted(dialog.chosen):
        dialog._on_accepted()
    assert dialog.isVisible() and dialog._problem.text() == "That is none."
    dialog.close()


def test_no_words_of_any_kind_of_archive_are_cut_off(parent, qtbot) -> None:
    dialog = PlaceDialog(None, lambda place: None, parent)
    dialog.show()
    for kind in (dialog.none, dialog.dimse, dialog.web):
        kind.setChecked(True)
        page = dialog._pages.currentWidget()
        assert page.height() >= page.heightForWidth(page.width())
